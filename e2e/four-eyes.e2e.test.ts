import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const LINA = { email: 'lina@agentur-nordost.test', password: 'yet another phrase', name: 'Lina Lohse' }
const ASKED = 'die Kobaltbox pfeift seit gestern'
const IBAN = 'DE89 3704 0044 0532 0130 00'

journey('four eyes', () => {
  let desk: CareDesk
  const browser = useBrowser()
  let lina: Page
  let guestLink = ''
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(LINA, 'agent')
    desk.say('ida-k.test', ASKED)
  })
  afterAll(() => desk?.stop())

  test('what must not be said is marked while one writes, and does not go', async () => {
    lina = (await visit(browser(), 'lina')).page
    await signIn(lina, desk.server.url, LINA)
    await lina.goto(desk.inbox)
    await openConversation(lina, ASKED)
    await lina.getByRole('textbox', { name: 'Answer' }).fill(`Please send it to ${IBAN}.`)
    await lina.getByText('This is a bank account number (IBAN).').waitFor()
    await lina.getByRole('button', { name: 'Send', exact: true }).click()
    await lina.getByRole('dialog', { name: 'This cannot be sent' }).waitFor()
    await expectAccessible(lina)
    await lina.getByRole('button', { name: 'Back to the text' }).click()
    expect(desk.standing()).toEqual([])
  })

  test('a lead turns on four eyes where the rate of each check stands beside its switch', async () => {
    const { page, leave } = await visit(browser(), 'mara')
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${desk.server.url}/w/kobaltfon/settings`)
    await page.getByRole('link', { name: 'Policy', exact: true }).click()
    await page.getByText('On public texts').first().waitFor()
    await expectAccessible(page)
    // What is in force is tried as it is, before anything is changed.
    await page.getByRole('button', { name: 'Try on past texts' }).click()
    await page.getByText('goes at once: 0').waitFor()
    await page.getByRole('combobox', { name: 'Every answer at least' }).click()
    await page.getByRole('option', { name: 'another approves' }).click()
    await page.getByRole('textbox', { name: 'What changed, and why' }).fill('Two look at every answer')
    await page.getByRole('button', { name: 'Save as a new version' }).click()
    await page.getByText('Version 1', { exact: true }).waitFor()
    await page.getByText('Two look at every answer').waitFor()
    await leave()
  })

  test('the author asks a colleague, who changes the text on a phone and has to leave it to somebody else', async () => {
    await lina.getByRole('textbox', { name: 'Answer' }).fill('Wir sehn uns das an.')
    await lina.getByRole('button', { name: 'Send', exact: true }).click()
    const dialog = lina.getByRole('dialog', { name: 'Somebody else has to approve this' })
    await dialog.getByRole('textbox', { name: 'To whoever approves' }).fill('Tippfehler drin?')
    await dialog.getByRole('button', { name: 'Ask for approval' }).click()
    await lina.getByText('An answer to this waits for approval.').waitFor()

    const { page, leave } = await visit(browser(), 'mara on a phone', { phone: true })
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${desk.server.url}/w/kobaltfon/approvals`)
    await page.getByText('Wir sehn uns das an.').click()
    await page.getByText('Tippfehler drin?').waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByRole('textbox', { name: 'What we are about to say' }).fill('Wir sehen uns das an.')
    await page.getByRole('button', { name: 'Save the new text' }).click()
    await page.getByText('These are your words').waitFor()
    expect(await page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
    expect(desk.standing()).toEqual([])
    await leave()
  })

  test('the author lets the changed text go, and it stands on the network in their name', async () => {
    await lina.goto(`${desk.server.url}/w/kobaltfon/approvals`)
    await lina.getByText('Wir sehen uns das an.').click()
    await lina.getByText('As it was before').waitFor()
    await lina.getByRole('button', { name: 'Approve', exact: true }).click()
    await lina.getByText('Approved: it is on its way').waitFor()
    await expect
      .poll(() => desk.standing().map(({ text }) => text), { timeout: 20_000 })
      .toEqual(['Wir sehen uns das an. ^LL'])
  })

  test('a guest with a link sees one text, says no, and the author has it back', async () => {
    desk.say('ole-p.test', 'wann kommt die neue Box?')
    await lina.goto(desk.inbox)
    await openConversation(lina, 'neue Box')
    await lina.getByRole('textbox', { name: 'Answer' }).fill('Die Box kommt im Mai.')
    await lina.getByRole('button', { name: 'Ask for approval' }).click()
    await lina.getByRole('dialog').getByRole('button', { name: 'Ask for approval' }).click()
    await lina.getByText('An answer to this waits for approval.').waitFor()
    const { items } = (await desk.api('GET', '/approvals')) as { items: { approvalId: string }[] }
    const invited = await desk.api('POST', `/approvals/${items[0]?.approvalId}/guests`, {
      name: 'Frau Reimers',
      days: 1,
    })
    guestLink = (invited as { link: string }).link

    const { page, leave, expectNoFaults } = await visit(browser(), 'guest', { phone: true, language: 'de' })
    await page.goto(guestLink)
    await page.getByText('Die Box kommt im Mai.').waitFor()
    expect(page.url()).not.toContain('#')
    expect(await page.locator('body').innerText()).not.toMatch(/Lina|Mara/)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Nicht freigeben' }).click()
    await page.getByRole('textbox', { name: 'Was anders sein sollte' }).fill('Erst im Juni')
    await page.getByRole('button', { name: 'Senden' }).click()
    await page.getByText('Der Text ist nicht freigegeben').waitFor()
    expectNoFaults()
    await leave()

    await lina.getByText('An answer was not approved and came back.').waitFor()
    await lina.getByRole('link', { name: 'Look at it' }).click()
    await lina.getByText('Erst im Juni').waitFor()
    expect(desk.standing()).toHaveLength(1)
  })
})
