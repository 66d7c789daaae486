import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

const JULE = { email: 'jule@agentur-nordost.test', password: 'a long pass phrase', name: 'Jule Brandt' }

/** Polarlicht sells electricity; people also watch the northern lights. Unlike enough that no two fold into one row. */
const BILLS =
  'Rechnung Abschlag Zähler Tarif Vertrag Kündigung Hotline Mahnung Umzug Lastschrift Gutschrift Kundennummer'.split(
    ' ',
  )
const SKIES =
  'Himmel Kamera Norwegen Urlaub Winternacht Stativ Sterne Fjord Rentiere Foto Thermoskanne Schneeschuhe'.split(' ')
const OPENINGS = 'Montag Gestern Heute Morgens Abends Nachts Endlich Wieder Leider Plötzlich'.split(' ')
const said = (words: readonly string[], at: number, say: (words: string[], opening: string) => string): string => {
  const chosen = [0, 1, 2, 3].map((nth) => words[(at * 5 + nth * (1 + (at % 3))) % words.length] as string)
  return say(chosen, OPENINGS[at % OPENINGS.length] as string)
}
const EACH = 30
const CUSTOMERS = Array.from({ length: EACH }, (_, at) =>
  said(
    BILLS,
    at,
    ([a, b, c, d], opening) => `${opening} ${a} falsch, ${b} doppelt, Polarlicht: ${c} fehlt und ${d} auch ${at}`,
  ),
)
const WATCHERS = Array.from({ length: EACH }, (_, at) =>
  said(
    SKIES,
    at,
    ([a, b, c, d], opening) => `${opening} ein Polarlicht, ${a}, ${b} und ${c}: wunderschön, nur ${d} vergessen ${at}`,
  ),
)
const POSTS = 2 * CUSTOMERS.length
const LEARNING_MS = 45_000

