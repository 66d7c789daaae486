import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk, signedInApi } from './care-desk.ts'

const NEL = { email: 'nel@agentur-nordost.test', password: 'a third long phrase', name: 'Nel de Wit' }

journey('drill', () => {
  let desk: CareDesk
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    await desk.join(NEL, 'viewer', 'nl')
  })
  afterAll(() => desk?.stop())

  test('a storm is played in a sandbox, the team answers there for real, and the card says how it went; the brand’s account said nothing', async () => {
    const place = `${desk.server.url}/w/kobaltfon/crisis/drills`
    await desk.api('PUT', '/policy/times', { undoSeconds: 300, approvalHours: 48 })
    const { page, expectNoFaults, leave } = await visit(browser(), 'trainer')
    await signIn(page, desk.server.url, MARA)
    await page.goto(place)
    await page.getByText('Nothing rehearsed yet').waitFor()
    await page.getByRole('button', { name: 'Begin a drill' }).click()
    await page.getByRole('textbox', { name: 'Minutes' }).fill('1')
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Begin a drill' }).click()
    await page.getByRole('link', { name: 'Enter the drill' }).waitFor({ timeout: 20_000 })
    const drill = page.url()
    await expectAccessible(page)

    await page.getByRole('link', { name: 'Enter the drill' }).click()
    await page.getByText('This is a drill').waitFor()
    // What comes while one looks waits behind a count.
    const first = page.getByRole('option').first()
    const news = page.getByRole('button', { name: /\d+ new/ })
    await first.or(news).first().waitFor({ timeout: 30_000 })
    if (await news.isVisible()) await news.click()
    await first.click()
    await page.getByRole('textbox', { name: /answer/i }).fill('We are sorry. We are looking into it.')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    const sandbox = await signedInApi(desk.server.url, MARA, 'kobaltfon-drill')
    const states = async () =>
      ((await sandbox('GET', '/deliveries')) as { items: { state: string }[] }).items.map(({ state }) => state)
    await expect.poll(states, { timeout: 30_000 }).toEqual(['queued'])

    await page.goto(drill)
    await page.getByText(/^\d+ of 40 posts are out/).waitFor()
    await page.getByRole('button', { name: 'End the drill' }).click()
    const asked = page.getByRole('dialog', { name: 'End the drill' })
    await asked.getByText('One answer can still be taken back.').waitFor()
    await expectAccessible(page)
    await asked.getByRole('button', { name: 'End the drill' }).click()
    await page.getByText('The drill ends').waitFor()
    await page.getByText(/^\d+ of 100$/).waitFor({ timeout: 20_000 })
    await page.getByRole('row', { name: /Conversations answered 1 of/ }).waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Delete the sandbox now' }).click()
    await page.getByRole('button', { name: 'Delete the sandbox now' }).waitFor({ state: 'hidden' })
    expect(desk.standing()).toEqual([])
    expectNoFaults()
    await leave()
  })

  test('its score card reads on a phone, in Dutch', async () => {
    const { page, leave } = await visit(browser(), 'phone', { phone: true, language: 'nl' })
    await signIn(page, desk.server.url, NEL)
    await page.goto(`${desk.server.url}/w/kobaltfon/crisis/drills`)
    await page.getByRole('link', { name: 'Storing' }).click()
    await page.getByText('Gesprekken beantwoord').waitFor()
    await expectNoSidewaysScroll(page)
    await leave()
  })
})
