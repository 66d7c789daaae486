// Builds the web app into dist/web when its sources have changed since the last build. Every start asks, so the usual
// answer costs a few milliseconds: times and sizes of the files. Only where those differ are contents compared.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const LOCK_WAIT_MS = 10 * 60_000
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(root, 'dist', 'web')
const stampFile = join(root, 'dist', 'web-built.json')
const config = join(root, 'vite.config.ts')
/** The build also tells which files outside of these it used; they are watched from then on. */
const sources = ['web', 'contract', 'vite.config.ts', 'tsconfig.json', 'package-lock.json']

if (!existsSync(config)) {
  // Installed as a package, which brings the built app.
  if (!existsSync(join(target, 'index.html')))
    fail('The web app is neither built nor are its sources here. Get a complete copy of Rapport.')
} else if (!isCurrent(readStamp())) await alone(refresh)

async function refresh() {
  const stamp = readStamp()
  // Another process may have built it while we waited.
  if (isCurrent(stamp)) return
  const outside = stamp?.outside ?? []
  if (stamp && isBuilt() && stamp.content === contentOf(outside))
    return writeStamp({ ...stamp, marks: marksOf(outside) })
  await rebuild()
}

async function rebuild() {
  const began = performance.now()
  process.stderr.write('Building the web app.\n')
  // Taken before the build: what is edited meanwhile is built by the next start.
  const before = { marks: marksOf([]), content: contentOf([]) }
  const half = `${target}.${process.pid}.new`
  removeHalves()
  let built
  try {
    process.chdir(root)
    const { build, createLogger } = await import('vite')
    const customLogger = quietLogger(createLogger('warn'))
    built = await build({
      configFile: config,
      logLevel: 'warn',
      customLogger,
      build: { outDir: half, emptyOutDir: true },
    })
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    fail(`The web app could not be built: ${error.message}`)
  }
  rmSync(stampFile, { force: true })
  rmSync(target, { recursive: true, force: true })
  renameSync(half, target)
  const outside = filesOutside(built)
  const stamp = outside.length === 0 ? before : { marks: marksOf(outside), content: contentOf(outside) }
  writeStamp({ ...stamp, outside })
  process.stderr.write(`The web app is built (${((performance.now() - began) / 1000).toFixed(1)} s).\n`)
}

/**
 * A style sheet that another one composes is read without its name, which matters only for addresses in it, and ours
 * hold none. Nobody who starts Rapport for the first time can do anything about it.
 */
function quietLogger(logger) {
  const { warnOnce } = logger
  logger.warnOnce = (message, options) => {
    if (!message.includes('did not pass the `from` option')) warnOnce(message, options)
  }
  return logger
}

/** A lock of the operating system, as the database has it: it ends with the process, however that ends. */
async function alone(work) {
  if (Number(process.versions.node.split('.')[0]) < 24)
    fail('Building needs the Node that Rapport brings. Use: npm run build')
  const { waitForLock } = await import('../server/platform/postgres/process-lock.ts')
  mkdirSync(dirname(target), { recursive: true })
  const onWait = () => process.stderr.write('Another process is building the web app; waiting for it.\n')
  const lock = await waitForLock(join(root, 'dist', 'build.lock'), { timeoutMs: LOCK_WAIT_MS, onWait })
  if (!lock) fail('Another process has been building the web app for ten minutes. End it and start again.')
  try {
    await work()
  } finally {
    lock.release()
  }
}

function isCurrent(stamp) {
  return stamp !== undefined && isBuilt() && stamp.marks === marksOf(stamp.outside)
}

function isBuilt() {
  return existsSync(join(target, 'index.html'))
}

/** Sizes and times of the sources. */
function marksOf(outside) {
  return digest(sourceFiles(outside), (path) => {
    const { size, mtimeMs } = statSync(path)
    return `${size} ${mtimeMs}`
  })
}

function contentOf(outside) {
  return digest(sourceFiles(outside), (path) => readFileSync(path))
}

function digest(paths, read) {
  const hash = createHash('sha256')
  for (const path of paths)
    hash
      .update(`${relative(root, path)}\0`)
      .update(existsSync(path) ? read(path) : 'gone')
      .update('\0')
  return hash.digest('hex')
}

function sourceFiles(outside) {
  return [...sources.flatMap((name) => filesBelow(join(root, name))), ...outside.map((name) => join(root, name))].sort()
}

/** Tests are no part of the app. */
function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Modules of ours that the build used although they lie in none of the source folders. */
function filesOutside(built) {
  const watched = new Set(sourceFiles([]))
  const modules = [built]
    .flat()
    .flatMap(({ output }) => output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : [])))
  const paths = modules
    .map((id) => id.replace(/[?#].*$/, ''))
    .filter((id) => id.startsWith(root + sep) && existsSync(id))
  const ours = paths.filter((path) => !path.includes(`${sep}node_modules${sep}`) && !watched.has(path))
  return [...new Set(ours.map((path) => relative(root, path)))].sort()
}

function removeHalves() {
  for (const name of readdirSync(dirname(target))) {
    if (/^web\.\d+\.new$/.test(name)) rmSync(join(dirname(target), name), { recursive: true, force: true })
  }
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    // None yet, or half written by a build that was killed: build.
    return undefined
  }
}

function writeStamp(stamp) {
  writeFileSync(stampFile, JSON.stringify(stamp))
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
