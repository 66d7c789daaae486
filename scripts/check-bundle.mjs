// What a browser loads before a page can be used, in JavaScript over the wire (brotli): the entry, what it imports, the
// chunk of the screen, and the texts of one language. Reads the manifest of the build; run after `npm run build`.
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

const WEB = path.resolve(import.meta.dirname, '../dist/web')
const KILOBYTE = 1000
/** `screens`: chunks that the router loads for the route; `texts`: those of which one language is loaded. */
const BUDGETS = [
  { page: 'sign-in', entry: 'sign-in.html', screens: /^$/, texts: /^sign-in\/texts\//, bytesMax: 120 * KILOBYTE },
  { page: 'portal', entry: 'portal.html', screens: /^$/, texts: /^portal\/texts\//, bytesMax: 120 * KILOBYTE },
  {
    page: 'inbox',
    entry: 'index.html',
    screens: /^inbox\/inbox-screen\.tsx$/,
    texts: /^platform\/texts-/,
    bytesMax: 300 * KILOBYTE,
  },
]

const manifestFile = path.join(WEB, '.vite/manifest.json')
if (!existsSync(manifestFile)) fail(['the web app is not built; run: npm run build'])
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
const keys = Object.keys(manifest)

const faults = BUDGETS.flatMap(({ page, entry, screens, texts, bytesMax }) => {
  const screenKeys = keys.filter((key) => screens.test(key))
  if (screens.source !== '^$' && screenKeys.length === 0)
    return [`${page}: no chunk matches ${screens}; has the screen moved?`]
  const files = new Set([entry, ...screenKeys].flatMap((key) => filesOf(key)))
  const languages = keys
    .filter((key) => texts.test(key))
    .map((key) => filesOf(key).reduce((sum, file) => sum + (files.has(file) ? 0 : sizeOf(file)), 0))
  if (languages.length === 0) return [`${page}: no texts match ${texts}`]
  const bytes = [...files].reduce((sum, file) => sum + sizeOf(file), Math.max(...languages))
  const said = `${page}: ${(bytes / KILOBYTE).toFixed(1)} kB of ${bytesMax / KILOBYTE} kB`
  console.log(said)
  return bytes > bytesMax ? [`${said} is too much`] : []
})
if (faults.length > 0) fail(faults)

/** A chunk and everything that it imports at once. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return []
  seen.add(key)
  const { file, imports = [] } = manifest[key]
  return [file, ...imports.flatMap((each) => filesOf(each, seen))].filter((name) => name.endsWith('.js'))
}

/** As the server sends it: compressed where a compressed file lies beside it. */
function sizeOf(file) {
  const compressed = path.join(WEB, `${file}.br`)
  return statSync(existsSync(compressed) ? compressed : path.join(WEB, file)).size
}

function fail(reasons) {
  for (const reason of reasons) console.error(`Bundle: ${reason}`)
  process.exit(1)
}
