import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf } from '../server/accounts/testing/authenticator-app.ts'
import { startIdentityProvider, type TestIdentityProvider } from '../server/accounts/testing/identity-provider.ts'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  journey,
  type Person,
  signIn,
  useBrowser,
  type Visitor,
  visit,
} from './browser.ts'
import { giveDevice } from './device.ts'
import { type RunningServer, startServer } from './server.ts'

const MARA: Person = { name: 'Mara Lindqvist', email: 'mara@nordlicht.test', password: 'a lamp in the north window' }
const BRAM: Person = { name: 'Bram van Houten', email: 'bram@nordlicht.test', password: 'twee fietsen in de regen' }

/** Two factors, passkeys, the organisation's own sign-in, and sessions: each as a person meets it. */
journey('security', () => {
  let server: RunningServer
  let directory: TestIdentityProvider
  let owner: Visitor
  let totpUri = ''
  let backupCode = ''
  const browser = useBrowser()
  const settings = (section: string) => `${server.url}/w/nordlicht/settings/${section}`
  const inside = (page: Page) => page.waitForURL('**/w/nordlicht/**')

  beforeAll(async () => {
    server = await startServer()
    directory = await startIdentityProvider(`${server.url}/api/auth/callback/oidc`)
    const setUp = ['setup', '--email', MARA.email, '--password-stdin', '--workspace', 'Nordlicht', '--name', MARA.name]
    await server.command([...setUp, '--language', 'en'], MARA.password)
    owner = await visit(browser(), 'security-owner')
    await signIn(owner.page, server.url, MARA)
    await join(BRAM)
  })
  afterAll(async () => {
    await owner?.leave()
    await server?.stop()
    directory?.stop()
  })

  /** By an invitation link, as the screens ask: settings.e2e.test.ts walks through them. */
  async function join({ name, email, password }: Person): Promise<void> {
    const headers = { origin: server.url, 'x-rapport-workspace': 'nordlicht' }
    const { request } = owner.page
    const invited = await request.post(`${server.url}/api/v1/invitations`, { headers, data: { role: 'agent' } })
    const { link } = (await invited.json()) as { link: string }
    const data = { token: new URL(link).searchParams.get('token'), account: { name, email, password, language: 'en' } }
    // Without the owner's cookies: whoever is signed in would join as themselves.
    const answer = await fetch(`${server.url}/api/v1/invitation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify(data),
    })
    expect(answer.status).toBe(200)
  }

  test('an authenticator app is set up: it has to prove its code before anything is on', async () => {
    const { page } = owner
    await page.goto(settings('security'))
    await page.getByRole('button', { name: 'Set up a second factor' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Your password').fill(MARA.password)
    await dialog.getByRole('button', { name: 'Continue' }).click()
    totpUri = (await dialog.getByRole('link', { name: 'Open in an app on this device' }).getAttribute('href')) ?? ''
    await expectAccessible(page)
    await dialog.getByLabel('Six digits').fill('000 000')
    await dialog.getByRole('button', { name: 'Confirm' }).click()
    await dialog.getByText('This code is not right').waitFor()
    await dialog.getByLabel('Six digits').fill(codeOf(totpUri))
    await page.keyboard.press('Enter')
    await dialog.getByText('I have kept them').waitFor()
    await expectAccessible(page)
    backupCode = (await dialog.getByRole('listitem').first().textContent()) ?? ''
    await dialog.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('button', { name: 'New backup codes' }).waitFor()
  })

  test('the password alone opens nothing any more; the code does, and a backup code once', async () => {
    const visitor = await visit(browser(), 'security-code', { phone: true, dark: true })
    const { page } = visitor
    const enterPassword = async () => {
      await page.goto(`${server.url}/sign-in`)
      await page.getByLabel('Mail address').fill(MARA.email)
      await page.getByLabel('Password').fill(MARA.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('heading', { name: 'Second factor' }).waitFor()
    }
    await enterPassword()
    await expectAccessible(page)
    expect((await page.request.get(`${server.url}/api/v1/me`)).status()).toBe(401)
    await page.getByLabel('Code').fill('123456')
    await page.keyboard.press('Enter')
    await page.getByText('This code is not right').waitFor()
    await page.getByLabel('Code').fill(codeOf(totpUri))
    await page.keyboard.press('Enter')
    await inside(page)
    await page.context().clearCookies()
    for (const outcome of ['opens', 'is used up']) {
      await enterPassword()
      await page.getByRole('button', { name: 'Use a backup code instead' }).click()
      await page.getByLabel('Backup code').fill(backupCode)
      await page.keyboard.press('Enter')
      if (outcome === 'opens') await inside(page)
      else await page.getByText('This code is not right').waitFor()
      await page.context().clearCookies()
    }
    await visitor.leave()
  })

  test('a workspace that demands two factors leads a member to one; a passkey is enough', async () => {
    const { page } = owner
    await page.goto(settings('workspace'))
    await page.getByLabel('Members need a second factor').click()
    await page.getByRole('button', { name: 'Save' }).nth(1).click()
    await page.getByText('Saved', { exact: true }).waitFor()
    const visitor = await visit(browser(), 'security-passkey', { language: 'de', phone: true })
    const device = await giveDevice(visitor.page)
    await signIn(visitor.page, server.url, BRAM)
    await visitor.page.getByRole('heading', { name: 'Nordlicht asks for a second factor' }).waitFor()
    await expectAccessible(visitor.page)
    await expectNoSidewaysScroll(visitor.page)
    await visitor.page.getByRole('button', { name: 'Add a passkey' }).click()
    await visitor.page.getByText('You have a second factor.').waitFor()
    await expectAccessible(visitor.page)
    await visitor.page.getByRole('button', { name: 'Sign in again' }).click()
    await visitor.page.getByRole('button', { name: 'Passkey verwenden' }).click()
    await inside(visitor.page)
    await device.unlocks(false)
    await visitor.page.context().clearCookies()
    await visitor.page.goto(`${server.url}/sign-in`)
    await visitor.page.getByRole('button', { name: 'Passkey verwenden' }).click()
    await visitor.page.getByText('Es wurde kein Passkey verwendet.').waitFor()
    // A page that asks the device for less is refused by the server.
    await visitor.page.route('**/passkey/generate-authenticate-options', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), userVerification: 'discouraged' } })
    })
    await visitor.page.getByRole('button', { name: 'Passkey verwenden' }).click()
    await visitor.page.getByText('Das Gerät hat nicht geprüft, wer es benutzt.').waitFor()
    await expectAccessible(visitor.page)
    expect((await visitor.page.request.get(`${server.url}/api/v1/me`)).status()).toBe(401)
    await visitor.leave()
  })

  test('the organisation’s sign-in is connected, and counts for two factors when it says so', async () => {
    const { page } = owner
    await page.goto(settings('sign-in'))
    await page.getByLabel('Name on the button').fill('Company login')
    await page.getByLabel('Issuer').fill(`${directory.issuer}/typo`)
    await page.getByLabel('Client id').fill(directory.clientId)
    await page.getByLabel('Client secret').fill(directory.clientSecret)
    await page.getByRole('combobox', { name: 'Who signs in there joins' }).click()
    await page.getByRole('option', { name: 'Nordlicht' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('there is no discovery document').waitFor()
    await expectAccessible(page)
    await page.getByLabel('Issuer').fill(directory.issuer)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved', { exact: true }).waitFor()

    const strong = await throughDirectory('strong-ines')
    await inside(strong.page)
    await strong.page.goto(settings('security'))
    await strong.page.getByText('there is no password here').waitFor()
    await expectAccessible(strong.page)
    await strong.leave()
    const weak = await throughDirectory('jonas')
    await weak.page.getByRole('heading', { name: 'Nordlicht asks for a second factor' }).waitFor()
    await weak.leave()
    const unverified = await throughDirectory('unverified-nele')
    await unverified.page.getByText('did not say that this mail address is yours').waitFor()
    await expectAccessible(unverified.page)
    await unverified.leave()
  })

  /** Our button, the provider's own log-in and consent pages, back to us. */
  async function throughDirectory(login: string): Promise<Visitor> {
    const visitor = await visit(browser(), `security-${login}`)
    const { page } = visitor
    // The provider's own pages ask for a font from the internet; a journey asks nothing there.
    await page.route(
      ({ hostname }) => !['localhost', '127.0.0.1'].includes(hostname),
      (route) => route.abort(),
    )
    await page.goto(`${server.url}/sign-in`)
    await page.getByRole('button', { name: 'Sign in with Company login' }).click()
    await page.locator('input[name="login"]').fill(login)
    await page.locator('input[name="password"]').fill('any')
    await page.locator('button[type="submit"]').click()
    await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' })
    await page.locator('button[type="submit"]').click()
    await page.waitForURL(`${server.url}/**`)
    return visitor
  }

  test('sessions are listed, and ending one shuts that browser out', async () => {
    const { page } = owner
    const elsewhere = await visit(browser(), 'security-elsewhere')
    await elsewhere.page.goto(`${server.url}/sign-in`)
    await elsewhere.page.getByLabel('Mail address').fill(MARA.email)
    await elsewhere.page.getByLabel('Password').fill(MARA.password)
    await elsewhere.page.keyboard.press('Enter')
    await elsewhere.page.getByLabel('Code').fill(codeOf(totpUri))
    await elsewhere.page.keyboard.press('Enter')
    await inside(elsewhere.page)
    await page.goto(settings('security'))
    await page.getByText('This one').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'End all others' }).click()
    await page.getByText('The session has ended').waitFor()
    await elsewhere.page.goto(settings('profile'))
    await elsewhere.page.waitForURL('**/sign-in**')
    expect((await page.request.get(`${server.url}/api/v1/me`)).status()).toBe(200)
    await elsewhere.leave()
  })
})
