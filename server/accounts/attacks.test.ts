import { createServer, type Server } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { createTestApp, TEST_PASSWORD, type TestApp } from '../testing/app.ts'
import { prepareSetUpLink, setUp } from './first-run.ts'
import { setPassword } from './passwords.ts'
import { ADDRESS_HEADER, signInOf } from './sign-in.ts'

const ORIGIN = 'http://localhost:3000'
let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
const auth = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.request(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: JSON.stringify(body),
  })
/** From a given client address. */
const ask = (path: string, body: unknown, from: string) =>
  app.app.request(
    `${ORIGIN}/api/auth${path}`,
    { method: 'POST', headers: { 'content-type': 'application/json', origin: ORIGIN }, body: JSON.stringify(body) },
    { incoming: { socket: { remoteAddress: from } } },
  )
const countUsers = async () =>
  (
    await sql<{ count: number }>`select count(*)::int as count from system.auth_user`.execute(
      app.services.database.system,
    )
  ).rows[0]?.count

describe('links that work once', () => {
  it('give the installation to one of two who open the set-up link at the same moment', async () => {
    const fresh = await createTestApp()
    await fresh.services.database.system.deleteFrom('system.auth_user').execute()
    const token = new URL((await prepareSetUpLink(fresh.services)) ?? '').searchParams.get('token') ?? ''
    const open = (name: string) =>
      setUp(fresh.services, token, { name, email: `${name}@example.org`, password: TEST_PASSWORD, language: 'en' })
    const outcomes = await Promise.allSettled(['olga', 'eve', 'mallory'].map(open))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const users = await fresh.services.database.system.selectFrom('system.auth_user').select('id').execute()
    expect(users).toHaveLength(1)
    await fresh.close()
  })

  it('make one account of an invitation that two people accept at the same moment', async () => {
    const { body } = await app.call('accounts.members.invite', { role: 'agent' }, mine())
    const token = new URL((body as { link: string }).link).searchParams.get('token')
    const before = (await countUsers()) ?? 0
    const accept = (name: string) =>
      app.call('accounts.members.accept', {
        token,
        account: { name, email: `${name}@race.example.org`, password: TEST_PASSWORD, language: 'en' },
      })
    const answers = await Promise.all(['anna', 'bert', 'carl'].map(accept))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await countUsers()).toBe(before + 1)
  })
})

