// Takes the pictures of README and docs from the running demo, with the seeds' cast: node scripts/screenshots.ts
// [--out FOLDER] [--all]: --all adds every screen at desktop and phone width, dark, in German and Dutch, to be looked at.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { members } from '../seeds/index.ts'
import { DEMO_PASSWORD } from '../seeds/load.ts'
import { PROJECT_FOLDER } from '../server/platform/config.ts'
import { CHROMIUM_FLAGS, findChromium } from './chromium.mjs'

const READY_MS = 60_000
/** The history is heard and the desk has worked by then. */
const SETTLED_MS = 70_000
const SHOWN_MS = 1_500

interface Look {
  language: 'en' | 'de' | 'nl'
  dark: boolean
  phone: boolean
}

const { values } = parseArgs({ options: { out: { type: 'string' }, all: { type: 'boolean', default: false } } })
const out = path.resolve(values.out ?? path.join(PROJECT_FOLDER, 'docs/screenshots'))
const executablePath = findChromium()
if (!executablePath) process.exit(1)
mkdirSync(out, { recursive: true })
const home = mkdtempSync(path.join(tmpdir(), 'rapport-screenshots-'))
const demo = spawn(process.execPath, ['seeds/demo.ts', '--next-free-port', '--speed', '0'], {
  cwd: PROJECT_FOLDER,
  env: { ...process.env, RAPPORT_HOME: home, RAPPORT_LOG: 'error' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
try {
  const url = await readyAddress(demo)
  await delay(SETTLED_MS)
  if (values.all) await takeAll(browser, url)
  else await takeForReadme(browser, url)
} finally {
  await browser.close()
  demo.kill('SIGTERM')
  await once(demo, 'exit')
  rmSync(home, { recursive: true, force: true })
}

async function takeForReadme(browser: Browser, url: string): Promise<void> {
  const page = await signedIn(browser, url, 'milan', { language: 'en', dark: false, phone: false })
  await page.goto(`${url}/w/kobaltfon/inbox`)
  await openConversation(page, 'Jutta Wieland')
  await picture(page, 'inbox')
  await page.goto(`${url}/w/kobaltfon/people?view=persons&q=Juta%20Weiland`)
  await page
    .getByRole('option', { name: /Jutta Wieland/ })
    .first()
    .click()
  await page.waitForURL(/people\/persons\//)
  await delay(SHOWN_MS)
  await picture(page, 'person')
  await page.goto(`${url}/w/kobaltfon/listening/topics`)
  await page.getByRole('link', { name: 'Kobaltfon', exact: true }).first().click()
  await page.locator('.cm-content').fill('(kobaltfon* OR kobaltbox* OR @kobaltfon.test) AND NOT (zug OR bahn*)')
  await page.getByRole('link', { name: /^Changes/ }).click()
  await delay(SETTLED_MS / 10)
  await picture(page, 'workbench')
  await page.goto(`${url}/w/kobaltfon/columns`)
  await delay(2 * SHOWN_MS)
  await picture(page, 'columns')
  await page.goto(`${url}/w/kobaltfon/routing?pane=dry-run`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/conversations read/).waitFor()
  await delay(SHOWN_MS)
  await picture(page, 'routing')
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  const looks: [string, Look, string][] = [
    ['desktop', { language: 'en', dark: false, phone: false }, 'milan'],
    ['dark-de', { language: 'de', dark: true, phone: false }, 'meike'],
    ['phone-de', { language: 'de', dark: false, phone: true }, 'meike'],
    ['phone-dark-nl', { language: 'nl', dark: true, phone: true }, 'ruben'],
  ]
  for (const [name, look, person] of looks) {
    const page = await signedIn(browser, url, person, look)
    for (const screen of await screensOf(page, url)) {
      await page.goto(`${url}${screen}`)
      await delay(SHOWN_MS)
      await picture(page, `${screen.split('/').slice(3).join('-') || 'start'}.${name}`)
    }
    await page.goto(`${url}/w/kobaltfon/inbox`)
    await openConversation(page, 'Jutta Wieland')
    await picture(page, `conversation.${name}`)
    await page.goto(`${url}/w/kobaltfon/people?view=persons&q=Juta%20Weiland`)
    await page
      .getByRole('option', { name: /Jutta Wieland/ })
      .first()
      .click()
    await page.waitForURL(/people\/persons\//)
    await delay(SHOWN_MS)
    await picture(page, `person.${name}`)
    await page.context().close()
  }
}

/** The places that the rail leads to. */
async function screensOf(page: Page, url: string): Promise<string[]> {
  await page.goto(`${url}/w/kobaltfon/inbox`)
  await delay(SHOWN_MS)
  const links = await page
    .locator('nav a[href^="/w/"]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
  return [...new Set(['/w/kobaltfon/inbox', ...links.map((link) => link.split('?')[0] ?? '')])]
}

async function openConversation(page: Page, author: string): Promise<void> {
  await page.getByRole('option').filter({ hasText: author }).first().click()
  await delay(SHOWN_MS)
}

async function signedIn(browser: Browser, url: string, key: string, { language, dark, phone }: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: phone ? { width: 360, height: 740 } : { width: 1360, height: 850 },
    locale: { en: 'en-GB', de: 'de-DE', nl: 'nl-NL' }[language],
    timezoneId: 'Europe/Berlin',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch: phone,
  })
  const page = await context.newPage()
  await page.goto(`${url}/sign-in`)
  await page.locator('input[type="email"]').fill(members.find((member) => member.key === key)?.email ?? '')
  await page.locator('input[type="password"]').fill(DEMO_PASSWORD)
  await page.locator('button[type="submit"]').first().click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  const file = path.join(out, `${name}.png`)
  await page.screenshot({ path: file })
  console.log(path.relative(PROJECT_FOLDER, file))
}

async function readyAddress(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout ?? process.stdin })
  const timer = setTimeout(() => child.kill('SIGTERM'), READY_MS)
  for await (const line of lines) {
    const address = /^Ready: (\S+)/.exec(line)?.[1]
    if (!address) continue
    clearTimeout(timer)
    child.stdout?.resume()
    return address
  }
  throw new Error('the demo did not start')
}
