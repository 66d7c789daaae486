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

/** One woman, two accounts: the older one that everybody knows, and one for her books. */
const JUTTA = {
  handle: 'jutta-wieland.test',
  name: 'Jutta Wieland',
  bio: 'Bibliothekarin, Chor, zu viele Zimmerpflanzen. https://juttas-buecherwagen.example',
}
const BOOKS = {
  handle: 'jutta-wieland-liest.test',
  name: 'Jutta Wieland',
  bio: 'Bücher auf Rädern: juttas-buecherwagen.example',
}
const FIRST = 'Seit heute früh kein Netz in Pankow. Ist da was bekannt?'
const SECOND = 'Der Bücherwagen hat kein Internet, kann jemand helfen?'
const HEARD_MS = 60_000

interface Listed {
  items: { authorId: string; handle: string | null; person: { personId: string; name: string } | null }[]
}

journey('suggest, confirm, undo', () => {
  let desk: CareDesk
  let mara: Visitor
  let jule: Visitor
  const browser = useBrowser()
  const address = () => `${desk.server.url}/w/kobaltfon/people/suggestions`
  const persons = async (): Promise<Record<string, { personId: string; name: string } | null>> =>
    Object.fromEntries(
      ((await desk.api('GET', '/authors?limit=100')) as Listed).items
        .filter(({ handle }) => handle?.startsWith('jutta'))
        .map(({ handle, person }) => [handle ?? '', person]),
    )
  const personOf = async (handle: string) => (await persons())[handle]?.personId
  /** Everything that a screen shows of the two, without when it was asked. */
  const everything = async () => {
    const known = await persons()
    const shown = await Promise.all(
      Object.values(known).map(async (person) => ({
        person: await desk.api('GET', `/persons/${person?.personId}`),
        timeline: await desk.api('GET', `/persons/${person?.personId}/timeline?limit=50`),
      })),
    )
    return { known, shown }
  }
  const question = (page: Page) => page.getByRole('heading', { level: 2, name: 'Jutta Wieland' })

  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(JULE, 'agent', 'de')
    for (const account of [JUTTA, BOOKS]) desk.twin.control.account(account)
    desk.say(JUTTA.handle, FIRST)
    desk.say(BOOKS.handle, SECOND)
  })
  afterAll(() => desk?.stop())

  test('as it begins nothing is inferred, and the page says what it would do and what it never does', async () => {
    await expect
      .poll(async () => Object.values(await persons()).filter(Boolean).length, { timeout: HEARD_MS, interval: 500 })
      .toBe(2)
    mara = await visit(browser(), 'looks after privacy')
    const { page } = mara
    await signIn(page, desk.server.url, MARA)
    await page.goto(address())
    await page.getByText('Nothing is inferred in this workspace').waitFor()
    await page.getByText('A name alone is never enough.').waitFor()
    await expectAccessible(page)

    jule = await visit(browser(), 'answers customers', { language: 'de' })
    await signIn(jule.page, desk.server.url, JULE)
    await jule.page.goto(address())
    await jule.page.getByText('In diesem Arbeitsbereich wird nichts geschlossen').waitFor()
    expect(await jule.page.getByRole('button', { name: 'Wählen, was geschlossen werden darf' }).count()).toBe(0)
  })

  test('switched on, the two are suggested with reasons that can be read in both languages', async () => {
    const { page } = mara
    await page.getByRole('button', { name: 'Choose what may be inferred' }).click()
    await page.getByRole('radio', { name: 'Suggest only' }).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await question(page).waitFor({ timeout: HEARD_MS })
    await page
      .getByText(/the same web page in both profiles \(juttas-buecherwagen\.example\)/i)
      .first()
      .waitFor()
    await page.getByText(/Speaks against: .*two accounts on one network were active at once/).waitFor()
    await page.getByText('What would be together').waitFor()
    await page.getByRole('link', { name: 'Suggestions 1' }).waitFor()
    await expectAccessible(page)

    await jule.page.reload()
    await jule.page.getByText('Sind „Jutta Wieland“ und „Jutta Wieland“ eine Person?').waitFor()
    await jule.page
      .getByText(/Dieselbe Webseite in beiden Profilen|dieselbe Webseite in beiden Profilen/)
      .first()
      .waitFor()
    await jule.page.getByText(/Dagegen spricht: .*zwei Konten in einem Netzwerk waren gleichzeitig aktiv/).waitFor()
    await expectAccessible(jule.page)
  })

  test('one key joins them: one timeline, and the inbox shows both accounts', async () => {
    const { page } = jule
    const before = await everything()
    expect(await personOf(JUTTA.handle)).not.toBe(await personOf(BOOKS.handle))
    await page.keyboard.press('y')
    await page.getByText('Nichts wartet auf eine Antwort').waitFor()
    // Mara has the same pair before her.
    const told = mara.page.locator('p', { hasText: 'were settled meanwhile: a colleague answered' })
    await told.waitFor()
    await expectAccessible(mara.page)
    // What was said of the saved policy may still stand in its corner.
    expect(await mara.page.getByRole('main').getByRole('alert').count()).toBe(0)
    await expect.poll(() => personOf(BOOKS.handle)).toBe(await personOf(JUTTA.handle))
    await expectAccessible(page)

    await page.goto(`${desk.server.url}/w/kobaltfon/people/persons/${await personOf(JUTTA.handle)}`)
    await page.getByText(FIRST).first().waitFor()
    await page.getByText(SECOND).first().waitFor()
    await page.goto(`${desk.server.url}/w/kobaltfon/inbox`)
    await page.getByRole('option').filter({ hasText: 'Bücherwagen' }).click()
    await page.getByText(JUTTA.handle).first().waitFor()

    await page.goto(`${address()}?view=confirmed`)
    await page.getByText('Zusammengeführt von Jule Brandt').waitFor()
    await page.getByRole('button', { name: 'Wieder trennen' }).click()
    await expect.poll(() => personOf(BOOKS.handle)).not.toBe(await personOf(JUTTA.handle))
    expect(withoutHistory(await everything())).toEqual(withoutHistory(before))
  })

  test('u takes the last answer back at once, and the question is there again', async () => {
    const { page } = mara
    await page.goto(address())
    await question(page).waitFor({ timeout: HEARD_MS })
    await page.keyboard.press('n')
    await page.getByText('Nothing waits for an answer').waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Undo' }).count()).toBe(1)
    await page.keyboard.press('u')
    await question(page).waitFor()
    await page.getByRole('button', { name: /^Open 1/ }).waitFor()
  })

  test('on a phone it is read and answered in one column', async () => {
    const phone = await visit(browser(), 'on a phone', { language: 'de', phone: true, dark: true })
    await signIn(phone.page, desk.server.url, JULE)
    await phone.page.goto(address())
    await phone.page.getByRole('button', { name: 'Eine Person' }).waitFor()
    await expectNoSidewaysScroll(phone.page)
    await expectAccessible(phone.page)
    phone.expectNoFaults()
    await phone.leave()
  })

  test('switched off, everything that was computed is gone', async () => {
    const { page } = mara
    await page.getByRole('button', { name: 'Change policy' }).click()
    await page.getByRole('radio', { name: 'Nothing', exact: true }).check()
    await page.getByText('All suggestions, answers, keys and counts are deleted.').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Nothing is inferred in this workspace').waitFor()
    expect(await desk.api('GET', '/suggestions')).toMatchObject({ items: [] })
    // Whoever looks on while a colleague joins them may have asked for the preview in that very moment: it is refused.
    for (const { faults } of [mara, jule]) expect(faults.filter((fault) => !fault.includes('409'))).toEqual([])
  })
})

/** What was joined and undone stays to be read in history; everything else has to be as it was. */
function withoutHistory({ known, shown }: { known: unknown; shown: { person: unknown; timeline: unknown }[] }) {
  const kept = shown.map(({ person, timeline }) => ({
    person,
    timeline: (timeline as { items: { kind: string }[] }).items.filter(
      ({ kind }) => !/merge|undone|operation|graph/.test(kind),
    ),
  }))
  return { known, kept }
}