journey('teach the noise', () => {
  let desk: CareDesk
  let topicId: string
  let mara: Visitor
  let newest: string[]
  const browser = useBrowser()
  const speak = (by: string, text: string) => {
    if (!desk.twin.world.accountOf(by)) desk.twin.control.account({ handle: by, name: by.split('.')[0] ?? by })
    desk.twin.control.post({ by, text })
  }
  const learned = async () =>
    (await desk.api('GET', `/topics/${topicId}/triage`)) as { judging: { left: number }; background: { posts: number } }
  /** Everything that the last change asked for is done. */
  const isLearned = async () => {
    const { background, judging } = await learned()
    return background.posts >= POSTS && judging.left === 0
  }
  const heard = async (query: string) =>
    ((await desk.api('GET', `/posts?topicId=${topicId}&limit=100&query=${query}`)) as { items: unknown[] }).items.length

  const conversations = async (text: string) =>
    ((await desk.api('GET', `/conversations?text=${text}`)) as { items: unknown[] }).items.length

  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    const topic = { name: 'Polarlicht', query: 'polarlicht', languages: ['de'], opensConversations: true }
    topicId = ((await desk.api('POST', '/topics', topic)) as { topicId: string }).topicId
    await desk.join(JULE, 'agent', 'de')
    CUSTOMERS.forEach((text, at) => {
      speak(`kunde${at}.test`, text)
      speak(`himmel${at}.test`, WATCHERS[at] as string)
    })
  })
  afterAll(() => desk?.stop())

  test('nothing is known; eight keys later the topic says what it thinks, and why', async () => {
    mara = await visit(browser(), 'teaching')
    const { page } = mara
    await expect.poll(() => heard('polarlicht'), { timeout: LEARNING_MS, interval: 500 }).toBe(POSTS)
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/posts?topic=${topicId}`)
    newest = await rows(page)
    expect(newest.filter(isCustomers).length).toBeGreaterThan(0)
    expect(newest.filter((text) => !isCustomers(text)).length).toBeGreaterThan(0)

    await page.goto(`${desk.server.url}/w/kobaltfon/listening/topics/${topicId}`)
    await page.getByRole('link', { name: 'Sort', exact: true }).click()
    await page.getByText('Sort 4 more posts, and the topic begins to judge.').waitFor()
    await page.getByText('Nothing has been learned yet').waitFor()
    await expect.poll(async () => (await learned()).background.posts, { timeout: LEARNING_MS }).toBe(POSTS)
    await page.reload()
    await page.getByText('Nothing has been learned yet').waitFor()
    await expectAccessible(page)

    for (let count = 1; count <= 8; count++) {
      await page.keyboard.press(isCustomers(await shown(page)) ? 'y' : 'n')
      await expect.poll(() => sortedRows(page)).toBe(count)
    }
    await page
      .getByText(/^Probably (not )?for us \(\d+\s?%/)
      .or(page.getByText(/^Unsure \(/))
      .first()
      .waitFor()
    await page.getByText('because:').waitFor()
    await expect.poll(isLearned, { timeout: LEARNING_MS }).toBe(true)
    await page.getByRole('heading', { name: 'Speaks loudest for us' }).waitFor()
    await expectAccessible(page)
  })

  test('u takes the last verdict back, and the post is there again', async () => {
    const { page } = mara
    const before = await shown(page)
    await page.keyboard.press('s')
    await expect.poll(() => shown(page)).not.toBe(before)
    const sorted = await shown(page)
    await page.keyboard.press(isCustomers(sorted) ? 'n' : 'y')
    await expect.poll(() => sortedRows(page)).toBe(9)
    await page.keyboard.press('u')
    await expect.poll(() => shown(page)).toBe(sorted)
    await expect.poll(() => sortedRows(page)).toBe(8)
    await page.keyboard.press('?')
    await page.getByText('Not for us, because …').first().waitFor()
    await page.keyboard.press('Escape')
  })

  test('ordered below: the list begins with what is useful, says how much is set aside and shows it', async () => {
    const { page } = mara
    await page.getByRole('radio', { name: 'It is ordered below' }).check()
    await expect.poll(async () => (await effect(desk, topicId)).noise).toBe('below')
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/posts?topic=${topicId}`)
    await expect
      .poll(async () => (await rows(page)).slice(0, 6).every(isCustomers), { timeout: LEARNING_MS })
      .toBe(true)
    expect(await rows(page)).not.toEqual(newest)
    await expectAccessible(page)

    await page.getByRole('button', { name: /^Set aside as noise in 7 days: \d+ – show$/ }).click()
    await page.getByText('What is set aside as noise is shown here.').waitFor()
    await expect.poll(async () => (await rows(page)).some(isCustomers)).toBe(false)
    expect((await rows(page)).length).toBeGreaterThan(3)
    await page.getByRole('option').first().click()
    await page.getByText(/Polarlicht: Probably not for us|Polarlicht: sorted as not for us/).waitFor()
    await expectAccessible(page)
  })

  test('kept out: noise begins no conversation, the inbox says how much, and “for us” lets it in after all', async () => {
    const { page } = mara
    await desk.api('PATCH', `/topics/${topicId}/triage`, { noise: 'kept-out' })
    const text = 'Abends ein Polarlicht, Himmel, Kamera und Sterne: wunderschön, nur vorgestern Stativ vergessen'
    speak('spaet.test', text)
    await expect.poll(() => heard('vorgestern'), { timeout: LEARNING_MS }).toBe(1)
    speak('neukunde.test', 'Rechnung falsch, Abschlag doppelt, bei Polarlicht fehlt auch der Zähler')
    await expect.poll(() => conversations('@neukunde'), { timeout: LEARNING_MS }).toBe(1)
    expect(await conversations('@spaet')).toBe(0)
    await page.goto(`${desk.inbox}?q=@spaet`)
    await page.getByRole('link', { name: /kept out as probable noise in 7 days – show/ }).waitFor()
    expect(await page.getByRole('option').count()).toBe(0)
    await expectAccessible(page)
    await page.getByRole('link', { name: /kept out as probable noise/ }).click()
    await page.getByRole('option').filter({ hasText: 'vorgestern' }).waitFor()

    const [post] = (
      (await desk.api('GET', `/posts?query=vorgestern&topicId=${topicId}`)) as { items: { postId: string }[] }
    ).items
    await desk.api('POST', `/topics/${topicId}/triage/verdicts`, { posts: [{ postId: post?.postId, side: 'for-us' }] })
    await expect.poll(() => conversations('@spaet'), { timeout: LEARNING_MS }).toBe(1)
    await page.goto(`${desk.inbox}?q=@spaet`)
    await page.getByRole('option').filter({ hasText: 'vorgestern' }).waitFor()
  })

  test('switched off, the old order is back; learned anew, everything is as before', async () => {
    const { page, expectNoFaults } = mara
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/topics/${topicId}/sort`)
    await page.getByRole('switch', { name: 'Judge the posts of this topic' }).click()
    await page.getByText('Judging is switched off: nothing is ordered, nothing is set aside.').waitFor()
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/posts?topic=${topicId}`)
    await expect
      .poll(async () => (await rows(page)).filter((text) => newest.includes(text)).slice(0, 5))
      .toEqual(newest.slice(0, 5))
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/topics/${topicId}/sort`)
    await page.getByRole('switch', { name: 'Judge the posts of this topic' }).click()
    await page.getByRole('button', { name: 'Learn anew' }).click()
    await page.getByText('Everything is learned anew').waitFor()
    await expect.poll(isLearned, { timeout: LEARNING_MS }).toBe(true)
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/posts?topic=${topicId}`)
    // What she let in by hand stands at the top, certain.
    const others = async () => (await rows(page)).filter((text) => !text.includes('vorgestern'))
    expect((await others()).slice(0, 6).every(isCustomers)).toBe(true)
    expect(await others()).not.toEqual(newest)
    expectNoFaults()
    await mara.leave()
  })

  test('on a phone, in German and in the dark, an agent sorts by buttons', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'sorting on a phone', {
      phone: true,
      dark: true,
      language: 'de',
    })
    await signIn(page, desk.server.url, JULE)
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/topics/${topicId}/sort?order=newest`)
    const before = await shown(page)
    await page.getByRole('button', { name: 'Für uns', exact: true }).tap()
    await expect.poll(() => shown(page)).not.toBe(before)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Was gelernt wurde' }).tap()
    await page.getByText('Bewertungen dieses Themas').or(page.getByText('Beiträge dieses Themas beurteilen')).waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    expectNoFaults()
    await leave()
  })
})

const isCustomers = (text: string): boolean => CUSTOMERS.some((one) => text.includes(one))
const shown = async (page: Page): Promise<string> =>
  (await page.getByRole('article').first().innerText()).replaceAll('\n', ' ')
const sortedRows = (page: Page): Promise<number> => page.locator('[data-sorted]').count()
const effect = async (desk: CareDesk, topicId: string) =>
  (await desk.api('GET', `/topics/${topicId}/triage/effect`)) as { noise: string }

/** What the first rows of the list say, once they are drawn. */
async function rows(page: Page): Promise<string[]> {
  await page.getByRole('option').nth(3).waitFor()
  const texts = await page.getByRole('option').allInnerTexts()
  return texts.map((text) => [...CUSTOMERS, ...WATCHERS].find((one) => text.includes(one)) ?? text)
}
