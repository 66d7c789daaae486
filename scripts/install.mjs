// Runs before npm start, npm test and their like, on whatever Node (20 or newer) is there: installs what package-lock.json
// names when that is not installed yet. Without need it touches neither the network nor node_modules.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './install-lock.mjs'

const NODE_MAJOR_MIN = 20
const OUTPUT_KEPT = 20_000
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const lockFile = join(root, 'package-lock.json')
const stamp = join(modules, '.rapport-installed')
const windows = process.platform === 'win32'

/** The message is all that a person needs; no stack is shown. */
class InstallFault extends Error {}

try {
  checkNode()
  if (!existsSync(lockFile)) process.exit(0) // Installed as a package: npm has done it all.
  if (!isInstalled()) await withLock(join(root, 'dist', 'install', 'lock'), install, { onWait: tellWait })
} catch (error) {
  if (!(error instanceof InstallFault)) throw error
  say(error.message)
  process.exit(1)
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= NODE_MAJOR_MIN) return
  throw new InstallFault(
    `Rapport needs Node ${NODE_MAJOR_MIN} or newer to begin; this is ${process.version}. Get one from https://nodejs.org and start again.`,
  )
}

async function install() {
  // Another process may have done it while we waited.
  if (isInstalled() || adoptInstalled()) return
  if (windows && isBelow(process.execPath, modules)) {
    throw new InstallFault('The dependencies have changed. Run this once, then start again: npm ci')
  }
  say('Installing what Rapport needs (npm ci). This takes a minute the first time.')
  rmSync(stamp, { force: true })
  const { code, output } = await npmCi()
  if (code !== 0) throw new InstallFault(advice(output, code))
  writeFileSync(stamp, fingerprint())
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()
}

/** The lock file's content and for which machine: node_modules holds binaries. */
function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  return `${hash} ${process.platform} ${process.arch}\n`
}

/** Somebody ran npm ci by hand: npm's own record of node_modules says the same as the lock file, and all of it is there. */
function adoptInstalled() {
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = packagesOf(lockFile)
  const present = packagesOf(record)
  for (const [path, { version, integrity, optional, devOptional }] of Object.entries(wanted)) {
    if (path === '') continue
    const installed = present[path]
    if (!installed && (optional || devOptional)) continue
    if (installed?.version !== version || installed?.integrity !== integrity) return false
    if (!existsSync(join(root, path, 'package.json'))) return false
  }
  if (Object.keys(present).some((path) => !wanted[path])) return false
  writeFileSync(stamp, fingerprint())
  return true
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
  } catch {
    return {}
  }
}

/** npm's output goes to standard error: standard output belongs to the command that is to follow. */
function npmCi() {
  const { command, args } = npm()
  // With NODE_ENV=production npm would leave out what builds the web app.
  const child = spawn(command, [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
    cwd: root,
    env: { ...process.env, PATH: outsidePath() },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows && command === 'npm.cmd',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      process.stderr.write(chunk)
      output = (output + chunk).slice(-OUTPUT_KEPT)
    })
  }
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code, signal) => resolve({ code: code ?? 1, output: signal ? `stopped by ${signal}` : output }))
  })
}

/** npm must not run on the Node inside node_modules, which it is about to replace. */
function npm() {
  const cli = process.env.npm_execpath
  const node = [process.env.npm_node_execpath, process.execPath, findOutside(windows ? 'node.exe' : 'node')].find(
    (path) => path && existsSync(path) && !isBelow(path, modules),
  )
  if (node && cli?.endsWith('npm-cli.js') && existsSync(cli)) return { command: node, args: [cli] }
  return { command: windows ? 'npm.cmd' : 'npm', args: [] }
}

function outsidePath() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.filter((folder) => !isBelow(folder, modules)).join(delimiter)
}

function findOutside(name) {
  for (const folder of outsidePath().split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this folder.
    }
  }
  return undefined
}

function isBelow(path, folder) {
  const real = (name) => (existsSync(name) ? realpathSync(name) : name)
  return `${real(path)}${sep}`.startsWith(`${real(folder)}${sep}`)
}

function advice(output, code) {
  const reasons = [
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i,
      'The package registry was not reached. The first start needs the internet: check the connection (behind a proxy: npm config set proxy …), then start again.',
    ],
    [/ENOSPC|EDQUOT/, 'The disk is full. Make room (about 1 GB) and start again.'],
    [/EACCES|EPERM|EROFS/, `Not allowed to write in ${root}. Start Rapport as the user to whom this folder belongs.`],
    [
      /EUSAGE|in sync|Missing: .* from lock file/,
      'package.json and package-lock.json do not fit each other. After a merge: npm install, then start again.',
    ],
    [/EINTEGRITY/, 'A package did not arrive intact. Try again; if it stays so: npm cache clean --force'],
    [/ENOENT.*npm|npm.*ENOENT|not found/i, 'npm was not found. It comes with Node: https://nodejs.org'],
  ]
  const known = reasons.find(([phrase]) => phrase.test(output))
  return known
    ? `Nothing was started. ${known[1]}`
    : `Nothing was started: npm ci failed (exit code ${code}); its message stands above.`
}

function tellWait(pid) {
  say(`Another process (${pid}) is installing; waiting for it.`)
}

function say(message) {
  process.stderr.write(`${message}\n`)
}
