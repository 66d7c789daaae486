import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type RunningServer, startServer } from './server.ts'

const MARA = { email: 'mara@agentur-nordost.test', password: 'a long pass phrase', name: 'Mara Lindqvist' }
const HEADER = 'id,text,date,username'
const GOOD_ROWS = [
  '900000000000000001,"Kobaltfon, seit heute kein Netz in Celle",2026-05-01T10:00:00Z,jutta-wieland',
  '900000000000000002,"Bei Kobaltfon dauert die Rufnummernmitnahme",2026-05-02T10:00:00Z,gregor-m',
  '900000000000000003,"Danke Kobaltfon, das ging schnell",2026-05-03T10:00:00Z,piet-onnen',
]
const BAD_ROW = '900000000000000004,Kobaltfon,vorgestern,saskiaohnenetz'
/** What a spreadsheet makes of such ids: floating point, and then zeros. */
const MANGLED_ROWS = GOOD_ROWS.map((row) => row.replace(/^\d+/, '9.00000E+17'))

journey('import and audit', () => {
  let server: RunningServer
  let folder: string
  const browser = useBrowser()
  beforeAll(async () => {
    server = await startServer()
    const setUp = ['setup', '--email', MARA.email, '--password-stdin', '--workspace', 'Kobaltfon', '--name', MARA.name]
    await server.command([...setUp, '--brand', 'Kobaltfon', '--language', 'en'], MARA.password)
    folder = await mkdtemp(path.join(tmpdir(), 'rapport-import-'))
    await writeFile(path.join(folder, 'mangled.csv'), [HEADER, ...MANGLED_ROWS].join('\n'))
    await writeFile(path.join(folder, 'posts.csv'), [HEADER, ...GOOD_ROWS, BAD_ROW].join('\n'))
  })
  afterAll(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const choose = async (page: Page, file: string) => {
    await page.goto(`${server.url}/w/kobaltfon/listening/imports`)
    await page.locator('input[type="file"]').setInputFiles(path.join(folder, file))
  }

  test('damaged ids are refused with a way out; good rows become posts, bad ones a list; a second run changes nothing', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'import')
    await signIn(page, server.url, MARA)

    await choose(page, 'mangled.csv')
    await page.getByText('A spreadsheet program has damaged the ids in the column “id”').waitFor()
    await page.getByText('Set the column “id” to “Text”').waitFor()
    expect(await page.getByRole('button', { name: 'Start the import' }).isDisabled()).toBe(true)
    await expectAccessible(page)

    await choose(page, 'posts.csv')
    expect(await page.getByRole('combobox', { name: 'text is used for' }).inputValue()).toContain('Text')
    await page.getByText('The time “vorgestern” cannot be read.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByText('Done', { exact: true }).waitFor()
    expect(await figures(page)).toEqual({
      Rows: '4',
      'New posts': '3',
      'Known already': '0',
      Rejected: '1',
      Authors: '3',
    })
    await page.getByText('Line 5:').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download the list' }).click()
    expect((await download).suggestedFilename()).toBe('rejections.csv')
    await expectAccessible(page)

    await choose(page, 'posts.csv')
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByText('Done', { exact: true }).waitFor()
    expect(await figures(page)).toMatchObject({ 'New posts': '0', 'Known already': '3', Rejected: '1' })

    await page.getByRole('link', { name: 'Show posts' }).click()
    await page.getByRole('textbox', { name: 'Search posts' }).fill('Kobaltfon -danke')
    await page.getByRole('option').filter({ hasText: 'kein Netz in Celle' }).waitFor()
    await expect.poll(() => page.getByRole('option').count()).toBe(2)
    expect(new URL(page.url()).searchParams.get('q')).toBe('Kobaltfon -danke')
    expectNoFaults()
    await leave()
  })

  test('an audit of the stored posts, and one of a file alone, each end in a page to keep', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'audit')
    await signIn(page, server.url, MARA)
    await page.goto(`${server.url}/w/kobaltfon/audits`)
    await page.getByText('Nothing measured yet').waitFor()
    await expectAccessible(page)

    await page.getByRole('link', { name: 'New audit' }).click()
    await page.getByRole('textbox', { name: 'Brand', exact: true }).fill('Kobaltfon')
    await page.getByText('Stored posts', { exact: true }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start audit' }).click()
    expect(await reportIn(page)).toMatch(/3 posts by 3 authors name Kobaltfon/)
    const kept = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download', exact: true }).click()
    expect((await kept).suggestedFilename()).toMatch(/^audit-.*\.html$/)
    await expectAccessible(await withoutReport(page))

    await page.goto(`${server.url}/w/kobaltfon/audits/new`)
    await page.getByRole('textbox', { name: 'Brand', exact: true }).fill('Kobaltfon')
    await page.locator('input[type="file"]').setInputFiles(path.join(folder, 'posts.csv'))
    await page.getByText('What the columns are taken for').click()
    await page.getByRole('combobox', { name: 'text is used for' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start audit' }).click()
    expect(await reportIn(page)).toMatch(/4 rows read; 3 posts kept/)

    await page.getByRole('button', { name: 'Delete audit' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('Kobaltfon')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete audit' }).click()
    await page.waitForURL('**/audits')
    await expect.poll(() => page.getByRole('main').getByRole('listitem').count()).toBe(1)
    expectNoFaults()
    await leave()
  })
})

/** Its frame lets no script in, not even ours: the page that it shows is asked for beside it. */
async function reportIn(page: Page): Promise<string> {
  const frame = page.locator('iframe[sandbox]')
  await frame.waitFor()
  expect(await frame.getAttribute('sandbox')).not.toMatch(/allow-(scripts|same-origin)/)
  const answer = await page.request.get(new URL((await frame.getAttribute('src')) ?? '', page.url()).href)
  expect(answer.status()).toBe(200)
  return await answer.text()
}

/** What is around the report; server/measurement/report tests the page itself. */
async function withoutReport(page: Page): Promise<Page> {
  await page.locator('iframe[sandbox]').evaluate((frame: HTMLIFrameElement) => {
    frame.removeAttribute('sandbox')
    frame.src = 'about:blank'
  })
  return page
}

const figures = async (page: Page): Promise<Record<string, string>> => {
  const names = await page.locator('main dl dt').allInnerTexts()
  const values = await page.locator('main dl dd').allInnerTexts()
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}
