import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, type Visitor, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

const PAST = 'The invoice of March is wrong'
const NEW = 'My invoice never came'

interface Listed {
  items: { conversationId: string; priority: string; assignedTeamId: string | null; author: { handle: string } }[]
}

journey('who gets what', () => {
  let desk: CareDesk
  let teamId = ''
  let mara: Visitor
  let page: Page
  const browser = useBrowser()
  const listed = async (handle: string) =>
    ((await desk.api('GET', '/conversations?limit=50')) as Listed).items.find((item) => item.author.handle === handle)
  const heard = (handle: string) =>
    expect.poll(async () => (await listed(handle)) !== undefined, { timeout: 45_000 }).toBe(true)
  const choose = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).last().click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    teamId = String(
      ((await desk.api('POST', '/teams', { name: 'Billing', memberIds: [] })) as { teamId: string }).teamId,
    )
    desk.say('past-paul.test', PAST)
  })
  afterAll(() => desk?.stop())

  test('a rule is written as a sentence, and tried on what was said before it holds', async () => {
    await heard('past-paul.test')
    mara = await visit(browser(), 'mara')
    page = mara.page
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${desk.server.url}/w/kobaltfon/settings/workspace`)
    await page.getByRole('link', { name: 'Routing rules' }).click()
    await page.getByText('No rules yet').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'New rule' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Invoices')
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await page.getByRole('textbox', { name: 'Query' }).fill('invoice OR (bill')
    await page.getByText('This bracket is never closed.').waitFor()
    await page.getByRole('textbox', { name: 'Query' }).fill('invoice OR bill')
    await page.getByText('This bracket is never closed.').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Add an action' }).click()
    await page.getByRole('button', { name: 'Add an action' }).click()
    await choose('What is done', 'Priority')
    await choose('Priority', 'Urgent')
    await page.getByText('assign to team Billing and set the priority to Urgent').waitFor()
    await expectAccessible(page)
    await page.getByText('Dry run', { exact: true }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('One conversation would go elsewhere.').waitFor()
    await page.getByText('team Billing', { exact: false }).first().waitFor()
    await expectAccessible(page)
    expect(await listed('past-paul.test')).toMatchObject({ priority: 'normal', assignedTeamId: null })
  })

  test('saved, it routes what is said from then on, and the conversation says which rule did it and why', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Save as version 1' })
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Version 1 holds from now on.').waitFor()
    desk.say('new-nora.test', NEW)
    await expect
      .poll(async () => await listed('new-nora.test'), { timeout: 45_000 })
      .toMatchObject({ priority: 'urgent', assignedTeamId: teamId })
    await page.goto(`${desk.inbox}?priority=urgent`)
    await page.getByRole('option').filter({ hasText: NEW }).click()
    await page.getByText('The rule “Invoices” held').waitFor()
    await page.getByRole('button', { name: 'Priority: Urgent' }).click()
    await page.getByRole('menuitem', { name: 'What rules did' }).click()
    const told = page.getByRole('dialog', { name: 'What rules did' })
    await told.getByText('Because the text matches “invoice OR bill”.').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Priority: Urgent' }).click()
    await page.getByRole('menuitem', { name: 'Low' }).click()
    await expect.poll(async () => (await listed('new-nora.test'))?.priority).toBe('low')
  })

  test('rules change places by keyboard, and the version before can hold again', async () => {
    await page.goto(`${desk.server.url}/w/kobaltfon/routing`)
    await page.getByText('assign to team Billing and set the priority to Urgent').waitFor()
    await page.getByRole('button', { name: 'New rule' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('All others')
    await page.getByRole('button', { name: 'Add an action' }).click()
    const rules = page.getByRole('list', { name: 'Rules in their order' }).getByRole('listitem')
    await page.getByRole('button', { name: 'Move “All others”' }).press('Space')
    await page.getByText('“All others” taken up, place 2 of 2.').waitFor({ state: 'attached' })
    // What is taken up listens a moment after it says so; at the first place one more arrow changes nothing.
    const moved = page.getByText('“All others” is now at place 1 of 2.')
    await expect
      .poll(async () => {
        await page.keyboard.press('ArrowUp')
        return moved.count()
      })
      .toBeGreaterThan(0)
    await page.keyboard.press('Space')
    await expect.poll(() => rules.first().textContent()).toContain('All others')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Version 2 holds from now on.').waitFor()
    await page.getByText('Versions', { exact: true }).click()
    await page.getByRole('button', { name: 'Let it hold again' }).click()
    await page.getByText('Version 1 holds again, as version 3.').waitFor()
    await expect.poll(() => rules.count()).toBe(1)
    await expectAccessible(page)
    expect(mara.faults).toEqual([])
  })
})
