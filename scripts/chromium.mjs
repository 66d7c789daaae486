// Where the browser of tests and screenshots is. Plain JavaScript, because `npm test` asks before Node 24 is certain.
import { accessSync, constants } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { installPackages, installsPackages } from './debian.mjs'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Without these a headless Chromium phones home, asks questions, or refuses to run as root. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The path of a Chromium, or null with the reason on standard error: RAPPORT_CHROMIUM first, then the system's, then
 * (as root, where apt is) an installed Debian package. A set RAPPORT_CHROMIUM that does not run is a fault, not a hint.
 */
export function findChromium({ install = false } = {}) {
  const named = process.env.RAPPORT_CHROMIUM
  if (named) return runs(named) ? named : explain(`RAPPORT_CHROMIUM names ${named}, which cannot be run`)
  const found = CANDIDATES.find(runs)
  if (found) return found
  if (!install) return explain('no Chromium found; install the package chromium or set RAPPORT_CHROMIUM')
  if (!installsPackages())
    return explain('no Chromium found, and only root can install one, with apt-get; set RAPPORT_CHROMIUM')
  return installChromium()
}

function installChromium() {
  console.error('Chromium: installing the Debian package (once; some 300 MB)')
  const failed = installPackages(['chromium', 'fonts-dejavu-core'])
  if (failed) return explain(`${failed}; set RAPPORT_CHROMIUM to an installed browser`)
  return CANDIDATES.find(runs) ?? explain('apt-get installed the package, but no Chromium can be run')
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function explain(reason) {
  console.error(`Chromium: ${reason}`)
  return null
}

// As a command it installs where it can and never fails: without a browser the browser tests are reported as not run.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = findChromium({ install: true })
  console.log(path ? `Chromium: ${path}` : 'Chromium: none; browser tests will be reported as not run')
}
