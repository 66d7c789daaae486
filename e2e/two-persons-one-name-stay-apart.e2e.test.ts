import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'

/** Two men of one name: one sails in Kiel and writes on the network, one teaches in Freiburg and writes in a forum. */
const NAME = 'Thomas Becker'
const KIEL = { handle: 'tombecker.test', name: NAME, bio: 'Kiel. Segeln, Löten, Fischbrötchen.' }
const TEACHER = { handle: 'der-geolehrer.test', name: NAME, bio: 'Lehrer (Geo/Sport), Freiburg.' }
const HEARD_MS = 60_000

interface Listed {
  items: {
    authorId: string
    network: string
    name: string | null
    handle: string | null
    person: { personId: string } | null
  }[]
}

journey('two persons, one name, stay apart', () => {
  let desk: CareDesk
  let forum: FeedServer
  const browser = useBrowser()
  const beckers = async () =>
    ((await desk.api('GET', '/authors?limit=100')) as Listed).items.filter(({ name }) => name === NAME)
  const policy = (mode: string, proofLevel: string | null) =>
    desk.api('PUT', '/suggestions/policy', { mode, proofLevel, heardToo: false })
  /** The walk over everything is over, and so is what it found. */
  const compared = () =>
    expect
      .poll(
        async () => ((await desk.api('GET', '/suggestions/policy')) as { run: { state: string } | null }).run?.state,
        { timeout: HEARD_MS, interval: 500 },
      )
      .toBe('done')

  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    forum = await startFeedServer('Router forum', [
      {
        id: 'freiburg',
        title: 'Kobaltfon in Freiburg',
        text: 'Kobaltfon lahmt in Freiburg seit Wochen, gerade abends.',
        author: NAME,
        at: new Date(Date.now() - 3_600_000),
      },
    ])
    await desk.api('POST', '/sources', { network: 'feed', settings: { address: forum.feed } })
    for (const account of [KIEL, TEACHER]) desk.twin.control.account(account)
    desk.say(KIEL.handle, 'Mein Router piept, was nun?')
    desk.say(TEACHER.handle, 'Im Lehrerzimmer ist das WLAN weg.')
  }, 180_000)
  afterAll(async () => {
    await forum?.stop()
    await desk?.stop()
  })

  test('they are three persons on two networks', async () => {
    await expect.poll(async () => (await beckers()).length, { timeout: HEARD_MS, interval: 500 }).toBe(3)
    for (const { authorId, person } of await beckers())
      if (!person) await desk.api('POST', '/persons', { authorId, reason: 'Rang the hotline' })
    const found = await beckers()
    expect(new Set(found.map(({ network }) => network)).size).toBe(2)
    expect(new Set(found.map(({ person }) => person?.personId)).size).toBe(3)
  })

  test('where suggestions are on, one name makes none', async () => {
    await policy('suggest', null)
    await compared()
    expect(await desk.api('GET', '/suggestions')).toEqual({ items: [], nextCursor: null })
  })

  test('where joining without being asked is on, at the weakest proof, nobody is joined', async () => {
    await policy('automatic', 'named')
    await compared()
    const found = await beckers()
    expect(new Set(found.map(({ person }) => person?.personId)).size).toBe(3)
    expect(await desk.api('GET', '/suggestions?state=confirmed')).toMatchObject({ items: [] })
  })

  test('the page says that nothing waits, and from which proof on anything would be joined', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'looking')
    await signIn(page, desk.server.url, MARA)
    await page.goto(`${desk.server.url}/w/kobaltfon/people/suggestions`)
    await page.getByText('Nothing waits for an answer').waitFor()
    await page.getByText('Joined without being asked: proven, linked or named.').waitFor()
    await expectAccessible(page)
    expectNoFaults()
    await leave()
  })
})
