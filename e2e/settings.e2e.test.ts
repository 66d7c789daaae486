import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  type Person,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { linkIn, type Mailbox, startMailbox } from './mailbox.ts'
import { type RunningServer, startServer } from './server.ts'

const MARA: Person = { name: 'Mara Lindqvist', email: 'mara@nordlicht.test', password: 'a lamp in the north window' }
const BRAM: Person = {
  name: 'Bram van Houtven-Oosterhuis tot Middelburg',
  email: 'bram@nordlicht.test',
  password: 'twee fietsen in de regen',
}
const NEW_PASSWORD = 'drie fietsen in de regen'

/** An administrator brings mail, people, roles and teams in order; what is mailed really arrives. */
journey('settings', () => {
  let server: RunningServer
  let mailbox: Mailbox
  let owner: Visitor
  let colleague: Visitor
  const browser = useBrowser()
  const settings = (section: string) => `${server.url}/w/nordlicht/settings/${section}`

  beforeAll(async () => {
    mailbox = await startMailbox()
    server = await startServer()
    const setUp = ['setup', '--email', MARA.email, '--password-stdin', '--workspace', 'Nordlicht', '--name', MARA.name]
    await server.command([...setUp, '--language', 'en'], MARA.password)
    owner = await visit(browser(), 'settings-owner')
    await signIn(owner.page, server.url, MARA)
  })
  afterAll(async () => {
    await owner?.leave()
    await colleague?.leave()
    await server?.stop()
    await mailbox?.stop()
  })

  test('the mail server is tried before it is saved: a wrong port is explained, the right one delivers', async () => {
    const { page } = owner
    await page.goto(settings('mail'))
    await page.getByLabel('Server').fill('127.0.0.1')
    await page.getByLabel('Port').fill('9')
    await page.getByLabel('Sender address').fill('rapport@nordlicht.test')
    await page.getByRole('button', { name: 'Send a test to me' }).click()
    await page.getByText('The server does not answer on this port.').waitFor()
    await expectAccessible(page)
    await page.getByLabel('Port').fill(String(mailbox.port))
    await page.getByRole('combobox', { name: 'Encryption' }).click()
    await page.getByRole('option', { name: /^None/ }).click()
    await page.getByRole('button', { name: 'Send a test to me' }).click()
    await page.getByText(`Sent to ${MARA.email}.`).waitFor()
    expect((await mailbox.next(MARA.email)).text).toContain('They work.')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()
  })

  test('an invitation arrives by mail and is accepted in another browser, for its address alone', async () => {
    const { page } = owner
    await page.goto(settings('members'))
    await page.getByLabel('Mail address').fill(BRAM.email)
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByText('The invitation is on its way by mail.').waitFor()
    await expectAccessible(page)
    const invitation = await mailbox.next(BRAM.email)
    expect(invitation.text).toContain('Mara Lindqvist would like to work with you')
    colleague = await visit(browser(), 'settings-colleague', { language: 'nl', phone: true })
    await colleague.page.goto(linkIn(invitation))
    const address = colleague.page.getByLabel('Mailadres')
    expect([await address.inputValue(), await address.getAttribute('readonly')]).toEqual([BRAM.email, ''])
    await expectAccessible(colleague.page)
    await colleague.page.getByLabel('Je naam').fill(BRAM.name)
    await colleague.page.getByLabel('Wachtwoord').fill(BRAM.password)
    await colleague.page.locator('button[type="submit"]').click()
    await colleague.page.waitForURL('**/w/nordlicht/**')
    await page.getByText('2 members').waitFor()
  })

  test('a role takes effect at once where its member works, and can be undone', async () => {
    const { page } = owner
    await colleague.page.goto(settings(''))
    await colleague.page.getByRole('link', { name: 'Teams' }).waitFor()
    expect(await colleague.page.getByRole('link', { name: 'Macro’s' }).count()).toBe(0)
    await page.getByRole('combobox', { name: `Role of ${BRAM.name}` }).click()
    await page.getByRole('option', { name: 'Lead' }).click()
    await page.getByText(`${BRAM.name} is now: Lead`).waitFor()
    await colleague.page.getByRole('link', { name: 'Macro’s' }).waitFor()
    await expectAccessible(colleague.page)
    await expectNoSidewaysScroll(colleague.page)
    await page.getByRole('button', { name: 'Undo' }).click()
    await colleague.page.getByRole('link', { name: 'Macro’s' }).waitFor({ state: 'detached' })
    expect(await page.getByRole('combobox', { name: `Role of ${BRAM.name}` }).inputValue()).toBe('Agent')
  })

  test('a team is made of members, by keyboard', async () => {
    const { page } = owner
    await page.goto(settings('teams'))
    await page.getByRole('button', { name: 'New team' }).first().click()
    await page.keyboard.type('Late shift')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bram')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText(BRAM.name).first().waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByRole('listitem').filter({ hasText: 'Late shift' }).getByText(BRAM.name).waitFor()
    await expectAccessible(page)
  })

  test('who is disabled stands outside at once, and comes in again when it is undone', async () => {
    const { page } = owner
    await page.goto(settings('members'))
    await page.getByRole('button', { name: `Disable ${BRAM.name}` }).click()
    await page.getByText('can no longer open this workspace').waitFor()
    await colleague.page.goto(`${server.url}/`)
    await colleague.page.getByText(BRAM.email).waitFor()
    await expectAccessible(colleague.page)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: `Disable ${BRAM.name}` }).waitFor()
    await colleague.page.goto(`${server.url}/`)
    await colleague.page.waitForURL('**/w/nordlicht/**')
    owner.expectNoFaults()
    colleague.expectNoFaults()
  })

  test('a forgotten password is replaced through the mail, once, and ends the sessions that were open', async () => {
    const stranger = await visit(browser(), 'settings-forgot', { language: 'nl', dark: true })
    const { page } = stranger
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('button', { name: 'Wachtwoord vergeten?' }).click()
    await page.getByLabel('Mailadres').fill(BRAM.email)
    await page.locator('button[type="submit"]').click()
    await expectAccessible(page)
    const link = linkIn(await mailbox.next(BRAM.email))
    await page.goto(link)
    await page.getByLabel('Nieuw wachtwoord').fill(NEW_PASSWORD)
    await expectAccessible(page)
    await page.locator('button[type="submit"]').click()
    await page.getByText('Je nieuwe wachtwoord is opgeslagen.').waitFor()
    await signIn(page, server.url, { ...BRAM, password: NEW_PASSWORD })
    await page.waitForURL('**/w/nordlicht/**')
    await colleague.page.goto(settings('profile'))
    await colleague.page.waitForURL('**/sign-in**')
    await page.goto(link)
    await page.getByText('Deze link is al gebruikt of verlopen.').waitFor()
    await stranger.leave()
  })

  test('a guideline from the template says which places are open before it is published, and opens at its top', async () => {
    const { page } = owner
    const scrolled = () => page.locator('[data-page]').evaluate(({ scrollTop }) => scrollTop)
    await page.goto(`${server.url}/w/nordlicht/programme/guidelines/new`)
    await page.getByRole('button', { name: 'Use the template' }).click()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByText('[whom, where]').last().waitFor()
    const again = page.getByRole('button', { name: 'Publish all the same' })
    expect(await again.evaluate((node) => node.getBoundingClientRect().bottom < innerHeight)).toBe(true)
    await expectAccessible(page)
    expect(await scrolled()).toBeGreaterThan(0)
    await again.click()
    await page.getByRole('button', { name: 'I have read it and keep to it' }).waitFor()
    expect(await scrolled()).toBe(0)
  })
})
