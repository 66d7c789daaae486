import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const ASKED = 'seit heute früh kein Internet in Lehe. Ist da was bekannt?'
const ANSWERED = 'Danke für den Hinweis, wir sehen sofort nach.'

journey('hear, match, answer', () => {
  let desk: CareDesk
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
  })
  afterAll(() => desk?.stop())

  test('a mention arrives while one looks, is claimed, answered, and the answer stands on the network once', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'answering')
    await signIn(page, desk.server.url, MARA)
    await page.goto(desk.inbox)
    await page.getByText('Conversations will arrive here').waitFor()
    await expectAccessible(page)

    const post = desk.say('saskiaohnenetz.test', ASKED)
    await page.getByRole('button', { name: '1 new' }).click({ timeout: 45_000 })
    const row = page.getByRole('option').filter({ hasText: 'kein Internet in Lehe' })
    await row.click()
    await page.getByRole('article').getByText('kein Internet in Lehe').first().waitFor()
    await expectAccessible(page)

    await page.keyboard.press('r')
    await page.getByText('Reserved for you until').waitFor()
    await page.keyboard.type(ANSWERED)
    await page.getByText('Draft saved').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Control+Enter')

    await page.getByText('The answer goes out; conversation closed.').waitFor()
    await page.getByText('All answered').waitFor()
    await page.getByRole('button', { name: /^Closed/ }).click()
    await page.getByRole('option').filter({ hasText: 'wir sehen sofort nach' }).click()
    await page.getByText('Sent', { exact: true }).waitFor({ timeout: 45_000 })
    await expectAccessible(page)
    expect(desk.standing()).toEqual([{ text: `${ANSWERED} ^ML`, answers: post }])
    expectNoFaults()
    await leave()
  })

  test('an answer that is undone in time never goes out, and its text is written again', async () => {
    const { page, leave } = await visit(browser(), 'undoing')
    await signIn(page, desk.server.url, MARA)
    desk.say('arne-pendelt.test', 'seit gestern ist meine Rechnung doppelt. Wie kann das sein?')
    await page.goto(desk.inbox)
    await openConversation(page, 'Rechnung doppelt')
    await page.getByRole('textbox', { name: 'Answer' }).fill('Das war zu schnell')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('button', { name: /^Undo \(\d s\)$/ }).click()
    await page.getByText('Undone', { exact: true }).waitFor()
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Answer' }).inputValue(), { timeout: 30_000 })
      .toBe('Das war zu schnell')
    // Longer than it would have taken to go out.
    await page.waitForTimeout(12_000)
    expect(desk.standing().map(({ text }) => text)).not.toContain('Das war zu schnell ^ML')
    await leave()
  })
})
