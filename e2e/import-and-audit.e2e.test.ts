import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { MARA } from './care-desk.ts'
import { type RunningServer, startServer } from './server.ts'

const HEADER = 'id,text,date,username'
const GOOD_ROWS = [
  '900000000000000001,"Kobaltfon, seit heute kein Netz in Celle",2026-05-01T10:00:00Z,jutta-wieland',
  '900000000000000002,"Bei Kobaltfon dauert die Rufnummernmitnahme",2026-05-02T10:00:00Z,gregor-m',
  '900000000000000003,"Danke Kobaltfon, das ging schnell",2026-05-03T10:00:00Z,piet-onnen',
]
const BAD_ROW = '900000000000000004,Kobaltfon,vorgestern,saskiaohnenetz'
/** Twelve batches: enough to stop between two of them. */
const MANY_ROWS = 6_000
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
    const rejections = await download
    expect(rejections.suggestedFilename()).toBe('rejections.csv')
    const listed = await readFile(await rejections.path(), 'utf8')
    expect(listed.split('\r\n')).toEqual([
      expect.stringContaining('line,column,problem,explanation,row'),
      expect.stringMatching(/^5,date,date-unreadable,The time “vorgestern” cannot be read\.,/),
      '',
    ])
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

  test('a dropped file is imported, cancelled in the middle, and goes on where it stopped', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'cancel')
    await signIn(page, server.url, MARA)
    await page.goto(`${server.url}/w/kobaltfon/listening/imports`)
    const zone = page.getByRole('region', { name: 'Import a file' })
    await zone.dispatchEvent('drop', { dataTransfer: await page.evaluateHandle(dropped, MANY_ROWS) })
    await page.getByRole('button', { name: 'Start the import' }).click()
    await page.getByRole('button', { name: 'Cancel the import' }).click()
    await page.getByText('Cancelled', { exact: true }).waitFor()
    const stopped = Number((await figures(page)).Rows?.replace(',', ''))
    expect(stopped).toBeGreaterThan(0)
    expect(stopped).toBeLessThan(MANY_ROWS)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Go on where it stopped' }).click()
    await page.getByText('Done', { exact: true }).waitFor({ timeout: 60_000 })
    expect(await figures(page)).toMatchObject({ Rows: '6,000', 'New posts': '6,000', 'Known already': '0' })

    await choose(page, 'posts.csv')
    await page.getByRole('button', { name: 'Delete the upload' }).click()
    await page.waitForURL('**/listening/imports')
    await expect.poll(() => page.getByText('Waits for you').count()).toBe(1)
    expectNoFaults()
    await leave()
  })

  test('an audit of the stored posts, and one of a file alone, each end in a page to keep', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'audit')
    await signIn(page, server.url, MARA)
    await page.goto(`${server.url}/w/kobaltfon/measure/audits`)
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

    await page.goto(`${server.url}/w/kobaltfon/measure/audits/new`)
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

/** What a browser hands over when a file is dropped; made in the page. */
function dropped(rows: number): DataTransfer {
  const line = (at: number) =>
    `91000000000000${String(at).padStart(4, '0')},"Beitrag ${at}",2026-05-04T10:00:00Z,autor-${at % 50}`
  const text = ['id,text,date,username', ...Array.from({ length: rows }, (_, at) => line(at))].join('\n')
  const transfer = new DataTransfer()
  transfer.items.add(new File([text], 'many.csv', { type: 'text/csv' }))
  return transfer
}

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
