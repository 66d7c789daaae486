import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const BEN = { email: 'ben@agentur-nordost.test', password: 'another long phrase', name: 'Ben Achterberg' }
const ASKED = 'die Kobaltbox blinkt rot seit dem Update'

journey('two agents, one answer', () => {
  let desk: CareDesk
  let asked: string
  const browser = useBrowser()
  const people: { mara?: Page; ben?: Page } = {}
  const mara = () => people.mara as Page
  const ben = () => people.ben as Page
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(BEN, 'agent')
    asked = desk.say('cem-k.test', ASKED)
  })
  afterAll(() => desk?.stop())

  const open = async (page: Page) => {
    await page.goto(desk.inbox)
    await openConversation(page, ASKED)
    await page.getByRole('article').getByText(ASKED).first().waitFor()
  }
  const answer = (page: Page) => page.getByRole('textbox', { name: 'Answer' })
  const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true })

  test('while one writes, the other sees who does and cannot send', async () => {
    people.mara = (await visit(browser(), 'mara')).page
    people.ben = (await visit(browser(), 'ben')).page
    await signIn(mara(), desk.server.url, MARA)
    await signIn(ben(), desk.server.url, BEN)
    await open(mara())
    await open(ben())

    await answer(mara()).fill('Wir haben das Update zurückgezogen.')
    await ben().getByRole('option').getByText('Mara Lindqvist is answering').waitFor()
    await answer(ben()).fill('Bitte einmal neu starten.')
    await ben().getByText('Mara Lindqvist is answering; reserved until').waitFor()
    expect(await send(ben()).isDisabled()).toBe(true)
    await expectAccessible(ben())
  })

  test('the answer of the one is news for the other, who was about to say the same', async () => {
    await send(mara()).click()
    await ben().getByText('Something new was said since you began to write').waitFor()
    await send(ben()).click()
    const dialog = ben().getByRole('dialog', { name: 'A colleague has answered' })
    await dialog.getByText('Wir haben das Update zurückgezogen. ^ML').waitFor()
    expect(await dialog.getByRole('textbox', { name: 'Your answer' }).inputValue()).toBe('Bitte einmal neu starten.')
    await expectAccessible(ben())
    await dialog.getByRole('button', { name: 'Throw mine away' }).click()
    expect(await answer(ben()).inputValue()).toBe('')

    await mara().getByText('Sent', { exact: true }).waitFor({ timeout: 45_000 })
    expect(desk.standing()).toEqual([{ text: 'Wir haben das Update zurückgezogen. ^ML', answers: asked }])
  })

  test('what the customer says while one writes refuses the send, shows it beside the text, and nothing is lost', async () => {
    await answer(ben()).fill('Gern geschehen.')
    await ben().getByText('Draft saved').waitFor()
    const again = desk.say('cem-k.test', 'Stimmt nicht, sie blinkt immer noch rot!', asked)
    await ben().getByText('Something new was said since you began to write').waitFor({ timeout: 45_000 })
    await send(ben()).click()
    const dialog = ben().getByRole('dialog', { name: 'The customer wrote again' })
    await dialog.getByText('sie blinkt immer noch rot').waitFor()
    await dialog.getByRole('textbox', { name: 'Your answer' }).fill('Dann tauschen wir die Box aus.')
    await expectAccessible(ben())
    await dialog.getByRole('button', { name: 'Send it as it is' }).click()
    await dialog.waitFor({ state: 'hidden' })

    await expect.poll(() => desk.standing().length, { timeout: 45_000 }).toBe(2)
    expect(desk.standing()[1]).toEqual({
      text: expect.stringContaining('Dann tauschen wir die Box aus.'),
      answers: again,
    })
    expect(desk.standing().map(({ text }) => text)).not.toContain('Gern geschehen.')
  })
})
