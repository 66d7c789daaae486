import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, TEST_PASSWORD, type TestApp } from '../testing/app.ts'
import { prepareSetUpLink, setUp } from './first-run.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })

describe('set-up', () => {
  it('gives out a link only while nobody owns the installation, and takes it once', async () => {
    expect(await prepareSetUpLink(app.services)).toBeNull()
    const fresh = await createTestAppWithoutOwner()
    const link = await prepareSetUpLink(fresh.services)
    const token = new URL(link ?? '').searchParams.get('token') ?? ''
    const person = { name: 'Olga', email: 'olga@example.org', password: TEST_PASSWORD, language: 'de' as const }
    await expect(setUp(fresh.services, 'not-the-token', person)).rejects.toMatchObject({ code: 'set-up-link-invalid' })
    await setUp(fresh.services, token, person)
    await expect(setUp(fresh.services, token, { ...person, email: 'other@example.org' })).rejects.toMatchObject({
      code: 'already-set-up',
    })
    await fresh.close()
  })
})

async function createTestAppWithoutOwner() {
  const fresh = await createTestApp()
  await fresh.services.database.system.deleteFrom('system.auth_user').execute()
  return fresh
}

describe('sign-in', () => {
  it('refuses a wrong password and, after ten attempts on one account, even the right one for a while', async () => {
    const member = await app.join(app.workspace.workspaceId, 'agent')
    const attempt = async (password: string) =>
      (
        await app.request('/api/auth/sign-in/email', {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
          body: JSON.stringify({ email: member.email, password }),
        })
      ).status
    for (let tries = 0; tries < 9; tries++) expect(await attempt('wrong password')).toBe(401)
    expect(await attempt(TEST_PASSWORD)).toBe(429)
  })

  it('has no open sign-up', async () => {
    const answer = await app.request('/api/auth/sign-up/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
      body: JSON.stringify({ name: 'Eve', email: 'eve@example.org', password: TEST_PASSWORD }),
    })
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })

  it('refuses a write that a page of another origin sends with our cookie', async () => {
    const answer = await app.request('/rpc/accounts/session/update', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'https://evil.example',
        cookie: app.workspace.owner.cookie,
      },
      body: JSON.stringify({ json: { name: 'Mallory' } }),
    })
    expect(answer.status).toBe(403)
  })

  it('ends at once when a member is disabled', async () => {
    const member = await app.join(app.workspace.workspaceId, 'agent')
    const as = { cookie: member.cookie, workspaceId: app.workspace.workspaceId }
    expect((await app.call('accounts.workspaces.get', {}, as)).status).toBe(200)
    expect(
      (await app.call('accounts.members.update', { memberId: member.memberId, state: 'disabled' }, mine())).status,
    ).toBe(200)
    expect((await app.call('accounts.workspaces.get', {}, as)).status).toBe(404)
  })
})

describe('members', () => {
  it('keeps the last owner', async () => {
    const answer = await app.call(
      'accounts.members.update',
      { memberId: app.workspace.owner.memberId, role: 'admin' },
      mine(),
    )
    expect(answer).toMatchObject({ status: 409, body: { data: { code: 'last-owner-stays' } } })
  })

  it('lets only owners make owners', async () => {
    const admin = await app.join(app.workspace.workspaceId, 'admin')
    const answer = await app.call(
      'accounts.members.update',
      { memberId: admin.memberId, role: 'owner' },
      { cookie: admin.cookie, workspaceId: app.workspace.workspaceId },
    )
    expect(answer).toMatchObject({ status: 403, body: { data: { code: 'owners-only' } } })
  })

  it('joins by an invitation link, once, and for the invited address alone', async () => {
    const { body } = await app.call('accounts.members.invite', { role: 'agent', email: 'nele@example.org' }, mine())
    const { link, mailed, mailFailure } = body as { link: string; mailed: boolean; mailFailure: string }
    expect([mailed, mailFailure]).toEqual([false, 'no-mail-server'])
    const token = new URL(link).searchParams.get('token')
    const account = { name: 'Nele', email: 'nele@example.org', password: TEST_PASSWORD, language: 'de' }
    expect(
      await app.call('accounts.members.accept', { token, account: { ...account, email: 'eve@example.org' } }),
    ).toMatchObject({ status: 403, body: { data: { code: 'invitation-for-another' } } })
    expect((await app.call('accounts.members.accept', { token, account })).status).toBe(200)
    expect(
      await app.call('accounts.members.accept', { token, account: { ...account, email: 'again@example.org' } }),
    ).toMatchObject({ status: 404 })
  })
})

describe('API keys', () => {
  it('work in their workspace, within their scopes, until they are revoked', async () => {
    const { body } = await app.call('accounts.keys.create', { name: 'Reporting', scopes: ['workspace.read'] }, mine())
    const { secret, apiKeyId } = body as { secret: string; apiKeyId: string }
    const asKey = (address: string) =>
      app.request(`/api/v1${address}`, { headers: { authorization: `Bearer ${secret}` } })
    expect((await asKey('/workspace')).status).toBe(200)
    expect((await asKey('/members')).status).toBe(403)
    expect((await asKey('/me')).status).toBe(403)
    await app.call('accounts.keys.revoke', { apiKeyId }, mine())
    expect((await asKey('/workspace')).status).toBe(401)
  })

  it('that are wrong, expired or revoked get the same answer, which says nothing else', async () => {
    const made = async (name: string) => {
      const { body } = await app.call('accounts.keys.create', { name, scopes: ['workspace.read'] }, mine())
      return body as { secret: string; apiKeyId: string }
    }
    const [expired, revoked] = [await made('Expired'), await made('Revoked')]
    await app.services.database.inWorkspace(app.workspace.workspaceId, { kind: 'system', id: null }, (tx) =>
      sql`update api_key set expires_at = now() - interval '1 minute' where api_key_id = ${expired.apiKeyId}`.execute(
        tx.sql,
      ),
    )
    await app.call('accounts.keys.revoke', { apiKeyId: revoked.apiKeyId }, mine())
    const answers = await Promise.all(
      ['rk_nobody-ever-made-this', expired.secret, revoked.secret].map(async (key) => {
        const answer = await app.request('/api/v1/workspace', { headers: { authorization: `Bearer ${key}` } })
        return [answer.status, await answer.json()]
      }),
    )
    expect(answers[0]).toMatchObject([401, { data: { code: 'key-unknown', params: {} } }])
    expect(answers).toEqual([answers[0], answers[0], answers[0]])
    const [status, body] = await app.request('/api/v1/workspace').then(async (one) => [one.status, await one.json()])
    expect([status, (body as { data: { code: string } }).data.code]).toEqual([401, 'sign-in-first'])
  })

  it('are kept as hashes', async () => {
    const { body } = await app.call('accounts.keys.create', { name: 'Second', scopes: ['workspace.read'] }, mine())
    const { secret } = body as { secret: string }
    const rows = await app.services.database.inWorkspace(
      app.workspace.workspaceId,
      { kind: 'system', id: null },
      (tx) => sql<{ row: string }>`select to_jsonb(api_key)::text as row from api_key`.execute(tx.sql),
    )
    expect(rows.rows.some((row) => row.row.includes(secret))).toBe(false)
  })

  it('give nobody more than they have', async () => {
    const admin = await app.join(app.workspace.workspaceId, 'viewer')
    expect(
      (
        await app.call(
          'accounts.keys.create',
          { name: 'Sneaky', scopes: ['workspace.read'] },
          { cookie: admin.cookie, workspaceId: app.workspace.workspaceId },
        )
      ).status,
    ).toBe(403)
  })
})
