import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLE_PRESETS } from '../contract/permissions.ts'
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
import { type CareDesk, openCareDesk } from './care-desk.ts'

const MARA: Person = { name: 'Mara Lindqvist', email: 'mara@nordost.test', password: 'a lamp in the north window' }
const CARLO: Person = { name: 'Carlo Brandes', email: 'carlo@nordost.test', password: 'ein rat mit zwei stimmen' }
const PAPER = { name: 'Coaching.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 what was agreed') }

/** Nobody's figures without an agreement, a name that is covered, and one inbox over two clients. */
journey('staff and clients', () => {
  let desk: CareDesk
  let owner: Visitor
  let council: Visitor
  const browser = useBrowser()
  const place = (path: string) => `${desk.server.url}/w/kobaltfon/${path}`

  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.api('POST', '/roles', {
      name: 'Works council',
      permissions: ROLE_PRESETS['works-council'],
      preset: 'works-council',
    })
    desk.say('kunde.test', 'Mrs Lindqvist on the phone was rude to me')
    owner = await visit(browser(), 'staff-owner')
    await signIn(owner.page, desk.server.url, MARA)
  })
  afterAll(async () => {
    await owner?.leave()
    await council?.leave()
    await desk?.stop()
  })

  test('the council is invited with a role of the workspace’s own, and has no administrator’s rights', async () => {
    const { page } = owner
    await page.goto(place('settings/members'))
    await page.getByRole('combobox', { name: 'Role', exact: true }).click()
    await page.getByRole('option', { name: 'Works council' }).click()
    await page.getByText('Read what is recorded about staff').waitFor()
    await page.getByRole('button', { name: 'Invite' }).click()
    const link = await page.locator('code').innerText()
    await expectAccessible(page)
    const account = { name: CARLO.name, email: CARLO.email, password: CARLO.password, language: 'de' }
    await desk.api('POST', '/invitation', { token: new URL(link).searchParams.get('token'), account })
    council = await visit(browser(), 'staff-council', { language: 'de', dark: true })
    await signIn(council.page, desk.server.url, CARLO)
    await council.page.goto(place('settings/staff-protection'))
    await council.page.getByText('Es gibt keine Vereinbarung').waitFor()
    expect(await council.page.getByRole('button', { name: 'Vereinbarung hinterlegen' }).count()).toBe(0)
  })

  test('an agreement is recorded with its paper, and only the council can release it', async () => {
    const { page } = owner
    await page.goto(place('settings/staff-protection'))
    await page.getByRole('button', { name: 'Record an agreement' }).click()
    await page.getByLabel('Title').fill('Coaching of new colleagues')
    await page.getByLabel('Purpose').fill('Coaching in the first half year')
    await page.getByLabel('Answers sent').check()
    await page.locator('input[type="file"]').setInputFiles(PAPER)
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Record it' }).click()
    await page.getByText('Waits for the works council', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: /^Release/ }).count()).toBe(0)
    expect(await page.getByRole('button', { name: /^Look at figures/ }).count()).toBe(0)
    const theirs = council.page
    await theirs.getByRole('button', { name: /„Coaching of new colleagues“ freigeben/ }).click()
    await theirs.getByText('In Kraft', { exact: true }).waitFor()
    await expectAccessible(theirs)
    await theirs.frameLocator('iframe').getByRole('heading', { name: 'Über jedes Mitglied' }).waitFor()
  })

  test('whoever looks gives a reason, and the colleague reads who looked and why', async () => {
    const { page } = owner
    await page.getByRole('button', { name: /^Look at figures/ }).click()
    await page.getByRole('combobox', { name: 'Member' }).click()
    await page.getByRole('option', { name: CARLO.name }).click()
    await page.getByLabel('Reason').fill('Talk at the end of probation')
    await page.getByRole('button', { name: 'Look, and tell the member' }).click()
    await page.getByText('These figures are kept nowhere.').waitFor()
    await expectAccessible(page)
    await council.page.getByText('Mara Lindqvist hat Zahlen zu Ihnen ausgewertet').waitFor()
    await council.page.getByText('Talk at the end of probation').first().waitFor()
    await council.page
      .getByRole('link', { name: /^Mitteilungen/ })
      .first()
      .click()
    await council.page.getByText('Zahlen zu Ihrer Arbeit wurden ausgewertet').waitFor()
    council.expectNoFaults()
  })

  test('a shift has split hours, skills and sources are set per colleague, and presence is one’s own', async () => {
    const { page } = owner
    await page.goto(place('settings/shifts'))
    await page.getByRole('button', { name: 'New shift' }).first().click()
    await page.getByLabel('Name').fill('Early')
    await page.getByRole('button', { name: 'Add hours on Monday' }).click()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Tue–Fri 09:00–17:00').waitFor()
    await page.goto(place('settings/members'))
    await page.getByRole('button', { name: `Skills and sources of ${CARLO.name}` }).click()
    await page.getByRole('combobox', { name: 'Role at kobaltfon.test' }).click()
    await page.getByRole('option', { name: 'Closed' }).click()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByText('Other roles for single sources').waitFor()
    await page.getByRole('button', { name: MARA.name }).first().click()
    await page.getByRole('menuitem', { name: 'Away' }).click()
    await page.keyboard.press('Escape')
    await expect
      .poll(async () => ((await desk.api('GET', '/members/me/staffing')) as { presence: string }).presence)
      .toBe('away')
  })

  test('a colleague’s name in a post is covered for everybody, and shown again', async () => {
    const { page } = owner
    await page.goto(place('inbox'))
    await page.getByRole('option', { name: /Lindqvist/ }).click()
    await page.getByRole('button', { name: 'Cover name' }).click()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Cover' }).click()
    await page.getByText('Name covered', { exact: true }).waitFor()
    await page.getByText('Mrs ███ on the phone was rude to me').first().waitFor()
    await page.getByText('Mrs Lindqvist').first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Show the words again' }).click()
    await page.getByText('Mrs Lindqvist on the phone').first().waitFor()
  })

  test('one inbox over two clients: each by its name and colour, opening leads into the workspace', async () => {
    await desk.api('POST', '/workspaces', { name: 'Steenvlerk' })
    const phone = await visit(browser(), 'clients-phone', { phone: true })
    await signIn(phone.page, desk.server.url, MARA)
    await phone.page.goto(place('all'))
    await phone.page.getByRole('option', { name: /Lindqvist/ }).waitFor()
    await expectAccessible(phone.page)
    await expectNoSidewaysScroll(phone.page)
    await phone.leave()
    const { page } = owner
    await page.goto(`${desk.server.url}/w/steenvlerk/settings/workspace`)
    await page.getByRole('combobox', { name: 'From' }).click()
    await page.getByRole('option', { name: 'Kobaltfon' }).click()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('Roles: 1 new').waitFor()
    await page.getByText('Shifts, without members: 1 new').waitFor()
    await page.getByText('Macros: 0 new').waitFor()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('Roles: 0 new, 1 already there').waitFor()
    await expectAccessible(page)
    await page.goto(`${desk.server.url}/w/steenvlerk/inbox`)
    await page.getByRole('button', { name: 'Steenvlerk' }).click()
    await page.getByRole('menuitem', { name: 'Kobaltfon' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('menuitem', { name: 'Inbox of all workspaces' }).click()
    const row = page.getByRole('option', { name: /Lindqvist/ })
    await row.getByText('Kobaltfon', { exact: true }).waitFor()
    await row.click()
    await page.waitForURL('**/w/kobaltfon/inbox/**')
    owner.expectNoFaults()
  })
})
