import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  type Person,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import { type RunningServer, startServer } from './server.ts'

const MARA: Person = { name: 'Mara Lindqvist', email: 'mara@nordlicht.test', password: 'a lamp in the north window' }
const BRAM: Person = { name: 'Bram van Houtven', email: 'bram@nordlicht.test', password: 'twee fietsen in de regen' }
/** From a new source to the first post on screen: the worker asks a new source at once. */
const FIRST_POST_MS_MAX = 30_000
const HOUR_MS = 3_600_000

/** Someone with a bare machine: from the one-time link to real posts on screen, and a colleague beside them. */
journey('first run', () => {
  let server: RunningServer
  let forum: FeedServer
  let owner: Visitor
  let invitation = ''
  const browser = useBrowser()

  beforeAll(async () => {
    const now = Date.now()
    forum = await startFeedServer('Router forum', [
      {
        id: 'drops',
        title: 'Line drops every evening',
        text: 'My Nordlicht router loses the line every evening at eight. Does anybody know why?',
        author: 'Jonas Weller',
        at: new Date(now - HOUR_MS),
      },
      {
        id: 'cats',
        title: 'Off topic',
        text: 'Our cat sleeps on the warm box.',
        author: 'Ines',
        at: new Date(now - 2 * HOUR_MS),
      },
    ])
    server = await startServer()
  })
  afterAll(async () => {
    await owner?.leave()
    await server?.stop()
    await forum?.stop()
  })

  test('the set-up link makes the first person the owner, and asks who they are', async () => {
    owner = await visit(browser(), 'first-run-owner', { timeZone: 'Europe/Amsterdam' })
    const { page } = owner
    expect(server.setUpLink).not.toBeNull()
    await page.goto(server.setUpLink ?? '')
    await page.getByLabel('Your name').fill(MARA.name)
    await page.getByLabel('Mail address').fill(MARA.email)
    await page.getByLabel('Password').fill(MARA.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('heading', { name: 'Who are you?' }).waitFor()
    await expectAccessible(page)
  })

  test('a workspace is made with the time zone of the browser and the defaults of a care desk', async () => {
    const { page } = owner
    await page.getByRole('link', { name: /A care desk/ }).click()
    await page.getByRole('textbox', { name: 'Brand' }).fill('Nordlicht')
    expect(await page.getByRole('textbox', { name: 'Name of the workspace' }).inputValue()).toBe('Nordlicht')
    expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe('Europe/Amsterdam')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${server.url}/new/nordlicht/topic`)
  })

  test('the topic is proposed from the brand; a fault is shown in place with its mend', async () => {
    const { page } = owner
    const query = page.getByRole('textbox', { name: 'Query' })
    expect(await query.inputValue()).toMatch(/nordlicht/i)
    await query.fill('(Nordlicht OR "nord licht"')
    await page.getByText('This bracket is never closed.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Write it so' }).click()
    expect(await query.inputValue()).toBe('(Nordlicht OR "nord licht")')
    await page.getByText('The query is fine.').waitFor()
    await page.getByRole('button', { name: 'Listen for this' }).click()
    await page.waitForURL('**/new/nordlicht/sources')
  })

  test('whoever leaves comes back to the same step, and nothing is made twice', async () => {
    const { page } = owner
    await page.getByRole('link', { name: 'Leave and go on later' }).click()
    await page.waitForURL('**/w/nordlicht/**')
    await page.goto(`${server.url}/new/nordlicht/topic`)
    expect(await page.getByRole('textbox', { name: 'Query' }).inputValue()).toBe('(Nordlicht OR "nord licht")')
    await page.getByRole('button', { name: 'Listen for this' }).click()
    await page.waitForURL('**/sources')
    const { items } = (await read(owner, 'topics')) as { items: { query: string }[] }
    expect(items.map((topic) => topic.query)).toEqual(['(Nordlicht OR "nord licht")'])
  })

  test('what is not connected yet is named with what it will need, and offers nothing to click', async () => {
    const { page } = owner
    const later = page.getByRole('region', { name: 'Not yet in this version' })
    for (const [asks, network] of [
      ['Will need your key', 'YouTube'],
      ['Will need the network’s approval', 'Instagram'],
      ['Closed to tools like this one', 'Reddit'],
    ])
      expect(await later.locator('div').filter({ hasText: asks }).getByRole('definition').textContent()).toContain(
        network,
      )
    expect(await later.locator('button, a, input').count()).toBe(0)
  })

  test('the address of a page is enough to find its feed; a wrong one is explained', async () => {
    const { page } = owner
    const address = page.getByRole('textbox', { name: 'Address of a page or feed' })
    await address.fill(`${forum.page}nowhere`)
    await page.getByRole('button', { name: 'Look' }).click()
    await page.getByText('There is nothing at this address any more.').waitFor()
    await address.fill(forum.page)
    await page.getByRole('button', { name: 'Look' }).click()
    await page.getByText('Found: Router forum').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Listen to it' }).click()
    await page.getByRole('region', { name: 'Your sources' }).getByText('Router forum').waitFor()
    await page.getByRole('link', { name: 'Continue' }).click()
  })

  test('the first post appears by itself; what no topic asks for is not kept; a later one follows', async () => {
    const { page } = owner
    const posts = page.getByRole('region', { name: 'Posts' })
    await posts.getByText(/loses the line every evening/).waitFor({ timeout: FIRST_POST_MS_MAX })
    expect(await posts.getByText(/cat sleeps/).count()).toBe(0)
    await expectAccessible(page)
    forum.publish({
      id: 'thanks',
      title: 'Solved',
      text: 'A new cable, and Nordlicht runs through the night. Thank you.',
      author: 'Jonas Weller',
      at: new Date(),
    })
    const { items } = (await read(owner, 'sources')) as { items: { sourceId: string }[] }
    await write(owner, `sources/${items[0]?.sourceId}/poll`)
    await posts.getByText(/runs through the night/).waitFor({ timeout: FIRST_POST_MS_MAX })
    await page.getByRole('link', { name: 'Continue' }).click()
  })

  test('a colleague is invited by a link that is shown once', async () => {
    const { page } = owner
    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByText('Pass this link on.').waitFor()
    invitation = (await page.locator('code', { hasText: '/invitation' }).textContent()) ?? ''
    expect(invitation).toContain(`${server.url}/invitation`)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'To the workspace' }).click()
    await page.waitForURL('**/w/nordlicht/**')
    owner.expectNoFaults()
  })

  test('the second person joins on a phone, in Dutch, and the owner sees them come', async () => {
    const second = await visit(browser(), 'first-run-colleague', { language: 'nl', phone: true })
    const { page } = second
    await page.goto(invitation)
    await page.getByLabel('Je naam').fill(BRAM.name)
    await page.getByLabel('Mailadres').fill(BRAM.email)
    await page.getByLabel('Wachtwoord').fill(BRAM.password)
    await owner.page.goto(`${server.url}/w/nordlicht/settings/members`)
    await owner.page.getByText('1 member').waitFor()
    await page.locator('button[type="submit"]').click()
    await page.waitForURL('**/w/nordlicht/**')
    await expectNoSidewaysScroll(page)
    await owner.page.getByText(BRAM.name, { exact: true }).waitFor()
    await owner.page.getByText('2 members').waitFor()
    second.expectNoFaults()
    await second.leave()
  })

  test('a used link opens nothing for a third person', async () => {
    const third = await visit(browser(), 'first-run-third')
    await third.page.goto(invitation)
    await third.page.getByText('This invitation no longer works').waitFor()
    await third.leave()
  })

  test('the activity tells how it came about, by name', async () => {
    const { page } = owner
    await page.goto(`${server.url}/w/nordlicht/activity`)
    await page.getByText('Bram van Houtven joined the workspace').waitFor()
    await page.getByText('Mara Lindqvist made the workspace').waitFor()
    await expectAccessible(page)
  })
})

/** As the screens ask: with the session of the browser, in the workspace. */
async function read(visitor: Visitor, path: string): Promise<unknown> {
  return (await call(visitor, 'GET', path)).json()
}

async function write(visitor: Visitor, path: string): Promise<void> {
  const answer = await call(visitor, 'POST', path)
  expect(answer.ok(), await answer.text()).toBe(true)
}

async function call({ page }: Visitor, method: string, path: string) {
  const { origin } = new URL(page.url())
  const me = await (await page.request.get(`${origin}/api/v1/me`)).json()
  return page.request.fetch(`${origin}/api/v1/${path}`, {
    method,
    headers: { 'x-rapport-workspace': me.workspaces[0].workspaceId, origin },
    ...(method === 'GET' ? {} : { data: {} }),
  })
}