describe('API keys of a member', () => {
  const keyOf = async (cookie: string) => {
    const { body } = await app.call(
      'accounts.keys.create',
      { name: 'Own', scopes: ['workspace.read', 'members.manage'] },
      { cookie, workspaceId: app.workspace.workspaceId },
    )
    return (body as { secret: string }).secret
  }
  const asKey = async (secret: string, path: string) =>
    (await app.request(`/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })).status

  it('open no more than the member may do by now, and nothing once the member is disabled', async () => {
    const admin = await app.join(app.workspace.workspaceId, 'admin')
    const secret = await keyOf(admin.cookie)
    expect(await asKey(secret, '/invitations')).toBe(200)
    await app.call('accounts.members.update', { memberId: admin.memberId, role: 'viewer' }, mine())
    expect([await asKey(secret, '/invitations'), await asKey(secret, '/workspace')]).toEqual([403, 200])
    await app.call('accounts.members.update', { memberId: admin.memberId, state: 'disabled' }, mine())
    expect(await asKey(secret, '/workspace')).toBe(401)
  })

  it('say when they were last used', async () => {
    const secret = await keyOf(app.workspace.owner.cookie)
    await asKey(secret, '/workspace')
    const { body } = await app.call('accounts.keys.list', {}, mine())
    const { items } = body as { items: { prefix: string; lastUsedAt: string | null }[] }
    expect(items.find(({ prefix }) => secret.startsWith(prefix))?.lastUsedAt).not.toBeNull()
  })
})

describe('password reset', () => {
  /** A mail server that accepts a connection and then says nothing. */
  let silent: Server
  beforeAll(async () => {
    silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    await app.call(
      'accounts.installation.updateMail',
      {
        host: '127.0.0.1',
        port: (silent.address() as { port: number }).port,
        security: 'none',
        user: '',
        from: 'rapport@example.org',
      },
      mine(),
    )
  })
  afterAll(() => void silent.close())

  it('answers for an unknown address as for a known one, and as fast, whatever the mail server does', async () => {
    const timed = async (email: string) => {
      const startedAt = performance.now()
      const answer = await auth('/request-password-reset', { email, redirectTo: '/reset-password' })
      return { status: answer.status, body: await answer.text(), fast: performance.now() - startedAt < 2_000 }
    }
    const unknown = await timed('nobody@example.org')
    expect(await timed(app.workspace.owner.email)).toEqual(unknown)
    expect(unknown).toMatchObject({ status: 200, fast: true })
  })

  it('sends one person a few links in an hour and no more', async () => {
    const statuses = []
    for (let asked = 0; asked < 4; asked++)
      statuses.push((await ask('/request-password-reset', { email: 'often@example.org' }, `203.0.113.${asked}`)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
  })

  it('leaves nothing in the database that opens an account', async () => {
    const { rows } = await sql<{ identifier: string }>`select identifier from system.auth_verification`.execute(
      app.services.database.system,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ identifier }) => identifier.includes('reset-password'))).toEqual([])
  })
})

describe('sign-in', () => {
  const signIn = (email: string, password: string, from: string) => ask('/sign-in/email', { email, password }, from)

  it('cannot be closed to somebody by a stranger who guesses from elsewhere', async () => {
    const member = await app.join(app.workspace.workspaceId, 'agent')
    for (let tries = 0; tries < 12; tries++) await signIn(member.email, 'wrong password', '203.0.113.7')
    expect((await signIn(member.email, TEST_PASSWORD, '203.0.113.7')).status).toBe(429)
    expect((await signIn(member.email, TEST_PASSWORD, '198.51.100.4')).status).toBe(200)
  })

  it('counts all addresses of one IPv6 network as one client, for nobody has only one of them', async () => {
    const member = await app.join(app.workspace.workspaceId, 'agent')
    const from = (host: number) => `2001:db8:7:7:${host.toString(16)}::1`
    for (let tries = 1; tries <= 12; tries++) {
      await signIn(member.email, 'wrong password', from(tries))
      // What the library counts by client and path is another test's; here it is by account.
      await queryAsAdmin(app.test.admin, "delete from system.rate_limit where key like 'library:%'")
    }
    const status = async (address: string) => (await signIn(member.email, TEST_PASSWORD, address)).status
    expect([await status(from(99)), await status('2001:db8:7:8::1')]).toEqual([429, 200])
  })

  it('answers an unknown address and a wrong password alike', async () => {
    const known = await signIn(app.workspace.owner.email, 'wrong password', '192.0.2.1')
    const unknown = await signIn('nobody@example.org', 'wrong password', '192.0.2.1')
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
  })

  it('gives a cookie that no script reads and no other site sends, and only over TLS where there is TLS', async () => {
    const plain = await signIn(app.workspace.owner.email, TEST_PASSWORD, '192.0.2.2')
    const session = plain.headers.getSetCookie().find((cookie) => cookie.includes('session_token')) ?? ''
    expect(session).toMatch(/HttpOnly/i)
    expect(session).toMatch(/SameSite=Lax/i)
    const publicUrl = 'https://rapport.example.org'
    const signInOverTls = await signInOf({ ...app.services, config: { ...app.services.config, publicUrl } })
    const secure = await signInOverTls.handler(
      new Request(`${publicUrl}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: publicUrl, [ADDRESS_HEADER]: '192.0.2.2' },
        body: JSON.stringify({ email: app.workspace.owner.email, password: TEST_PASSWORD }),
      }),
    )
    expect(secure.headers.getSetCookie().join()).toMatch(/__Secure-rapport\.session_token=[^,]*; Secure/)
  })

  it('reads no large body', async () => {
    const answer = await auth('/sign-in/email', { email: 'a@example.org', password: 'x'.repeat(100_000) })
    expect(answer.status).toBe(413)
  })

  it.each(['/update-user', '/link-social', '/get-access-token', '/delete-user', '/change-email', '/unlink-account'])(
    'has no route %s',
    async (path) => {
      expect((await auth(path, {}, { cookie: app.workspace.owner.cookie, host: 'localhost:3000' })).status).toBe(404)
    },
  )
})

describe('a second factor', () => {
  it('is asked for after the password, and a new password does not spare it', async () => {
    const member = await app.join(app.workspace.workspaceId, 'agent')
    const begun = await auth(
      '/two-factor/enable',
      { password: TEST_PASSWORD },
      { cookie: member.cookie, host: 'localhost:3000' },
    )
    expect(begun.status).toBe(200)
    await app.services.database.system
      .updateTable('system.auth_user')
      .set({ twoFactorEnabled: true })
      .where('id', '=', member.userId)
      .execute()
    const enter = async () => {
      const answer = await ask('/sign-in/email', { email: member.email, password: TEST_PASSWORD }, '192.0.2.40')
      const cookie = answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
      return { body: await answer.json(), me: (await app.call('accounts.session.me', {}, { cookie })).status }
    }
    expect(await enter()).toEqual({ body: expect.objectContaining({ twoFactorRedirect: true }), me: 401 })
    await setPassword(app.services, member.userId, TEST_PASSWORD)
    expect((await app.call('accounts.session.me', {}, { cookie: member.cookie })).status).toBe(401)
    expect((await enter()).me).toBe(401)
  })

  it('is guessed a few times and no more', async () => {
    const member = await app.join(app.workspace.workspaceId, 'agent')
    await auth('/two-factor/enable', { password: TEST_PASSWORD }, { cookie: member.cookie, host: 'localhost:3000' })
    await app.services.database.system
      .updateTable('system.auth_user')
      .set({ twoFactorEnabled: true })
      .where('id', '=', member.userId)
      .execute()
    await sql`update system.auth_two_factor set verified = true`.execute(app.services.database.system)
    const begun = await ask('/sign-in/email', { email: member.email, password: TEST_PASSWORD }, '192.0.2.41')
    const cookie = begun.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const statuses = new Set<number>()
    for (let guess = 0; guess < 40; guess++) {
      const answer = await auth(
        '/two-factor/verify-totp',
        { code: String(100_000 + guess) },
        { cookie, host: 'localhost:3000' },
      )
      statuses.add(answer.status)
    }
    expect([...statuses].some((status) => status === 429 || status === 403)).toBe(true)
    expect(statuses.has(200)).toBe(false)
  })
})
