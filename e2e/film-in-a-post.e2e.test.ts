import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FILM } from '../twin/film.ts'
import { expectAccessible, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, openConversation } from './care-desk.ts'

journey('a film in a post', () => {
  let desk: CareDesk
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
  })
  afterAll(() => desk?.stop())

  const watch = async (page: Page) => {
    await signIn(page, desk.server.url, MARA)
    await page.goto(desk.inbox)
    await openConversation(page, 'so blinkt es')
    await page.getByRole('button', { name: 'Open: A lamp that wanders' }).click()
    const film = page.locator('video')
    await film.waitFor()
    await expectAccessible(page)
    await film.evaluate((video: HTMLVideoElement) => {
      video.muted = true
      return video.play()
    })
    await expect
      .poll(() => film.evaluate((video: HTMLVideoElement) => [video.ended, video.videoWidth]), { timeout: 30_000 })
      .toEqual([true, FILM.width])
  }

  test('is watched to its end, and everything of it comes from our own address', async () => {
    desk.say('frieda-funkt.test', 'hier zuerst ein Wort')
    const film = { alt: 'A lamp that wanders' }
    desk.twin.control.post({ by: 'frieda-funkt.test', text: '@kobaltfon.test so blinkt es bei mir', film })
    const { page, expectNoFaults, leave } = await visit(browser(), 'watching')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await watch(page)
    const elsewhere = asked.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== desk.server.url)
    expect(elsewhere).toEqual([])
    expectNoFaults()
    await leave()
  })

  test('is watched in browsers that know no playlists, too', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'watching by library')
    await page.addInitScript(() => {
      HTMLMediaElement.prototype.canPlayType = () => ''
    })
    const pieces: string[] = []
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch' || request.resourceType() === 'xhr') pieces.push(request.url())
    })
    await watch(page)
    expect(pieces.filter((url) => /\/film\/0-\d\?/.test(url))).toHaveLength(FILM.segments)
    expectNoFaults()
    await leave()
  })
})
