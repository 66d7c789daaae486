import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, TEST_PASSWORD, type TestApp } from '../testing/app.ts'
import { startIdentityProvider, type TestIdentityProvider } from './testing/identity-provider.ts'
import { ORIGIN, signInThroughProvider } from './testing/provider-sign-in.ts'

const REDIRECT = `${ORIGIN}/api/auth/callback/oidc`
let app: TestApp
let directory: TestIdentityProvider

beforeAll(async () => {
  app = await createTestApp()
  directory = await startIdentityProvider(REDIRECT)
})
afterAll(async () => {
  directory.stop()
  await app.close()
})

const signInAs = (login: string) => signInThroughProvider(app, login)
const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const connect = (joinWorkspaceId: string | null, vouchesForAddresses = false) =>
  app.call(
    'accounts.installation.updateIdentityProvider',
    {
      identityProvider: {
        name: 'Directory',
        issuer: directory.issuer,
        clientId: directory.clientId,
        clientSecret: directory.clientSecret,
        vouchesForAddresses,
        joinWorkspaceId,
        joinRole: 'agent',
      },
    },
    mine(),
  )

describe('sign-in through an identity provider', () => {
  it('refuses an address without a discovery document, in the form and not at sign-in', async () => {
    const answer = await app.call(
      'accounts.installation.updateIdentityProvider',
      {
        identityProvider: {
          name: 'Typo',
          issuer: `${directory.issuer}/nowhere`,
          clientId: 'x',
          clientSecret: 'y',
          joinWorkspaceId: null,
          joinRole: 'agent',
        },
      },
      mine(),
    )
    expect(answer).toMatchObject({ status: 502, body: { data: { code: 'identity-provider-no-discovery' } } })
  })

  it('refuses somebody whom nobody has invited', async () => {
    expect((await connect(null)).status).toBe(200)
    const { location } = await signInAs('stranger')
    expect(location).toMatch(/\/sign-in\?error=/)
  })

  it('lets an invited person in, as a member with the invited role', async () => {
    await connect(null)
    await app.call('accounts.members.invite', { email: 'mira@example.org', role: 'lead' }, mine())
    const { cookie } = await signInAs('mira')
    const me = await app.call('accounts.session.me', {}, { cookie })
    expect(me).toMatchObject({
      status: 200,
      body: { email: 'mira@example.org', workspaces: [{ workspaceId: app.workspace.workspaceId, role: 'lead' }] },
    })
  })

  it('lets everybody of the directory join the workspace that was chosen for it', async () => {
    await connect(app.workspace.workspaceId)
    const { cookie } = await signInAs('jonas')
    expect(await app.call('accounts.session.me', {}, { cookie })).toMatchObject({
      body: { language: 'de', workspaces: [{ role: 'agent' }] },
    })
  })

  it('leads no unverified address to an account that is here already', async () => {
    directory.claimForMallory(app.workspace.owner.email)
    await connect(app.workspace.workspaceId)
    const { cookie, location } = await signInAs('mallory')
    expect(location).toMatch(/\/sign-in\?error=/)
    expect((await app.call('accounts.session.me', {}, { cookie })).status).toBe(401)
  })

  it('takes an unverified address neither for an invited one nor for one of the directory', async () => {
    await app.call('accounts.members.invite', { email: 'nora@example.org', role: 'admin' }, mine())
    for (const join of [null, app.workspace.workspaceId]) {
      await connect(join)
      expect((await signInAs('unverified-nora')).location).toMatch(/\/sign-in\?error=/)
    }
    const rows = await app.services.database.system
      .selectFrom('system.auth_user')
      .select('id')
      .where('email', '=', 'nora@example.org')
      .execute()
    expect(rows).toEqual([])
  })

  it('believes a provider that never says whether addresses are verified only where an administrator vouches for it', async () => {
    await connect(app.workspace.workspaceId)
    expect((await signInAs('silent-kim')).location).toMatch(/\/sign-in\?error=/)
    await connect(app.workspace.workspaceId, true)
    const { cookie } = await signInAs('silent-kim')
    expect(await app.call('accounts.session.me', {}, { cookie })).toMatchObject({
      body: { email: 'silent-kim@example.org', workspaces: [{ role: 'agent' }] },
    })
  })

  it('leads nobody to an account that somebody else opened with their address before', async () => {
    const { body } = await app.call('accounts.members.invite', { role: 'agent' }, mine())
    const token = new URL((body as { link: string }).link).searchParams.get('token')
    const account = { name: 'Squatter', email: 'ceo@example.org', password: TEST_PASSWORD, language: 'en' }
    expect((await app.call('accounts.members.accept', { token, account })).status).toBe(200)
    await connect(app.workspace.workspaceId)
    expect((await signInAs('ceo')).location).toMatch(/\/sign-in\?error=/)
  })

  it('keeps none of the provider’s tokens', async () => {
    await connect(app.workspace.workspaceId)
    await signInAs('jonas')
    const rows = await app.services.database.system
      .selectFrom('system.auth_account')
      .select(['accessToken', 'refreshToken', 'idToken'])
      .where('providerId', '=', 'oidc')
      .execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(new Set(rows.flatMap((row) => Object.values(row)))).toEqual(new Set([null]))
  })

  it('speaks to a provider on the internet over TLS only', async () => {
    const answer = await app.call(
      'accounts.installation.updateIdentityProvider',
      {
        identityProvider: {
          name: 'Plain',
          issuer: 'http://sso.example.org',
          clientId: 'x',
          clientSecret: 'y',
          joinWorkspaceId: null,
          joinRole: 'agent',
        },
      },
      mine(),
    )
    expect(answer).toMatchObject({ status: 400, body: { data: { code: 'identity-provider-not-https' } } })
  })

  it('leads back to our own page whoever comes from the provider with a state of nobody', async () => {
    const answer = await app.request('/api/auth/callback/oidc?state=nobody&code=any')
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      expect.stringMatching(/^http:\/\/localhost:3000\/sign-in\?error=/),
    ])
  })

  it('never shows the secret again', async () => {
    await connect(null)
    const answer = await app.call('accounts.installation.identityProvider', {}, mine())
    expect(answer.body).toMatchObject({ identityProvider: { hasSecret: true }, redirectUrl: REDIRECT })
    expect(JSON.stringify(answer.body)).not.toContain(directory.clientSecret)
  })
})
