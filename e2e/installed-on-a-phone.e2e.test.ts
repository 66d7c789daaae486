import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { type CareDesk, MARA, openCareDesk } from './care-desk.ts'

journey('installed on a phone', () => {
  let desk: CareDesk
  let visitor: Visitor
  let page: Page
  let cdp: CDPSession
  let registrationId: string
  const browser = useBrowser()
  beforeAll(async () => {
    desk = await openCareDesk(MARA)
    visitor = await visit(browser(), 'Mara on a phone', { phone: true, language: 'de' })
    page = visitor.page
    await page.context().grantPermissions(['notifications'], { origin: desk.server.url })
    cdp = await page.context().newCDPSession(page)
    const registered = new Promise<string>((resolve) =>
      cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [one] = registrations
        if (one) resolve(one.registrationId)
      }),
    )
    await cdp.send('ServiceWorker.enable')
    await signIn(page, desk.server.url, MARA)
    registrationId = await registered
    await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  })
  afterAll(async () => {
    await visitor?.leave()
    await desk?.stop()
  })

  const shown = () =>
    page.evaluate(async () =>
      (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({
        title,
        body,
        tag,
      })),
    )
  const push = (data: string) =>
    cdp.send('ServiceWorker.deliverPushMessage', { origin: desk.server.url, registrationId, data })

  test('it can be installed: name, icons and shortcuts in the reader’s language', async () => {
    const { data, errors } = await cdp.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const manifest = JSON.parse(data ?? '')
    expect(manifest).toMatchObject({ name: 'Rapport', lang: 'de', display: 'standalone' })
    for (const { src } of manifest.icons) expect((await page.request.get(desk.server.url + src)).ok()).toBe(true)
    const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
    for (const { url } of manifest.shortcuts) {
      await page.goto(desk.server.url + url)
      await page.waitForURL(new RegExp(`/w/kobaltfon/${url.split('=')[1]}`))
    }
  })

  test('how one is told is chosen at 360 px, and the devices stand below it', async () => {
    await page.goto(`${desk.server.url}/w/kobaltfon/settings/notifications`)
    await page.getByRole('heading', { name: 'Devices' }).waitFor()
    await page.getByRole('checkbox', { name: /alarm: Off shift/ }).waitFor()
    // Alarms, clocks and reminders, crises and what may become one: nothing else comes when one is not at work.
    expect(await page.getByRole('checkbox', { name: /: Off shift/ }).count()).toBe(5)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
  })

  test('a push shows what it says, nothing more, and leads to its place in the open window', async () => {
    // Whoever looks at Rapport sees it there: another window is in front, as on a phone in a pocket.
    const other = await page.context().newPage()
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false })
    await other.bringToFront()
    const message = {
      title: 'Kobaltfon',
      body: 'Ihnen wurde ein Gespräch zugewiesen',
      tag: 'kobaltfon/assignment',
    }
    await push(JSON.stringify({ ...message, url: '/w/kobaltfon/notifications', language: 'de' }))
    await expect.poll(shown).toEqual([message])
    await push('no message of ours')
    await expect.poll(async () => (await shown()).map(({ title }) => title).sort()).toEqual(['Kobaltfon', 'Rapport'])
    // What was typed meanwhile is not lost: the window is not loaded anew, and asks before it leaves a form.
    await page.goto(`${desk.server.url}/w/kobaltfon/programme/goals`)
    await page.getByRole('button', { name: 'New goal' }).first().click()
    await page.getByRole('textbox', { name: 'Goal', exact: true }).fill('Half a sentence')
    const [worker] = page.context().serviceWorkers()
    await worker?.evaluate(async (tag) => {
      const scope = globalThis as unknown as {
        registration: ServiceWorkerRegistration
        NotificationEvent: new (type: string, init: object) => Event
      }
      const [notification] = await scope.registration.getNotifications({ tag })
      dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
    }, message.tag)
    await page.getByRole('button', { name: 'Leave it and open the notification' }).click()
    await page.waitForURL(/\/w\/kobaltfon\/notifications/)
    await other.close()
  })

  test('without a connection it says so, and nothing that was read lies in the browser', async () => {
    expect(await page.evaluate(() => caches.keys())).toEqual([])
    visitor.expectNoFaults()
    await page.context().setOffline(true)
    await page.goto(`${desk.server.url}/w/kobaltfon/inbox`).catch(() => undefined)
    await page.getByRole('heading', { name: 'Keine Verbindung' }).waitFor()
    await page.context().setOffline(false)
    await page.getByRole('link', { name: 'Erneut versuchen' }).click()
    await page.getByRole('navigation').first().waitFor()
  })
})
