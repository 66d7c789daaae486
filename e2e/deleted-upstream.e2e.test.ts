import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTwin, type Twin } from '../twin/twin.ts'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { MARA, openConversation } from './care-desk.ts'
import { type RunningServer, startServer } from './server.ts'

const SAID = 'Kobaltfon hat mir heute das Netz abgedreht, und ich weiß nicht warum'
/** A deletion has to be everywhere within a minute. */
const GONE_MS_MAX = 60_000

journey('deleted upstream', () => {
  let server: RunningServer
  let twin: Twin
  const browser = useBrowser()
  beforeAll(async () => {
    twin = await startTwin({ story: false })
    server = await startServer({
      environment: { RAPPORT_BLUESKY_STREAM: twin.urls.bluesky.jetstream, RAPPORT_BLUESKY_APP: twin.urls.base },
    })
    const setUp = ['setup', '--email', MARA.email, '--password-stdin', '--workspace', 'Kobaltfon', '--name', MARA.name]
    await server.command([...setUp, '--brand', 'Kobaltfon', '--language', 'en'], MARA.password)
  })
  afterAll(async () => {
    await server?.stop()
    await twin?.stop()
  })

  test('a post is heard, shown, deleted at the network, and then a tombstone on the open screen', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'deleted')
    await signIn(page, server.url, MARA)
    await page.goto(`${server.url}/w/kobaltfon/listening/sources`)
    await page.getByLabel('Listen to all of Bluesky').click()
    await page.getByText('Connected for').waitFor({ timeout: 30_000 })

    twin.control.account({ handle: 'saskiaohnenetz.test', name: 'Saskia R.' })
    const { uri } = twin.control.post({ by: 'saskiaohnenetz.test', text: SAID, language: 'de' })
    await page.getByRole('link', { name: 'Posts', exact: true }).click()
    await openConversation(page, SAID)
    await page.getByRole('article').getByText(SAID).waitFor()

    twin.control.remove({ uri })
    await page.getByRole('article').getByText('Deleted on Bluesky on').waitFor({ timeout: GONE_MS_MAX })
    await page.getByRole('option').getByText('Deleted on Bluesky on').waitFor({ timeout: GONE_MS_MAX })
    expect(await page.getByText(SAID).count()).toBe(0)
    await expectAccessible(page)
    expectNoFaults()
    await leave()
  })
})
