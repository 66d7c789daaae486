import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

const LINA = { email: 'lina@agentur-nordost.test', password: 'yet another phrase', name: 'Lina Lohse' }
const NILS = { email: 'nils@agentur-nordost.test', password: 'one more long phrase', name: 'Nils Nyberg' }
const ASKED = 'die Kobaltbox pfeift seit gestern'
const ALSO_ASKED = 'wo bleibt mein Paket'
const DRAFT = 'Wir sehen uns das an.'

journey('a role that cannot speak', () => {
  let desk: CareDesk
  const browser = useBrowser()
  let page: Page
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(LINA, 'viewer')
    const permissions = ['workspace.read', 'members.read', 'posts.read', 'people.read', 'inbox.read', 'inbox.work']
    const { roleId } = (await desk.api('POST', '/roles', {
      name: 'Drafts only',
      permissions: [...permissions, 'answers.draft'],
    })) as { roleId: string }
    const { items } = (await desk.api('GET', '/members')) as { items: { memberId: string; email: string }[] }
    const lina = items.find(({ email }) => email === LINA.email)
    await desk.api('PATCH', `/members/${lina?.memberId}`, { roleId })
    desk.say('ida-k.test', ASKED)
  })
  afterAll(() => desk?.stop())

  test('reads and drafts, is told why it cannot send and what to do, and loses nothing', async () => {
    page = (await visit(browser(), 'lina')).page
    await signIn(page, desk.server.url, LINA)
    await page.goto(desk.inbox)
    await openConversation(page, ASKED)
    await page.getByText('You cannot answer in public at the moment').waitFor()
    await page.getByText('say in a note that your draft is ready').waitFor()
    await page.getByRole('textbox', { name: 'Answer' }).fill(DRAFT)
    await page.getByText('Draft saved').waitFor()
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Answer' }).press('Control+Enter')
    expect(desk.standing()).toEqual([])
    await expectAccessible(page)
  })

  test('is refused by the server too, whatever the screen lets it try', async () => {
    const status = await page.evaluate(async () => {
      const workspace = location.pathname.split('/')[2] ?? ''
      const conversationId = location.pathname.split('/')[4] ?? ''
      const conversations = [{ conversationId, againstVersion: '1' }]
      const answer = await fetch('/api/v1/answers', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-rapport-workspace': workspace },
        body: JSON.stringify({ conversations, text: 'Hallo' }),
      })
      return [answer.status, ((await answer.json()) as { data?: { code?: string } }).data?.code]
    })
    expect(status).toEqual([403, 'permission-missing'])
    expect(desk.standing()).toEqual([])
  })

  test('and whose training is missing drafts until they have read and passed', async () => {
    await desk.join(NILS, 'agent')
    desk.say('odo-l.test', ALSO_ASKED)
    await desk.api('POST', '/guidelines', {
      texts: { en: { title: 'How we speak', text: '# Be kind' } },
      audience: { forSpeakers: true, roles: [], roleIds: [] },
    })
    const option = (key: string, text: string, right: boolean) => ({ key, text, right })
    const question = {
      key: 'number',
      question: 'A customer asks for their parcel. What do you say in public?',
      options: [option('number', 'The order number', false), option('private', 'That you write in private', true)],
      explanation: 'What they did not say themselves stays private.',
    }
    await desk.api('POST', '/trainings', {
      texts: { en: { title: 'Speaking in public', lesson: 'Read by many.', questions: [question] } },
      passPercent: 100,
      attemptsMax: 3,
      pauseHours: 24,
      validityMonths: 12,
    })
    await desk.api('PUT', '/guideline-settings', { gate: true, graceDays: 0 })
    page = (await visit(browser(), 'nils')).page
    await signIn(page, desk.server.url, NILS)
    await page.goto(desk.inbox)
    await page.getByRole('option').filter({ hasText: ALSO_ASKED }).click()
    await page.getByText('First read and acknowledge “How we speak” under Guidelines.').waitFor()
    await page.getByRole('textbox', { name: 'Answer' }).fill(DRAFT)
    await page.getByText('Draft saved').waitFor()
    await page.getByRole('link', { name: 'Open what is to be done' }).click()
    await page.getByRole('link', { name: 'How we speak' }).first().click()
    await page.getByRole('button', { name: 'I have read it and keep to it' }).click()
    await page.getByText('You acknowledged this version').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'Speaking in public' }).first().click()
    await page.getByLabel('The order number').check()
    await page.getByRole('button', { name: 'Hand in' }).click()
    await page.getByText('Not passed yet').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByLabel('That you write in private').check()
    await page.getByRole('button', { name: 'Hand in' }).click()
    await page.getByText('Passed.', { exact: true }).waitFor()
    await page.goto(desk.inbox)
    await page.getByRole('option').filter({ hasText: ALSO_ASKED }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect.poll(() => desk.standing().map(({ text }) => text), { timeout: 30_000 }).toEqual([`${DRAFT} ^NN`])
  })
})
