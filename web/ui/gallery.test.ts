import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.mjs'

const executablePath = findChromium()
const PROJECT = path.resolve(import.meta.dirname, '../..')

/** Every part in a real browser. Without one these tests are reported as not run. */
describe.skipIf(executablePath === null)('the gallery', () => {
  let browser: Browser
  let address: string
  const closing: (() => unknown)[] = []

  beforeAll(async () => {
    const { build, preview } = await import('vite')
    const outDir = mkdtempSync(path.join(tmpdir(), 'rapport-gallery-'))
    closing.push(() => rmSync(outDir, { recursive: true, force: true }))
    const shared = { configFile: path.join(PROJECT, 'vite.config.ts'), mode: 'gallery', logLevel: 'error' } as const
    await build({ ...shared, build: { outDir, emptyOutDir: true } })
    const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } })
    closing.push(() => server.close())
    const bound = server.httpServer.address()
    if (bound === null || typeof bound === 'string') throw new Error('the preview listens nowhere')
    address = `http://127.0.0.1:${bound.port}/ui/gallery.html`
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: CHROMIUM_FLAGS })
    closing.push(() => browser.close())
  })
  afterAll(async () => {
    for (const close of closing.reverse()) await close()
  })

  async function open(query: string, width = 1280): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(`${address}?${query}`)
    await page.locator('h1').first().waitFor()
    return page
  }
  const rowOf = (page: Page, place: number) => page.locator(`[role=option][aria-posinset="${place}"]`)
  const cursorOf = (page: Page) =>
    page.locator('[role=listbox]').evaluate((list) => {
      const active = document.getElementById(list.getAttribute('aria-activedescendant') ?? '')
      return Number(active?.getAttribute('aria-posinset') ?? 0)
    })

  test.each([
    ['view=parts', 1280],
    ['view=parts&scheme=dark&lang=nl', 1280],
    ['view=parts&lang=de', 360],
    ['view=frame', 1280],
    ['view=frame&scheme=dark&lang=de', 1280],
    ['view=frame&lang=nl', 800],
    ['view=frame&lang=de', 360],
  ])('axe finds nothing serious: %s at %i px, and nothing is wider than the page', async (query, width) => {
    const page = await open(query, width)
    await page.waitForTimeout(400)
    const { violations } = await new AxeBuilder({ page }).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual(
      [],
    )
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await page.context().close()
  })

  test('a list of ten thousand draws some dozens, and is worked by keyboard alone', async () => {
    const page = await open('view=frame&rows=10000')
    expect(await page.locator('[role=option]').count()).toBeLessThan(60)
    await page.keyboard.press('j')
    expect(await cursorOf(page)).toBe(1)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await cursorOf(page)).toBe(3)
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    expect(await rowOf(page, 2).getAttribute('aria-current')).toBe('true')
    await page.keyboard.press('End')
    await rowOf(page, 10_000).waitFor()
    expect(await cursorOf(page)).toBe(10_000)
    expect(await rowOf(page, 10_000).getAttribute('aria-setsize')).toBe('10000')
    await page.keyboard.press('Home')
    await page.keyboard.press('x')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Shift+X')
    expect(await page.locator('[role=option][aria-selected=true]').count()).toBe(3)
    await page.context().close()
  })

  test('one stop for Tab, and the focus stays on the list while the cursor moves', async () => {
    const page = await open('view=frame')
    await page.locator('[role=listbox]').focus()
    for (let press = 0; press < 30; press++) await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox')
    expect(await cursorOf(page)).toBe(30)
    expect(await rowOf(page, 30).isVisible()).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('separator')
    await page.context().close()
  })

  test('letters are text in a field: / goes there, Escape empties and leaves', async () => {
    const page = await open('view=frame')
    await page.keyboard.press('/')
    await page.keyboard.type('jk')
    expect(await cursorOf(page)).toBe(0)
    expect(await page.getByRole('searchbox').inputValue()).toBe('jk')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    expect(await cursorOf(page)).toBe(1)
    await page.context().close()
  })

  test('panes change their width by arrow keys, and remember it', async () => {
    const page = await open('view=frame')
    const width = () => page.getByRole('region', { name: 'List' }).evaluate((pane) => pane.clientWidth)
    const before = await width()
    await page.getByRole('separator').first().focus()
    for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight')
    await expect.poll(width).toBe(before + 48)
    await page.reload()
    await page.locator('h1').first().waitFor()
    expect(await width()).toBe(before + 48)
    await page.getByRole('separator').first().dblclick()
    await expect.poll(width).toBe(before)
    await page.context().close()
  })

  test('on a phone each pane stands alone, with a way back', async () => {
    const page = await open('view=frame', 360)
    await rowOf(page, 2).click()
    await page.getByRole('heading', { name: 'Jonas Achterberg' }).waitFor()
    expect(await page.locator('[role=listbox]').count()).toBe(0)
    await page.getByRole('button', { name: 'Back' }).click()
    await rowOf(page, 2).waitFor()
    await page.context().close()
  })

  test('a form with faults stays, says them at their fields, and goes to the first', async () => {
    const page = await open('view=parts&lang=de')
    const name = page.getByRole('textbox', { name: 'Name' })
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true)
    expect(await name.getAttribute('aria-invalid')).toBe('true')
    await page.getByText('Das wird gebraucht').waitFor()
    await page.getByText('Eine Webadresse beginnt mit https://').waitFor()
    await name.fill('Nordlicht')
    await page.getByRole('textbox', { name: 'Address' }).fill('https://nordlicht.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('Saved').waitFor()
    await page.context().close()
  })

  test('what goes is confirmed by its name only', async () => {
    const page = await open('view=parts')
    await page.getByRole('button', { name: 'Delete …' }).click()
    const dialog = page.getByRole('dialog')
    const button = dialog.getByRole('button', { name: 'Delete the topic' })
    expect(await button.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Nordlich')
    expect(await button.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('nordlicht ')
    const thrown: Error[] = []
    page.on('pageerror', (error) => thrown.push(error))
    await button.click()
    // The first attempt fails: it is said where one looks, and what was typed stays for another.
    await dialog.getByRole('alert').locator('p').waitFor()
    await button.click()
    await page.getByText('Deleted').waitFor()
    expect(thrown).toEqual([])
    expect(await dialog.count()).toBe(0)
    await page.context().close()
  })

  test('a chart has a table with the same figures, and its long tail is summed up', async () => {
    const page = await open('view=parts')
    const chart = page.getByRole('figure', { name: 'By language' })
    await chart.getByText('Table', { exact: true }).click()
    expect(await chart.locator('thead th').allInnerTexts()).toEqual([
      'Day',
      'de',
      'nl',
      'en',
      'fr',
      'Others',
      'Last week',
    ])
    expect(await chart.locator('tbody tr').first().locator('td').allInnerTexts()).toEqual([
      '96',
      '84',
      '72',
      '60',
      '108',
      '48',
    ])
    await page.context().close()
  })

  test('a table is sorted by its headers and says so', async () => {
    const page = await open('view=parts')
    const table = page.getByRole('table', { name: 'Sources' })
    await table.getByRole('button', { name: 'Name' }).click()
    expect(await table.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
    expect(await table.getByRole('cell').first().innerText()).toBe('Source 1')
    expect(await table.getAttribute('aria-rowcount')).toBe('401')
    await page.context().close()
  })
})
