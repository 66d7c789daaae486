import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, journey, signIn, useBrowser, visit } from './browser.ts'
import { type CareDesk, heardRow, MARA, openCareDesk } from './care-desk.ts'

const ASKED =
  'die Kündigungsbestätigung für den Donaudampfschifffahrtsgesellschaftstarif ist bis heute nicht da, wo bleibt sie?'

journey('in German on a phone', () => {
  let desk: CareDesk
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA, 'de')
    desk.say('hildegard-aus-buxtehude-an-der-este.test', ASKED)
  })
  afterAll(() => desk?.stop())

  test('on 360 pixels a conversation is read, claimed, answered and put aside', async () => {
    const { page, expectNoFaults, leave } = await visit(browser(), 'phone', { phone: true, language: 'de' })
    await signIn(page, desk.server.url, MARA)
    await page.goto(desk.inbox)
    const row = await heardRow(page, 'Kündigungsbestätigung')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)

    await row.tap()
    await page.getByRole('article').getByText('Donaudampfschifffahrtsgesellschaftstarif').first().waitFor()
    expect(await page.getByRole('listbox').count()).toBe(0)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)

    await page.getByRole('button', { name: 'Wer schreibt' }).tap()
    await page.getByText('Dies ist das erste.').waitFor()
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Zurück zum Gespräch' }).tap()

    await page.getByRole('textbox', { name: 'Antwort' }).tap()
    await page.getByText('Für Sie reserviert bis').waitFor()
    await page.getByRole('textbox', { name: 'Antwort' }).fill('Das tut uns leid. Sie geht heute noch hinaus.')
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Senden', exact: true }).tap()
    await page.getByText('Die Antwort geht hinaus.').waitFor()
    await page.getByText('Gesendet', { exact: true }).waitFor({ timeout: 45_000 })
    await expectAccessible(page)
    expect(desk.standing()).toHaveLength(1)

    await page.getByRole('button', { name: 'Zurückstellen …' }).tap()
    await page.getByRole('option', { name: /^Morgen früh/ }).tap()
    await page.getByText('Zurückgestellt; kommt wieder').waitFor()
    // Put aside, it makes room for the list again.
    await page.getByRole('button', { name: /^Zurückgestellt/ }).tap()
    await page.getByRole('option').filter({ hasText: 'hildegard' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    expectNoFaults()
    await leave()
  }, 180_000)
})
