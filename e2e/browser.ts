import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../scripts/chromium.mjs'

/** What every journey needs of a browser. Servers are started by ./server.ts. */
const PROJECT = path.resolve(import.meta.dirname, '..')
const PICTURES = path.join(PROJECT, 'test-results', 'e2e')
/** Long, for a busy machine: a journey shows what happens, not how soon. */
const ACTION_MS_MAX = 30_000
const executablePath = findChromium()
const missing =
  executablePath === null
    ? 'NOT RUN: no Chromium was found (install the package chromium or set RAPPORT_CHROMIUM)'
    : existsSync(path.join(PROJECT, 'dist/web/index.html'))
      ? null
      : 'NOT RUN: the web app is not built (npm run build)'

const present = new Map<string, { page: Page; faults: string[] }>()

/**
 * `describe` for a journey: its tests are steps in order, each building on the one before. Reported as skipped, with the
 * reason in its name, where no browser is to be had; in CI that is a failure. When a step fails, pictures of all visitors
 * lie in test-results/e2e.
 */
export function journey(name: string, steps: () => void): void {
  if (missing && process.env.CI) throw new Error(`${name}: ${missing}`)
  if (missing) return void describe.skip(`${name} (${missing})`, steps)
  describe(name, () => {
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await takePictures()
    })
    steps()
  })
}

async function takePictures(): Promise<void> {
  await mkdir(PICTURES, { recursive: true })
  for (const [name, { page, faults }] of present) {
    const file = path.join(PICTURES, `${name.replace(/[^a-z0-9]+/gi, '-')}.png`)
    await page.screenshot({ path: file, fullPage: true, timeout: ACTION_MS_MAX }).catch(() => undefined)
    console.error([`${name} was at ${page.url()}; picture: ${path.relative(PROJECT, file)}`, ...faults].join('\n'))
  }
}

/** One browser for the tests of a journey. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: CHROMIUM_FLAGS })
  })
  afterAll(() => browser?.close())
  return () => {
    if (!browser) throw new Error('the browser is started before the first test, not before that')
    return browser
  }
}

export interface Visitor {
  page: Page
  /** What went wrong in the page so far: thrown errors, console errors, refusals by the page's policy. */
  faults: string[]
  /** Throws when anything went wrong in the page. */
  expectNoFaults(): void
  leave(): Promise<void>
}

export interface VisitorOptions {
  language?: 'en' | 'de' | 'nl'
  timeZone?: string
  /** 360 px wide, with touch. */
  phone?: boolean
  dark?: boolean
}

/** A person with a browser profile of their own. */
export async function visit(browser: Browser, name: string, options: VisitorOptions = {}): Promise<Visitor> {
  const { language = 'en', timeZone = 'Europe/Berlin', phone = false, dark = false } = options
  const size = phone ? { width: 360, height: 740 } : { width: 1280, height: 800 }
  const settings: BrowserContextOptions = {
    viewport: size,
    screen: size,
    hasTouch: phone,
    locale: { en: 'en-GB', de: 'de-DE', nl: 'nl-NL' }[language],
    timezoneId: timeZone,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  }
  const context = await browser.newContext(settings)
  context.setDefaultTimeout(ACTION_MS_MAX)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`)
  })
  present.set(name, { page, faults })
  return {
    page,
    faults,
    expectNoFaults: () => expect(faults).toEqual([]),
    leave: async () => {
      present.delete(name)
      await context.close()
    },
  }
}

export interface Person {
  name: string
  email: string
  password: string
}

/** Signs in on the sign-in page, as a person does, and waits for the app. */
export async function signIn(page: Page, url: string, person: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.locator('input[type="email"]').fill(person.email)
  await page.locator('input[type="password"]').fill(person.password)
  await page.locator('button[type="submit"]').first().click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
}

/** Nothing serious by axe on what is shown now, open dialogs included. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  expect(serious, `accessible: ${page.url()}`).toEqual([])
}

/** Nothing stands out at the side of a narrow page, nor is cut off there by the frame around the work. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('main')].map(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      ),
    ),
  )
  expect(over, `pixels beyond the edge: ${page.url()}`).toBeLessThanOrEqual(0)
}
