import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, openCareDesk } from './care-desk.ts'

const MARA = { email: 'mara@agentur-nordost.test', password: 'a long pass phrase', name: 'Mara Lindqvist' }
const LINA = { email: 'lina@agentur-nordost.test', password: 'yet another phrase', name: 'Lina Lohse' }
const ASKED = 'die Kobaltbox pfeift seit gestern'
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
    const row = page.getByRole('option').filter({ hasText: ASKED })
    const pill = page.getByRole('button', { name: '1 new' })
    await row.or(pill).first().waitFor({ timeout: 45_000 })
    if (await pill.isVisible()) await pill.click()
    await row.click()
    await page.getByText('You cannot answer in public at the moment').waitFor()
    await page.getByText('say in a note that your draft is ready').waitFor()
    await page.getByRole('textbox', { name: 'Answer' }).fill(DRAFT)
    await page.getByText('Draft saved').waitFor()
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    await page.getByRole('textbox', { name: 'Answer' }).press('Control+Enter')
    expect(desk.standing()).toEqual([])
    await expectAccessible(page)
  }, 150_000)

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
})
