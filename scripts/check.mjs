// Everything that is checked without running the product: one list for people and for CI. All faults are reported, then it fails.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const project = path.resolve(import.meta.dirname, '..')
const bin = path.join(project, 'node_modules/.bin')
const checks = [
  ['types', ['tsc', '--noEmit', '-p', '.']],
  ['lint and format', ['biome', 'check', '--error-on-warnings', '.']],
  ['dead code', ['node', 'scripts/dead-code.mjs']],
  ['architecture', ['vitest', 'run', 'server/modules.test.ts']],
  ['docs', ['node', 'scripts/check-docs.ts']],
  ['schema dump', ['node', 'scripts/schema.ts', '--check']],
  ['web build', ['node', 'scripts/build-web.mjs']],
  ['bundle budget', ['node', 'scripts/check-bundle.mjs']],
]

const failed = []
for (const [name, [command, ...args]] of checks) {
  console.log(`\n== ${name}`)
  const began = Date.now()
  const { status } = spawnSync(path.join(bin, command), args, {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  })
  console.log(`== ${name}: ${status === 0 ? 'good' : 'FAULTS'} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  if (status !== 0) failed.push(name)
}
console.log(`\n${checks.length - failed.length} passed, ${failed.length} failed`)
if (failed.length > 0) {
  console.error(`Faults in: ${failed.join(', ')}.`)
  process.exit(1)
}
