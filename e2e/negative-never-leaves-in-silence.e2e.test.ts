import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, type Visitor, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

const ANGRY = 'This is the worst service ever. I am furious, this is terrible and disgusting!'
const ASKED = 'My espresso machine leaks water below the tank, what can I do?'
const ALIKE = 'The tank of the espresso machine leaks, there is water everywhere'
const ANSWER = 'Please check the seal of the tank first.'

interface Listed {
  items: { conversationId: string; version: string; author: { handle: string }; waitingSince: string | null }[]
}

journey('what is negative never leaves in silence', () => {
  let desk: CareDesk
  const browser = useBrowser()
  let mara: Visitor
  let page: Page
  const ours = () => desk.twin.world.accountOf('kobaltfon.test')?.did ?? ''
  const muted = () => [...(desk.twin.world.mutes.get(ours()) ?? [])]
  const listed = async (handle: string) =>
    ((await desk.api('GET', '/conversations?limit=50')) as Listed).items.find((item) => item.author.handle === handle)
  const heard = (handle: string) =>
    expect.poll(async () => (await listed(handle)) !== undefined, { timeout: 45_000 }).toBe(true)
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    desk.say('angry-ada.test', ANGRY)
    desk.say('ida-k.test', ASKED)
  })
  afterAll(() => desk?.stop())

  test('it stands in a place of its own, counted in the rail, and closing it asks for the reason', async () => {
    await heard('angry-ada.test')
    await heard('ida-k.test')
    mara = await visit(browser(), 'mara')
    page = mara.page
    await signIn(page, desk.server.url, MARA)
    await page.goto(desk.inbox)
    await page.getByRole('link', { name: /Unanswered/ }).click()
    await page.getByRole('heading', { name: 'Negative, unanswered' }).waitFor()
    const row = page.getByRole('option').filter({ hasText: ANGRY })
    await row.waitFor()
    expect(await page.getByRole('option').count()).toBe(1)
    await expectAccessible(page)
    await row.click()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Close without an answer?' })
    await dialog.waitFor()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect((await listed('angry-ada.test'))?.waitingSince).not.toBeNull()
  })

  test('the account is muted with a reason on the network, and heard again', async () => {
    await page.getByRole('button', { name: 'Moderate' }).first().click()
    await page.getByRole('menuitem', { name: 'Mute the account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Mute the account' })
    await dialog.getByRole('radio', { name: 'Insult' }).check()
    await dialog.getByRole('button', { name: 'Mute the account' }).click()
    await expect.poll(muted, { timeout: 30_000 }).toHaveLength(1)
    await page.getByText('Account muted', { exact: true }).waitFor()
    await page.getByRole('button', { name: /^Undo/ }).first().click()
    await expect.poll(muted, { timeout: 30_000 }).toEqual([])
  })

  test('with a reason it leaves, the conversation says why, and the next time there is advice', async () => {
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Close without an answer?' })
    await dialog.getByRole('radio', { name: 'Provocation: do not feed' }).check()
    await dialog.getByRole('button', { name: 'Close without an answer' }).click()
    await page.getByRole('link', { name: /Unanswered/ }).click()
    await page.getByText('Nothing negative waits').waitFor()
    desk.say('angry-ada.test', 'Ha ha, well done everybody')
    await expect
      .poll(async () => ((await desk.api('GET', '/conversations?limit=50')) as Listed).items.length, {
        timeout: 45_000,
      })
      .toBe(3)
    await page.goto(desk.inbox)
    await page.getByRole('option').filter({ hasText: 'well done' }).click()
    await page.getByText('This account has provoked before.').waitFor()
    await page.getByText('Do not feed it').waitFor()
  })

  test('an answer of before is found again for a question like it, and becomes a draft', async () => {
    const first = await listed('ida-k.test')
    const conversations = [{ conversationId: first?.conversationId, againstVersion: first?.version }]
    await desk.api('POST', '/answers', { conversations, text: ANSWER, close: true, undoSeconds: 0 })
    await expect.poll(() => desk.standing().length, { timeout: 20_000 }).toBe(1)
    desk.say('jan-p.test', ALIKE)
    await heard('jan-p.test')
    const second = await listed('jan-p.test')
    await page.goto(`${desk.inbox}/${second?.conversationId}`)
    await page.getByRole('button', { name: 'Suggested answers' }).click()
    await page.getByText(ANSWER).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Use as a draft' }).click()
    expect(await page.getByRole('textbox', { name: 'Answer' }).inputValue()).toBe(ANSWER)
    mara.expectNoFaults()
  })
})
