import { defineConfig } from 'vitest/config'

const folders = ['server', 'contract', 'twin', 'seeds', 'scripts', 'bin', 'bench', 'web']

/** Everything but the journeys in a browser, which have e2e/vitest.config.ts. */
export default defineConfig({
  test: {
    environment: 'node',
    include: folders.map((folder) => `${folder}/**/*.test.{ts,tsx}`),
    globalSetup: ['server/platform/testing/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    // Each test file works on real PostgreSQL, so two at a time are what a small machine carries.
    pool: 'forks',
    maxWorkers: 2,
  },
})
