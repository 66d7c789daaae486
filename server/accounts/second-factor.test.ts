import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, TEST_PASSWORD, type TestApp, type TestMember } from '../testing/app.ts'
import { resetSecondFactor } from './passwords.ts'
import { secondFactorOf } from './second-factor.ts'
import { codeOf } from './testing/authenticator-app.ts'
import { startIdentityProvider, type TestIdentityProvider } from './testing/identity-provider.ts'
import { ORIGIN, signInThroughProvider } from './testing/provider-sign-in.ts'

let app: TestApp
let directory: TestIdentityProvider

beforeAll(async () => {
  app = await createTestApp()
  directory = await startIdentityProvider(`${ORIGIN}/api/auth/callback/oidc`)
  await connect(false)
})
afterAll(async () => {
  directory.stop()
  await app.close()
})

const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const connect = (vouchesForSecondFactor: boolean) =>
  app.call(
    'accounts.installation.updateIdentityProvider',
    {
      identityProvider: {
        name: 'Directory',
        issuer: directory.issuer,
        clientId: directory.clientId,
        clientSecret: directory.clientSecret,
        vouchesForSecondFactor,
        joinWorkspaceId: app.workspace.workspaceId,
        joinRole: 'agent',
      },
    },
    mine(),
  )
/** From an address of its own each time, so that no test meets another's limit. */
let addresses = 0
async function auth(path: string, body: unknown, cookie = '') {
  const answer = await app.app.request(
    `${ORIGIN}/api/auth${path}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, host: 'localhost:3000', cookie },
      body: JSON.stringify(body),
    },
    { incoming: { socket: { remoteAddress: `203.0.113.${++addresses}` } } },
  )
  const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return {
    status: answer.status,
    body: await answer.json(),
    cookie: cookies.filter((one) => !/=$/.test(one)).join('; '),
  }
}
const me = async (cookie: string) => app.call('accounts.session.me', {}, { cookie })
const open = async (cookie: string) =>
  app.call('accounts.workspaces.get', {}, { cookie, workspaceId: app.workspace.workspaceId })
const demand = (secondFactor: boolean, as = mine()) =>
  app.call('accounts.workspaces.update', { settings: { secondFactor } }, as)

/** Sets up an authenticator app. Returns its key, and the session that proved it. */
async function setUpCode(cookie: string, password?: string) {
  const begun = await auth('/two-factor/enable', password ? { password } : {}, cookie)
  const { totpURI } = begun.body as { totpURI: string }
  const proven = await auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, cookie)
  expect([begun.status, proven.status]).toEqual([200, 200])
  return { totpURI, cookie: proven.cookie }
}

describe('sign-in through the identity provider', () => {
  it('counts for one factor, unless its signed token says that two were shown', async () => {
    const weak = await signInThroughProvider(app, 'mira')
    const strong = await signInThroughProvider(app, 'strong-jonas')
    expect((await me(weak.cookie)).body).toMatchObject({ email: 'mira@example.org', provedSecondFactor: false })
    expect((await me(strong.cookie)).body).toMatchObject({ email: 'jonas@example.org', provedSecondFactor: true })
  })

  it('counts for two where an administrator has said that it always asks for two', async () => {
    await connect(true)
    const { cookie } = await signInThroughProvider(app, 'kim')
    await connect(false)
    expect((await me(cookie)).body).toMatchObject({ provedSecondFactor: true })
  })

  it('is followed by the code of whoever has an authenticator app here, and opens nothing before', async () => {
    const first = await signInThroughProvider(app, 'nele')
    const { totpURI } = await setUpCode(first.cookie)
    const again = await signInThroughProvider(app, 'nele')
    expect(again.location).toBe('/sign-in?step=code&next=%2F')
    expect(again.cookie).not.toMatch(/session_token=[^;\s]/)
    expect((await me(again.cookie)).status).toBe(401)
    expect((await auth('/two-factor/verify-totp', { code: '000000' }, again.cookie)).status).toBe(401)
    const proven = await auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, again.cookie)
    expect((await me(proven.cookie)).body).toMatchObject({ email: 'nele@example.org', provedSecondFactor: true })
  })

  it('asks for no code any more once a lost phone was reset, which ends every session', async () => {
    const { cookie } = await setUpCode((await signInThroughProvider(app, 'lea')).cookie)
    const { userId } = (await me(cookie)).body as { userId: string }
    await resetSecondFactor(app.services, userId)
    expect((await me(cookie)).status).toBe(401)
    const again = await signInThroughProvider(app, 'lea')
    expect((await me(again.cookie)).body).toMatchObject({ twoFactor: false, provedSecondFactor: false })
  })

  it('asks nobody for a second code whom the provider asked already', async () => {
    const first = await signInThroughProvider(app, 'strong-ines')
    await setUpCode(first.cookie)
    const again = await signInThroughProvider(app, 'strong-ines')
    expect(again.location).toBe('/')
    expect((await me(again.cookie)).body).toMatchObject({ email: 'ines@example.org', provedSecondFactor: true })
  })

  it('lets nobody change factors without a password on a sign-in of the day before yesterday', async () => {
    const { cookie } = await signInThroughProvider(app, 'otto')
    const old = new Date(Date.now() - 48 * 3_600_000)
    const { userId } = (await me(cookie)).body as { userId: string }
    await app.services.database.system
      .updateTable('system.auth_session')
      .set({ createdAt: old })
      .where('userId', '=', userId)
      .execute()
    expect(await auth('/two-factor/enable', {}, cookie)).toMatchObject({
      status: 403,
      body: { code: 'SESSION_NOT_FRESH' },
    })
  })
})

describe('a workspace that demands two factors', () => {
  let member: TestMember
  beforeAll(async () => {
    member = await app.join(app.workspace.workspaceId, 'agent')
  })

  it('is closed by nobody who would stand outside', async () => {
    expect(await demand(true)).toMatchObject({ status: 409, body: { data: { code: 'second-factor-yourself-first' } } })
  })

  it('stays closed to members until their sign-in proved a second factor', async () => {
    const owner = await setUpCode(app.workspace.owner.cookie, TEST_PASSWORD)
    app.workspace.owner.cookie = owner.cookie
    expect((await open(member.cookie)).status).toBe(200)
    expect((await demand(true)).status).toBe(200)
    expect(await open(member.cookie)).toMatchObject({ status: 403, body: { data: { code: 'second-factor-needed' } } })
    expect((await me(member.cookie)).body).toMatchObject({ workspaces: [{ closed: true }] })
    expect((await open(owner.cookie)).status).toBe(200)

    const { totpURI, cookie } = await setUpCode(member.cookie, TEST_PASSWORD)
    expect((await open(cookie)).status).toBe(200)
    const begun = await auth('/sign-in/email', { email: member.email, password: TEST_PASSWORD })
    expect((await open(begun.cookie)).status).toBe(401)
    const proven = await auth('/two-factor/verify-totp', { code: codeOf(totpURI) }, begun.cookie)
    expect((await open(proven.cookie)).status).toBe(200)
    member.cookie = proven.cookie
  })

  it('stays open to whoever changes the password, and closes when the second factor is switched off', async () => {
    const changed = await auth(
      '/change-password',
      { currentPassword: TEST_PASSWORD, newPassword: 'another horse battery', revokeOtherSessions: true },
      member.cookie,
    )
    expect((await open(changed.cookie)).status).toBe(200)
    const off = await auth('/two-factor/disable', { password: 'another horse battery' }, changed.cookie)
    expect(off.status).toBe(200)
    expect((await open(off.cookie)).status).toBe(403)
  })

  it('says nothing of itself to strangers', async () => {
    const elsewhere = await app.createWorkspace('Elsewhere')
    expect((await open(elsewhere.owner.cookie)).status).toBe(404)
  })

  it('leaves the keys of its members at work', async () => {
    const { body } = await app.call('accounts.keys.create', { name: 'Reporting', scopes: ['workspace.read'] }, mine())
    const { secret } = body as { secret: string }
    const answer = await app.request('/api/v1/workspace', { headers: { authorization: `Bearer ${secret}` } })
    expect(answer.status).toBe(200)
  })
})

describe('a passkey', () => {
  it('is asked for with a check of its user, when it is made and when it is used', async () => {
    const { cookie } = await app.join(app.workspace.workspaceId, 'viewer')
    const options = async (path: string) =>
      (await app.request(`/api/auth/passkey/${path}`, { headers: { cookie } })).json() as Promise<object>
    expect(await options('generate-register-options')).toMatchObject({
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
    })
    expect(await options('generate-authenticate-options')).toMatchObject({ userVerification: 'required' })
  })

  it('counts for two factors, and a password alone for one', () => {
    expect(secondFactorOf({}, { path: '/passkey/verify-authentication' })).toBe('passkey')
    expect(secondFactorOf({}, { path: '/sign-in/email' })).toBeNull()
  })
})
