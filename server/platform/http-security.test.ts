import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../testing/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const HOST = 'localhost:3000'
const signedIn = () => ({
  cookie: app.workspace.owner.cookie,
  'x-rapport-workspace': app.workspace.workspaceId,
  host: HOST,
})

describe('every answer', () => {
  it.each([
    '/',
    '/sign-in',
    '/assets/none.js',
    '/api/v1/workspace',
    '/rpc/none',
    '/api/v1/none',
    '/healthz',
    '/metrics',
    '/live',
    '/files/posts.csv',
    '/media/posts/x/0',
    '/media/posts/x/0/file',
  ])('to %s may not be framed, guessed at or run from elsewhere', async (address) => {
    const { headers } = await app.request(address)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).toMatch(/frame-ancestors 'none'|sandbox/)
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*|https?:|data:|blob:)/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })

  it('reminds browsers of TLS where there is TLS, and only there', async () => {
    expect((await app.request('/healthz')).headers.has('strict-transport-security')).toBe(false)
  })

  it('to a bug is a number to ask for, without its message', async () => {
    const answer = await app.request('/files/imports/%00/rejections.csv', { headers: signedIn() })
    expect(await answer.text()).not.toMatch(/at |select |error:/i)
  })

  it('to a body that is too large is a refusal, and no bug', async () => {
    const headers = { ...signedIn(), 'content-type': 'application/json', origin: `http://${HOST}` }
    for (const address of ['/rpc/accounts/session/update', '/api/v1/members', '/api/auth/sign-in/email']) {
      const answer = await app.request(address, { method: 'POST', headers, body: `"${'x'.repeat(2 * 1024 * 1024)}"` })
      expect([address, answer.status]).toEqual([address, 413])
    }
  })
})

describe('every route that is no procedure', () => {
  /** For everybody, or with an answer of its own to strangers. */
  const OPEN = ['/*', '*', '/rpc/*', '/api/v1/*', '/api/auth/*', '/api/openapi.json', '/healthz', '/readyz', '/metrics']
  /** Whoever comes has a link and no session; without the link's secret there is nothing. */
  const BY_LINK = ['/files/guest-pictures/:index{[0-9]}']
  const id = '01a20000-0000-7000-8000-000000000001'

  it('asks who calls, and then what they may', async () => {
    const routes = [...new Map(app.app.routes.map((route) => [`${route.method} ${route.path}`, route])).values()]
    const own = routes.filter(({ path, method }) => ![...OPEN, ...BY_LINK].includes(path) && method !== 'ALL')
    expect(own.length).toBeGreaterThan(5)
    const outsider = await app.createWorkspace('Elsewhere')
    for (const { method, path } of own) {
      const address = path
        .replaceAll(/:file\{.*html\}/g, `${id}.html`)
        .replaceAll(/\/:index\{[^}]*\}+/g, '/0')
        .replaceAll(/\/:preview\{[^}]*\}\?/g, '')
        .replaceAll(/:\w+/g, id)
      const init = { method, ...(method === 'POST' ? { body: 'x' } : {}) }
      const named = `${address}?workspace=${app.workspace.workspaceId}`
      expect([path, (await app.request(named, init)).status]).toEqual([path, 401])
      const foreign = await app.request(named, {
        ...init,
        headers: { cookie: outsider.owner.cookie, host: HOST, 'x-rapport-workspace': app.workspace.workspaceId },
      })
      expect([path, foreign.status]).toEqual([path, 404])
    }
  })

  it('is nothing to whoever has no link, or another one', async () => {
    for (const path of BY_LINK)
      for (const token of ['', 'x'.repeat(43)]) {
        const address = path.replaceAll(/\/:index\{[^}]*\}+/g, '/0')
        const { status } = await app.request(address, { headers: { ...signedIn(), 'x-rapport-guest': token } })
        expect([path, status]).toEqual([path, 404])
      }
  })
})

describe('a write with our cookie', () => {
  const write = (headers: Record<string, string>) =>
    app.request('/rpc/accounts/session/update', {
      method: 'POST',
      headers: { ...signedIn(), 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ json: { name: 'Mallory' } }),
    })

  it.each(['https://evil.example', 'null', 'http://localhost:3001', 'http://localhost:3000.evil.example', 'file://'])(
    'is refused from %s',
    async (origin) => {
      expect((await write({ origin })).status).toBe(403)
    },
  )

  it('is taken from our own pages', async () => {
    expect((await write({ origin: `http://${HOST}` })).status).toBe(200)
  })

  it('cannot be made by a link or a picture: reading changes nothing', async () => {
    const data = encodeURIComponent(JSON.stringify({ json: { name: 'Mallory' } }))
    const answer = await app.request(`/rpc/accounts/session/update?data=${data}`, { headers: signedIn() })
    expect([404, 405]).toContain(answer.status)
  })

  it('is not offered to other sites: no answer allows them to read', async () => {
    const answer = await app.request('/api/v1/me', { headers: { ...signedIn(), origin: 'https://evil.example' } })
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('file names', () => {
  it.each([
    'a"\r\nset-cookie: x=1.png',
    '../../etc/passwd',
    '<script>alert(1)</script>.png',
    '\u202egnp.exe',
    'x'.repeat(5000),
  ])('of an upload become a name to read and nothing else: %j', async (name) => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const headers = { ...signedIn(), origin: `http://${HOST}` }
    const uploaded = await app.request(`/files/attachments?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers,
      body: png,
    })
    expect(uploaded.status).toBe(201)
    const { attachmentId, name: kept } = (await uploaded.json()) as { attachmentId: string; name: string }
    expect(kept).not.toMatch(/[\p{Cc}\p{Cf}/\\]/u)
    expect(kept.length).toBeLessThanOrEqual(200)
    const shown = await app.request(`/files/attachments/${attachmentId}`, { headers: signedIn() })
    expect([...shown.headers].join()).not.toContain(kept)
    expect(shown.headers.get('set-cookie')).toBeNull()
    expect(shown.headers.get('content-type')).toBe('image/png')
  })

  it.each([
    ['a page', '<html><script>alert(1)</script>'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a PDF', '%PDF-1.7'],
    ['nothing', ''],
  ])('do not make a picture of %s', async (_, body) => {
    const headers = { ...signedIn(), origin: `http://${HOST}`, 'content-type': 'image/png' }
    const answer = await app.request('/files/attachments?name=picture.png', { method: 'POST', headers, body })
    expect(answer.status).toBe(400)
  })
})
