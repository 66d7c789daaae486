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

const GESA = { email: 'gesa@agentur-nordost.test', password: 'a long pass phrase', name: 'Gesa Ahlers' }
/** What customers said before anybody listened for outages. */
const SAID: [string, string][] = [
  ['saskiaohnenetz.test', 'schon wieder eine Störung in Lehe, wann geht es weiter?'],
  ['arne-pendelt.test', 'das Netz ist hier seit gestern weg'],
  ['bente-am-deich.test', 'Störung auch in Kiel, der Router blinkt nur noch'],
  ['ole-und-co.test', 'meine Rechnung ist doppelt, und niemand antwortet'],
  ['wiebke-hilft.test', 'danke für die schnelle Hilfe am Telefon'],
]
const FIRST = 'Störung OR (Netz NEAR/5 weg)'
const HEARD_MS_MAX = 60_000

const editor = (page: Page) => page.getByRole('textbox', { name: 'What is listened for' })

journey('tune a query', () => {
  let desk: CareDesk
  let mara: Visitor
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(GESA, 'lead', 'de')
    for (const [handle, text] of SAID) desk.say(handle, text)
    mara = await visit(browser(), 'tuning')
    await signIn(mara.page, desk.server.url, MARA)
  })
  afterAll(async () => {
    await mara?.leave()
    await desk?.stop()
  })

  test('a topic begins with a template, from which a query is made and looked at', async () => {
    await expect
      .poll(async () => ((await desk.api('GET', '/posts')) as { items: unknown[] }).items.length, {
        timeout: HEARD_MS_MAX,
      })
      .toBe(SAID.length)
    const { page } = mara
    await page.goto(`${desk.server.url}/w/kobaltfon/listening/topics/new`)
    await page.getByRole('link', { name: /^Crisis A name/ }).click()
    await page.getByRole('textbox', { name: 'Name that it is about' }).fill('Kobaltfon')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Make the query' }).click()
    await editor(page).waitFor()
    expect(await editor(page).innerText()).toContain('Kobaltfon')
    await page.getByText('What stands in it and why').click()
    await page.getByRole('term').filter({ hasText: 'Words of outage, damage, anger' }).waitFor()
    await page.getByText(/^Finds .* stored post/).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Discard changes' }).click()
  })

  test('a query from elsewhere is carried over, and what was lost on the way is told', async () => {
    const { page } = mara
    await page.getByRole('link', { name: /^From Brandwatch or X/ }).click()
    await page
      .getByRole('textbox', { name: 'Query or rules' })
      .fill('kobaltfon NEAR/3 (netz OR störung) AND engagementType:RETWEET')
    await page.getByRole('button', { name: 'Carry over' }).click()
    await page.getByRole('heading', { name: '1 rule, read as Brandwatch' }).waitFor()
    await page.locator('mark').filter({ hasText: 'engagementType:RETWEET' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Take it into a topic' }).click()
    expect(await editor(page).innerText()).toContain('NEAR/')
    await page.getByRole('button', { name: 'Discard changes' }).click()
  })

  test('one types with completion by keyboard; a fault is shown in place and mended at once', async () => {
    const { page } = mara
    await page.getByRole('link', { name: /^From nothing/ }).click()
    await page.getByRole('button', { name: 'Write it myself' }).click()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Outages')
    await editor(page).click()
    await page.keyboard.type('Störung OR (Netz NEA')
    await page.getByRole('option', { name: /^NEAR\/5/ }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.keyboard.type('weg) AND')
    await page.locator('.cm-lintRange-error').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Use this' }).click()
    await expect.poll(() => editor(page).innerText()).toBe(FIRST)
    // The way back of what was put in for one, and forth again.
    await page.keyboard.press('Control+z')
    await expect.poll(() => editor(page).innerText()).toBe(`${FIRST} AND`)
    await page.keyboard.press('Control+y')
    await expect.poll(() => editor(page).innerText()).toBe(FIRST)
    // Tab is nobody's: it leads out.
    await page.keyboard.press('Tab')
    expect(await editor(page).evaluate((field) => field.contains(document.activeElement))).toBe(false)
  })

  test('the preview counts, shows what matches and why, and what is only just missed', async () => {
    const { page } = mara
    await page.getByText('Finds 3 stored posts since').waitFor()
    const matches = page.getByRole('feed', { name: 'What matches' })
    expect(await matches.getByRole('article').count()).toBe(3)
    await matches.locator('mark').filter({ hasText: 'Störung' }).first().waitFor()
    await matches.getByText('Matches because “Störung” is in it.').first().waitFor()
    await page.getByRole('figure', { name: 'Matches a day' }).waitFor()
    await page.getByRole('button', { name: 'What is kept of the rest' }).click()
    await page.getByText('without account and address').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start listening' }).click()
    await page.getByRole('heading', { name: 'Outages', level: 1 }).waitFor()
  })

  test('an edit says what it gains and what it loses before it is saved', async () => {
    const { page } = mara
    await editor(page).fill('(Störung -Kiel) OR (Netz NEAR/5 weg) OR Rechnung')
    await page.getByRole('link', { name: /^Changes/ }).click()
    await page.getByText('1 gained, 1 lost against version 1').waitFor()
    await page.getByRole('feed', { name: 'Gained' }).getByText('meine Rechnung ist doppelt').waitFor()
    const lost = page.getByRole('feed', { name: 'Lost' })
    await lost.getByText('Störung auch in Kiel').waitFor()
    await lost.getByText(/Missed because .*Kiel/).waitFor()
    await expectAccessible(page)
  })

  test('a gained post is sorted by key where it stands, and the estimate says what it rests on', async () => {
    const { page } = mara
    await page.getByRole('feed', { name: 'Gained' }).getByRole('article').first().focus()
    await page.keyboard.press('n')
    const pressed = page.getByRole('feed', { name: 'Gained' }).getByRole('button', { name: 'Not for us' })
    await expect.poll(() => pressed.getAttribute('aria-pressed')).toBe('true')
    await page.getByRole('link', { name: /^Quality/ }).click()
    await page.getByText(/It rests on 1 post/).waitFor()
    await expectAccessible(page)
    const questions = page.getByRole('feed', { name: /^Sort th/ })
    await questions.getByRole('article').first().focus()
    await page.keyboard.press('y')
    await page.getByText(/It rests on 2 posts/).waitFor()
    await expectAccessible(page)
  })

  test('what is typed survives leaving; it is saved with its reason, which is asked because the meaning changed', async () => {
    const { page } = mara
    await page.goto(desk.inbox)
    await page.goBack()
    await page.getByText('What you had typed here is back').waitFor()
    await page
      .getByRole('textbox', { name: 'Why it changes' })
      .fill('Kiel has a topic of its own; invoices belong to us')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Topic saved').waitFor()
    await page.getByRole('link', { name: /^Versions/ }).click()
    await page.getByText('Kiel has a topic of its own; invoices belong to us').waitFor()
    const newest = page.getByRole('list', { name: 'Versions' }).getByRole('listitem').first()
    await newest.locator('ins').filter({ hasText: 'Rechnung' }).waitFor()
    await expectAccessible(page)
  })

  test('blanks alone ask for no reason', async () => {
    const { page } = mara
    await editor(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('  ')
    await page.getByRole('button', { name: 'Discard changes' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Why it changes' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Discard changes' }).click()
  })

  test('one click brings an earlier version back, and one takes that back again', async () => {
    const { page } = mara
    const versions = page.getByRole('list', { name: 'Versions' })
    await versions.getByRole('button', { name: 'Return to this version' }).click()
    await page.getByText('Version 1 counts again').waitFor()
    await expect.poll(() => editor(page).innerText()).toBe(FIRST)
    await page.getByRole('button', { name: /^Undo/ }).click()
    await expect.poll(() => editor(page).innerText()).toContain('Rechnung')
    await expect.poll(() => versions.getByRole('listitem').count()).toBe(4)
    mara.expectNoFaults()
  })

  test('in German on 360 pixels it is all there, one above the other', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'tuning on a phone', { phone: true, language: 'de' })
    await signIn(page, desk.server.url, GESA)
    await page.goto(mara.page.url().split('?')[0] ?? '')
    const field = page.getByRole('textbox', { name: 'Worauf gehört wird' })
    await field.waitFor()
    await page.getByText(/^Findet 3 gespeicherte Beiträge/).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await field.fill('(Störung -Kiel) OR (Netz NEAR/5 weg')
    await page.getByRole('button', { name: 'Übernehmen' }).waitFor()
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Übernehmen' }).tap()
    await page.getByRole('link', { name: /^Ändert/ }).tap()
    await page.getByText('0 gewonnen, 1 verloren gegenüber Fassung 4').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: /^Güte/ }).tap()
    await page.getByRole('heading', { name: 'Wie viel davon für Sie ist' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: /^Fassungen/ }).tap()
    await page.getByText('Sie haben Änderungen, die nicht gespeichert sind.').waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    expectNoFaults()
    await leave()
  })
})
