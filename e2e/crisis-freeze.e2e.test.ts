import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const RIK = { email: 'rik@agentur-nordost.test', password: 'another long phrase', name: 'Rik Roos' }
const POST = 'Sunny weekend with Kobaltfon!'
const STATEMENT = 'We know of the outage and are looking into it.'
const ASKED = 'Is the network down in the north?'

journey('crisis and freeze', () => {
  let desk: CareDesk
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(RIK, 'lead', 'de')
    desk.say('ola.test', ASKED)
  })
  afterAll(() => desk?.stop())

  test('a playbook and an approved statement are there before; the crisis holds a post back until it is let through, and ends with a report', async () => {
    const place = `${desk.server.url}/w/kobaltfon/crisis`
    const { page, expectNoFaults, leave } = await visit(browser(), 'lead')
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${place}/playbooks`)
    await page.getByRole('button', { name: 'Take “Outage”' }).click()
    await page.getByText('8 steps').waitFor()
    await expectAccessible(page)

    await page.goto(`${place}/statements`)
    await page.getByRole('button', { name: 'New holding statement' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('We know')
    await page.getByRole('textbox', { name: 'English' }).fill(STATEMENT)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    await page.getByText('You wrote it: somebody else approves it.').waitFor()
    const second = await visit(browser(), 'second')
    await signIn(second.page, desk.server.url, RIK)
    await second.page.goto(`${place}/statements`)
    await second.page.getByRole('button', { name: 'Freigeben' }).click()
    await page.getByText('approved by Rik Roos').waitFor()

    await page.goto(place)
    await page.getByRole('button', { name: 'Declare a crisis' }).click()
    await page.getByRole('textbox', { name: 'What is it about?' }).fill('Outage in the north')
    await page.getByRole('combobox', { name: 'Playbook' }).click()
    await page.getByRole('option', { name: 'Outage' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Declare the crisis' }).click()
    await page.getByText('The crisis is declared.').waitFor()
    await page.getByText(STATEMENT).waitFor()
    await second.page.goto(desk.inbox)
    await second.page.getByRole('link', { name: 'Krise: Outage in the north' }).waitFor()
    await openConversation(second.page, ASKED)
    await second.page.getByRole('button', { name: 'Was jetzt gesagt werden darf' }).click()
    const said = second.page.getByRole('dialog', { name: 'Was jetzt gesagt werden darf' })
    await said.getByText(STATEMENT).waitFor()
    await expectAccessible(second.page)
    await said.getByRole('button', { name: 'Als Entwurf verwenden' }).click()
    await expect.poll(() => second.page.getByRole('textbox', { name: 'Antwort' }).inputValue()).toBe(STATEMENT)
    await second.leave()

    const { items } = (await desk.api('GET', '/sources')) as { items: { sourceId: string; network: string }[] }
    const sourceId = items.find(({ network }) => network === 'bluesky')?.sourceId
    await desk.api('POST', '/deliveries', { sourceId, text: POST, undoSeconds: 0 })
    await page.getByText(POST).waitFor()
    await page.getByText('Confirm with operations').click()
    await page.getByRole('textbox', { name: 'What was decided' }).fill('No adverts until noon.')
    await page.getByRole('button', { name: 'Write it down' }).click()
    await page.getByText('Mara Lindqvist', { exact: true }).waitFor()
    await expectAccessible(page)
    expect(desk.standing()).toEqual([])

    await page.getByRole('button', { name: `Release “${POST}”` }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('It is paid for')
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
    await expect.poll(() => desk.standing().map(({ text }) => text), { timeout: 20_000 }).toEqual([POST])

    await page.getByRole('button', { name: 'All-clear' }).click()
    await page.getByRole('textbox', { name: 'What we learned' }).fill('Ask operations sooner.')
    await page.getByRole('button', { name: 'Give the all-clear' }).click()
    await page.getByText('The all-clear is given.').waitFor()
    await page.getByRole('button', { name: 'Print the report' }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText('Ask operations sooner.').waitFor()
    await expectAccessible(page)
    expectNoFaults()
    await leave()
  })

  test('on a phone, in German and in the dark, it reads as well', async () => {
    const { page, leave } = await visit(browser(), 'phone', { phone: true, dark: true, language: 'de' })
    await signIn(page, desk.server.url, RIK)
    await page.goto(`${desk.server.url}/w/kobaltfon/crisis`)
    await page.getByRole('link', { name: 'Outage in the north' }).click()
    await page.getByText('Ask operations sooner.').waitFor()
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await leave()
  })
})
