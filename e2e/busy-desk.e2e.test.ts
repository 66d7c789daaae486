import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, type Visitor, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'
import { type Mailbox, startMailbox } from './mailbox.ts'

const BEN = { email: 'ben@agentur-nordost.test', password: 'another long phrase', name: 'Ben Achterberg' }
const HEARD_MS_MAX = 45_000
/** Whoever reads within a minute is not written to. */
const MAILED_MS_MAX = 100_000

journey('a busy desk', () => {
  let desk: CareDesk
  let mailbox: Mailbox
  let mara: Visitor
  let ben: Visitor
  const browser = useBrowser()
  beforeAll(async () => {
    ;[desk, mailbox] = await Promise.all([openCareDesk(MARA), startMailbox()])
    await Promise.all([desk.join(BEN, 'agent'), desk.mailThrough(mailbox.port)])
    for (const [handle, text] of [
      ['gregor-m.test', 'gerade komplett weg? Festnetz und Handy.'],
      ['yvonne-hartwig.test', 'wo finde ich meine Rechnung?'],
      ['tariq-h.test', 'Göttingen auch.'],
      ['cem-k.test', 'gibt es die Kobaltbox in Weiß?'],
    ] as const)
      desk.say(handle, text)
    mara = await visit(browser(), 'mara')
    ben = await visit(browser(), 'ben')
    await Promise.all([signIn(mara.page, desk.server.url, MARA), signIn(ben.page, desk.server.url, BEN)])
  })
  afterAll(() => Promise.all([desk?.stop(), mailbox?.stop()]))

  const rows = (page: Page) => page.getByRole('option')
  const answer = (page: Page) => page.getByRole('textbox', { name: 'Answer' })
  /** The inbox with everything that was said so far. */
  const openInbox = async (page: Page, count: number) => {
    await page.goto(desk.inbox)
    const pill = page.getByRole('button', { name: /^\d+ new$/ })
    await expect
      .poll(
        async () => {
          if (await pill.isVisible()) await pill.click()
          return rows(page).count()
        },
        { timeout: HEARD_MS_MAX },
      )
      .toBe(count)
  }

  test('who is named in a note is told in the app at once', async () => {
    await openInbox(mara.page, 4)
    await rows(mara.page).filter({ hasText: 'Kobaltbox in Weiß' }).click()
    await mara.page.getByRole('article').getByText('Kobaltbox in Weiß').first().waitFor()
    await mara.page.keyboard.press('n')
    const note = mara.page.getByRole('textbox', { name: 'Note' })
    await note.pressSequentially('@Ben')
    await mara.page.getByRole('option', { name: BEN.name }).waitFor()
    await expectAccessible(mara.page)
    await mara.page.keyboard.press('Enter')
    await note.pressSequentially(' die dritte heute, bitte in die Technik.')
    await mara.page.keyboard.press('Control+Enter')
    await mara.page.getByText('die dritte heute').waitFor()

    await ben.page.getByRole('link', { name: 'Notifications 1' }).click()
    await ben.page.getByText('You were named in a note about cem-k').waitFor()
    await expectAccessible(ben.page)
  })

  test('from the list to the sent answer without a mouse', async () => {
    const { page } = mara
    await page.goto(desk.inbox)
    await rows(page).nth(3).waitFor()
    const asked = rows(page).filter({ hasText: 'Göttingen auch' })
    const focused = page.getByRole('listbox', { name: 'Conversations' })
    await expect.poll(() => focused.evaluate((list) => list === document.activeElement)).toBe(true)
    // The cursor, as it is read out.
    const cursor = async () => page.locator(`[id="${await focused.getAttribute('aria-activedescendant')}"]`).innerText()
    // The first step leads to the first row.
    await page.keyboard.press('j')
    expect(await cursor()).toBe(await rows(page).first().innerText())
    for (let steps = 0; steps < 3 && !(await cursor()).includes('Göttingen auch'); steps++)
      await page.keyboard.press('j')
    expect(await cursor()).toContain('Göttingen auch')
    await page.keyboard.press('Enter')
    await page.getByRole('article').getByText('Göttingen auch').first().waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('r')
    await expect.poll(() => answer(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type('Wir sind dran, um 18 Uhr läuft es wieder.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('The answer goes out; conversation closed.').waitFor()
    await expectAccessible(page)
    await asked.waitFor({ state: 'hidden' })
    // What comes next is open already, and its keys work.
    await page.keyboard.press('Escape')
    await expect.poll(() => focused.evaluate((list) => list === document.activeElement)).toBe(true)
    await expect
      .poll(() => desk.standing().map(({ text }) => text), { timeout: HEARD_MS_MAX })
      .toEqual(['Wir sind dran, um 18 Uhr läuft es wieder. ^ML'])
  })

  test('several are closed at once, and one key brings back exactly those', async () => {
    const { page } = mara
    await openInbox(page, 3)
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    const bar = page.getByRole('toolbar', { name: 'Chosen conversations' })
    await bar.getByText('2 chosen').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('e')
    await page.getByText('2 conversations closed.').waitFor()
    await expect.poll(() => rows(page).count()).toBe(1)
    await expectAccessible(page)
    await page.keyboard.press('Control+z')
    await expect.poll(() => rows(page).count()).toBe(3)
    // The one that was answered stays closed.
    await page.getByRole('button', { name: 'Closed 1' }).click()
    await expect.poll(() => rows(page).count()).toBe(1)
    await rows(page).filter({ hasText: 'Wir sind dran' }).waitFor()
  })

  test('a lead takes over from whoever writes, who reads why and keeps the text', async () => {
    await Promise.all([openInbox(mara.page, 3), openInbox(ben.page, 3)])
    for (const { page } of [mara, ben]) {
      await rows(page).filter({ hasText: 'meine Rechnung' }).click()
      await page.getByRole('article').getByText('meine Rechnung').first().waitFor()
    }
    await answer(ben.page).fill('Wir melden uns.')
    await ben.page.getByText('Draft saved').waitFor()
    await mara.page.getByText('Ben Achterberg is answering; reserved until').waitFor()
    await mara.page.getByRole('button', { name: 'Take over …' }).click()
    const dialog = mara.page.getByRole('dialog', { name: 'Take over from Ben Achterberg' })
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Die Klinik rufe ich selbst an')
    await expectAccessible(mara.page)
    await dialog.getByRole('button', { name: 'Take over', exact: true }).click()
    await mara.page.getByText('Reserved for you until').waitFor()
    await expect.poll(() => answer(mara.page).evaluate((field) => field === document.activeElement)).toBe(true)

    await ben.page.getByText('Mara Lindqvist took over from you: “Die Klinik rufe ich selbst an”.').waitFor()
    expect(await answer(ben.page).inputValue()).toBe('Wir melden uns.')
    expect(await ben.page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    await expectAccessible(ben.page)
  })

  test('who has not looked is written to: that there is something, never what, and a link to it', async () => {
    const { text } = await mailbox.next(BEN.email, MAILED_MS_MAX)
    expect(text).not.toContain('die dritte heute')
    expect(text).not.toContain('Kobaltbox')
    const link = /https?:\/\/\S+\/inbox\/[\w-]+/.exec(text)?.[0] ?? ''
    await ben.page.goto(link)
    await ben.page.getByText('die dritte heute').waitFor()
    await ben.page.getByRole('link', { name: 'Notifications', exact: true }).waitFor()
    mara.expectNoFaults()
    ben.expectNoFaults()
  })
})
