import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { MARA, signedInApi } from './care-desk.ts'
import { type FeedEntry, type FeedServer, startFeedServer } from './feed-server.ts'
import { type RunningServer, startServer } from './server.ts'

const HOUR_MS = 3_600_000
const entry = (id: string, text: string, hoursAgo: number): FeedEntry => ({
  id,
  title: text.slice(0, 40),
  text,
  author: 'Petra Onnen',
  at: new Date(Date.now() - hoursAgo * HOUR_MS),
})

journey('what sources bring', () => {
  let server: RunningServer
  let feed: FeedServer
  let addCompetitor: () => Promise<unknown>
  const browser = useBrowser()
  beforeAll(async () => {
    server = await startServer()
    const setUp = ['setup', '--email', MARA.email, '--password-stdin', '--workspace', 'Kobaltfon', '--name', MARA.name]
    const made = await server.command([...setUp, '--brand', 'Kobaltfon', '--language', 'en'], MARA.password)
    feed = await startFeedServer('Netzgeplauder', [
      entry('1', 'Kobaltfon has no network in Celle', 3),
      entry('2', 'Kobaltfon answered within an hour', 2),
      entry('3', 'Fernklang is cheaper than Kobaltfon', 1),
      entry('4', 'Weather for the weekend', 1),
    ])
    const api = await signedInApi(server.url, MARA, String(made.workspaceId))
    await api('POST', '/sources', { network: 'feed', settings: { address: feed.feed } })
    addCompetitor = () => api('POST', '/topics', { name: 'Fernklang', kind: 'competitor', query: 'fernklang*' })
  })
  afterAll(async () => {
    await server?.stop()
    await feed?.stop()
  })

  test('a feed’s posts, costs and budget stand in the ledger', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'ledger')
    await signIn(page, server.url, MARA)
    await page.goto(`${server.url}/w/kobaltfon/listening/ledger`)
    const row = page.getByRole('row').filter({ hasText: 'Netzgeplauder' })
    await expect.poll(() => cells(page), { timeout: 60_000 }).toEqual(['4', '3', '3', '–', '–', '–'])
    await expectAccessible(page)

    // What was heard before keeps the cost of its time: nothing.
    await page.getByRole('textbox', { name: 'A post' }).fill('0,25')
    await page.getByRole('textbox', { name: 'A month' }).fill('not a price')
    await page.getByText('An amount like 12.50').waitFor()
    await page.getByRole('textbox', { name: 'A month' }).fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Prices saved').waitFor()
    await expect.poll(() => cells(page)).toEqual(['4', '3', '3', '€0.00', '€0.00', '–'])

    await row.getByRole('link', { name: 'Netzgeplauder' }).click()
    await page.getByText('No gaps.').waitFor()
    await page.getByRole('textbox', { name: 'Posts a month' }).fill('5')
    await page.locator('form').filter({ hasText: 'Posts a month' }).getByRole('button', { name: 'Save' }).click()
    await page.getByText('Budget saved').waitFor()
    await page.getByText('80% of this month’s budget is used up.').waitFor()
    await expectAccessible(page)

    feed.publish(entry('5', 'Kobaltfon is back in Celle', 0))
    await page.getByRole('button', { name: 'Look now' }).click()
    await page.getByText('Budget used up', { exact: true }).first().waitFor({ timeout: 60_000 })
    await expect.poll(() => page.getByText('The budget was used up.').count(), { timeout: 30_000 }).toBe(1)
    await expectAccessible(page)
    expectNoFaults()
    await leave()
  }, 180_000)

  test('share of voice holds a competitor against the brand, on a phone too', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'share of voice', { phone: true })
    await signIn(page, server.url, MARA)
    await page.goto(`${server.url}/w/kobaltfon/measure`)
    await page.getByText('There is no topic for a competitor yet').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)

    await addCompetitor()
    await expect
      .poll(
        async () => {
          await page.reload()
          await page.getByRole('row').filter({ hasText: 'Fernklang' }).waitFor()
          return page.getByRole('row').filter({ hasText: 'Competitor' }).innerText()
        },
        { timeout: 60_000 },
      )
      .toMatch(/Fernklang[\s\S]*20%/)
    await page.getByRole('row').filter({ hasText: 'Ours' }).getByText('80%').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: 'Fernklang' }).click()
    await page.getByText('Fernklang is cheaper than Kobaltfon').first().waitFor()
    expectNoFaults()
    await leave()
  })
})

/** The figures of the only source, from left to right. */
const cells = (page: Page): Promise<string[]> =>
  page.getByRole('row').filter({ hasText: 'Netzgeplauder' }).getByRole('cell').allInnerTexts()
