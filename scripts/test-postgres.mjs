// Runs the tests that use a database on Debian's PostgreSQL 15, the oldest that Rapport promises to run on (DATABASE_URL).
// Installs it by apt where it can; where it cannot, says so and fails, because a promise that nobody checks is none.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installPackages, installsPackages } from './debian.mjs'

const MAJOR = 15
const START_MS = 20_000
const FOLDERS = [
  'accounts',
  'people',
  'listening',
  'publishing',
  'inbox',
  'measurement',
  'privacy',
  'platform',
  'crisis',
  'columns',
  'guidelines',
  'notifications',
  'plan',
  'proofs',
  'systems',
  'permissions.test.ts',
  'closed-sources.test.ts',
]
/** Random walks, kills and figures of what was read already take most of the time, and are no matter of PostgreSQL's version. */
const NOT_BY_VERSION = [
  /^server\/platform\/postgres\//,
  /crash[^/]*\.test\.ts$/,
  /\.property\.test\.ts$/,
  /^server\/measurement\/(report\/|public-data|thread)/,
]
const project = path.resolve(import.meta.dirname, '..')
const bin = `/usr/lib/postgresql/${MAJOR}/bin`
const isRoot = process.getuid?.() === 0

if (!existsSync(path.join(bin, 'postgres'))) installFromDebian()
const account = isRoot ? accountOf('postgres') : {}
const folder = mkdtempSync(path.join(tmpdir(), 'rapport-postgres-'))
if (isRoot) chownSync(folder, account.uid, account.gid)
chmodSync(folder, 0o700)
const port = await freePort()
run('initdb', ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'])
writeFileSync(
  path.join(folder, 'postgresql.auto.conf'),
  `listen_addresses = '127.0.0.1'\nport = ${port}\nunix_socket_directories = ''\nfsync = off\nautovacuum = off\nmax_connections = 200\n`,
)
const server = spawn(path.join(bin, 'postgres'), ['-D', folder], {
  ...account,
  stdio: ['ignore', 'ignore', 'inherit'],
  cwd: '/',
})
let status = 1
try {
  await untilReady()
  console.log(`PostgreSQL ${MAJOR} (Debian) is ready; running the tests that use a database.`)
  const vitest = path.join(project, 'node_modules/.bin/vitest')
  const tests = FOLDERS.flatMap((name) => testsIn(`server/${name}`))
  const environment = {
    ...process.env,
    PATH: `${path.dirname(vitest)}:${process.env.PATH}`,
    RAPPORT_TEST_DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres`,
  }
  status = spawnSync(vitest, ['run', ...tests], { cwd: project, stdio: 'inherit', env: environment }).status ?? 1
} finally {
  server.kill('SIGQUIT')
  await new Promise((resolve) => server.once('exit', resolve))
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = status

/** Those that open a database, which they do with what lies in a folder `testing`. */
function testsIn(place) {
  const files = place.endsWith('.ts')
    ? [place]
    : readdirSync(path.join(project, place), { recursive: true }).map((name) => path.posix.join(place, name))
  return files
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => !NOT_BY_VERSION.some((pattern) => pattern.test(file)))
    .filter((file) => /\/testing(\/|\.ts')/.test(readFileSync(path.join(project, file), 'utf8')))
}

function installFromDebian() {
  if (!installsPackages())
    fail(
      `PostgreSQL ${MAJOR} is not at ${bin}. Install Debian's postgresql-${MAJOR}, or run this as root where apt-get exists.`,
    )
  const failed = installPackages([`postgresql-${MAJOR}`])
  if (failed) fail(failed)
}

function accountOf(name) {
  const of = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }))
  return { uid: of('-u'), gid: of('-g') }
}

function run(program, args) {
  const { status: code, stderr } = spawnSync(path.join(bin, program), args, { ...account, cwd: '/', encoding: 'utf8' })
  if (code !== 0) fail(`${program} failed: ${stderr}`)
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address()
      probe.close(() => resolve(free))
    })
  })
}

async function untilReady() {
  for (
    const until = Date.now() + START_MS;
    Date.now() < until;
    await new Promise((resolve) => setTimeout(resolve, 100))
  )
    if (spawnSync(path.join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).status === 0) return
  throw new Error('PostgreSQL does not answer')
}

function fail(words) {
  console.error(words)
  process.exit(1)
}
