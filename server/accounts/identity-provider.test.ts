import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, TEST_PASSWORD, type TestApp } from '../testing/app.ts'

const ORIGIN = 'http://localhost:3000'
const REDIRECT = `${ORIGIN}/api/auth/callback/oidc`
const CLIENT = {
  client_id: 'rapport',
  client_secret: 'a-secret-of-the-test',
  redirect_uris: [REDIRECT],
  token_endpoint_auth_method: 'client_secret_post' as const,
}

let app: TestApp
let server: Server
let issuer: string
/** The address that mallory claims at the provider, unverified. */
let victim = 'mallory@example.org'

beforeAll(async () => {
  app = await createTestApp()
  server = createServer((request, response) => provider.callback()(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [CLIENT],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only-for-the-test'] },
    features: { devInteractions: { enabled: true } },
    findAccount: async (_context, sub) => ({
      accountId: sub,
      claims: async () => ({
        sub,
        email: sub === 'mallory' ? victim : `${sub.replace(/^unverified-/, '')}@example.org`,
        ...(sub.startsWith('silent-') ? {} : { email_verified: !sub.startsWith('unverified-') && sub !== 'mallory' }),
        name: `${sub} of the directory`,
      }),
    }),
  })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await app.close()
})

const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const connect = (joinWorkspaceId: string | null, vouchesForAddresses = false) =>
  app.call(
    'accounts.installation.updateIdentityProvider',
    {
      identityProvider: {
        name: 'Directory',
        issuer,
        clientId: CLIENT.client_id,
        clientSecret: CLIENT.client_secret,
        vouchesForAddresses,
        joinWorkspaceId,
        joinRole: 'agent',
      },
    },
    mine(),
  )

/** What a browser does: our button, the provider's log-in and consent forms, back to us. Returns our last answer. */
async function signInAs(login: string): Promise<{ cookie: string; location: string }> {
  const jar = new Map<string, string>()
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) jar.set(line.split('=')[0] ?? '', line.split(';')[0] ?? '')
  }
  const begin = await app.request('/api/auth/sign-in/social', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in' }),
  })
  const ours = begin.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  let address = ((await begin.json()) as { url: string }).url
  for (let step = 0; step < 12; step++) {
    if (address.startsWith(ORIGIN)) break
    const page = await fetch(address, { redirect: 'manual', headers: { cookie: [...jar.values()].join('; ') } })
    keep(page)
    const location = page.headers.get('location')
    if (location) {
      address = new URL(location, address).href
      continue
    }
    const html = await page.text()
    const action = new URL(/action="([^"]+)"/.exec(html)?.[1] ?? '', address).href
    const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const answer = await fetch(action, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: [...jar.values()].join('; ') },
      body: new URLSearchParams({ prompt, login, password: 'any' }),
    })
    keep(answer)
    address = new URL(answer.headers.get('location') ?? '', address).href
  }
  const back = await app.request(address.slice(ORIGIN.length), { headers: { cookie: ours } })
  return {
    cookie: back.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; '),
    location: back.headers.get('location') ?? '',
  }
}

describe('sign-in through an identity provider', () => {
  it('refuses an address without a discovery document, in the form and not at sign-in', async () => {
    const answer = await app.call(
      'accounts.installation.updateIdentityProvider',
      {
        identityProvider: {
          name: 'Typo',
          issuer: `${issuer}/nowhere`,
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
      body: { workspaces: [{ role: 'agent' }] },
    })
  })

  it('leads no unverified address to an account that is here already', async () => {
    victim = app.workspace.owner.email
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

  it('never shows the secret again', async () => {
    await connect(null)
    const answer = await app.call('accounts.installation.identityProvider', {}, mine())
    expect(answer.body).toMatchObject({ identityProvider: { hasSecret: true }, redirectUrl: REDIRECT })
    expect(JSON.stringify(answer.body)).not.toContain(CLIENT.client_secret)
  })
})
