import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, journey, signIn, useBrowser, type Visitor, visit } from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

const ASKED = 'seit heute früh kein Internet in Lehe. Ist da was bekannt?'
const ANSWERED = 'Ja, ein Kabel ist durchtrennt. Um 18 Uhr läuft es wieder.'
const HEARD_MS_MAX = 45_000

journey('one answer for several, and what can become of it', () => {
  let desk: CareDesk
  let mara: Visitor
  let asked: string
  const browser = useBrowser()
  const page = (): Page => mara.page
  const rows = (text: string) => page().getByRole('option').filter({ hasText: text })
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    asked = desk.say('saskiaohnenetz.test', ASKED)
    desk.say('arne-pendelt.test', '@kobaltfon.test Hier in Lehe auch nichts.', asked)
    desk.say('piet-onnen.test', '@kobaltfon.test Bei uns dasselbe, seit sechs.', asked)
    mara = await visit(browser(), 'mara')
    await signIn(page(), desk.server.url, MARA)
  })
  afterAll(() => desk?.stop())

  /** Whatever waits behind "2 new" is shown, until this row is. */
  const heard = async (text: string) => {
    const pill = page().getByRole('button', { name: /^\d+ new$/ })
    await expect
      .poll(
        async () => {
          if (await pill.isVisible()) await pill.click()
          return rows(text).count()
        },
        { timeout: HEARD_MS_MAX },
      )
      .toBe(1)
  }

  test('three people ask in one thread; one answer goes out once and closes all three conversations', async () => {
    await page().goto(desk.inbox)
    for (const text of ['Ist da was bekannt', 'Hier in Lehe auch', 'dasselbe, seit sechs']) await heard(text)
    await rows('Ist da was bekannt').click()
    const also = page().getByRole('group', { name: 'This answer is also for' })
    await also.getByRole('checkbox').first().waitFor()
    await also.getByRole('checkbox', { name: 'arne-pendelt' }).check()
    await also.getByRole('checkbox', { name: 'piet-onnen' }).check()
    await page().getByRole('textbox', { name: 'Answer' }).fill(ANSWERED)
    await expectAccessible(page())
    await page().getByRole('button', { name: 'Send and close' }).click()
    await page().getByText('The answer goes out; 3 conversations closed.').waitFor()
    await page().getByText('All answered').waitFor()
    await expect
      .poll(() => desk.standing(), { timeout: HEARD_MS_MAX })
      .toEqual([{ text: `${ANSWERED} ^ML`, answers: asked }])
    await page()
      .getByRole('button', { name: /^Closed/ })
      .click()
    await expect.poll(() => page().getByRole('option').count()).toBe(3)
  })

  test('a post of ours is taken off the network with a reason, which stays beside it', async () => {
    await rows('saskiaohnenetz').click()
    await page().getByRole('button', { name: 'Remove from the network' }).click({ timeout: HEARD_MS_MAX })
    const dialog = page().getByRole('dialog', { name: 'Remove this post from the network' })
    await dialog.getByText(ANSWERED).waitFor()
    await expectAccessible(page())
    expect(await dialog.getByRole('button', { name: 'Remove the post' }).isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Die Uhrzeit stimmt nicht')
    await dialog.getByRole('button', { name: 'Remove the post' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page().getByText('Reason: Die Uhrzeit stimmt nicht').waitFor()
    expect(desk.standing()).toEqual([])
    await expectAccessible(page())
  })

  test('when nobody knows whether an answer went out, a person looks, decides, and it stands there once', async () => {
    const counted = desk.say('lale-schreibt.test', 'wie viele Anschlüsse sind betroffen?')
    await page().goto(desk.inbox)
    await heard('wie viele Anschlüsse')
    await rows('wie viele Anschlüsse').click()
    // The request breaks off, and looking for it fails for as long as this lasts.
    desk.twin.control.fault({ kind: 'cut-before', path: 'com.atproto.repo.createRecord' })
    desk.twin.control.fault({ kind: 'server-error', path: 'com.atproto.repo.getRecord', times: 10_000 })
    await page().getByRole('textbox', { name: 'Answer' }).fill('Rund achthundert.')
    await page().getByRole('button', { name: 'Send', exact: true }).click()
    await page().getByText('Nobody knows yet').waitFor({ timeout: HEARD_MS_MAX })
    await page().getByRole('button', { name: 'Decide …' }).click()
    const dialog = page().getByRole('dialog', { name: 'Did this go out?' })
    await dialog.getByText('Rund achthundert. ^ML').waitFor()
    const there = dialog.getByRole('link', { name: 'Look at the conversation on the network' })
    expect(await there.getAttribute('href')).toContain(`/post/${counted.split('/').at(-1)}`)
    await expectAccessible(page())
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click()
    await dialog
      .getByRole('textbox', { name: 'Address of the post' })
      .and(page().locator('[aria-invalid="true"]'))
      .waitFor()
    await dialog.getByRole('radio', { name: 'It is not there: send it again' }).check()
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click()
    await dialog.waitFor({ state: 'hidden' })
    await expect
      .poll(() => desk.standing().map(({ text }) => text), { timeout: HEARD_MS_MAX })
      .toEqual(['Rund achthundert. ^ML'])
    await page().getByText('Sent', { exact: true }).waitFor({ timeout: HEARD_MS_MAX })

    await page().getByRole('link', { name: 'Outbox' }).click()
    await page().getByText('Reason: Die Uhrzeit stimmt nicht').waitFor()
    await expectAccessible(page())
    mara.expectNoFaults()
  })
})
