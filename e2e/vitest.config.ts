import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What measures how smooth something is has the machine for itself. */
const ALONE = ['e2e/columns-under-load.e2e.test.ts']

/** Journeys in a real browser against a real server: npx vitest run --config e2e/vitest.config.ts */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    environment: 'node',
    testTimeout: 150_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['e2e/**/*.test.ts'],
          exclude: ALONE,
          // A journey waits more than it works: three at a time are what two cores carry.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
