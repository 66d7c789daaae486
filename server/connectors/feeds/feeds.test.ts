import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Cursor, HeardBatch, Outcome } from '../connector.ts'
import { openOutside } from '../outside.ts'
import { feeds } from './feeds.ts'

const now = new Date('2026-03-01T12:00:00Z')
const connector = feeds(openOutside({ allowPrivate: ['127.0.0.1'], clock: { now: () => now } }))
const servers: Server[] = []
const signal = AbortSignal.timeout(60_000)

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterAll(() => connector[Symbol.asyncDispose]())

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const rss = (...titles: string[]) =>
  `<rss version="2.0"><channel><title>Blog</title>${titles.map((title) => `<item><guid>urn:${title}</guid><title>${title}</title></item>`).join('')}</channel></rss>`

const poll = (address: string, cursor: Cursor = null) =>
  connector.poll({ settings: { address }, credentials: null }, cursor, signal)
const check = (address: string) => connector.check({ settings: { address }, credentials: null }, signal)

function batchOf(outcome: Outcome<HeardBatch>): HeardBatch {
  if (!outcome.ok) throw new Error(`${outcome.failure.name}: ${outcome.failure.detail}`)
  return outcome.value
}

const textsOf = (batch: HeardBatch) => batch.items.map((item) => (item.kind === 'post' ? item.post.text : item.kind))

describe('settings', () => {
  test.each([
    ['blog.example/feed', 'https://blog.example/feed'],
    ['feed://blog.example/feed', 'http://blog.example/feed'],
    ['feed:https://blog.example/feed', 'https://blog.example/feed'],
    [' http://Blog.example:8080/feed#top ', 'http://blog.example:8080/feed'],
    ['blog.example:8080/feed', 'https://blog.example:8080/feed'],
  ])('take %j as %s', (address, stored) => {
    expect(connector.parseSettings({ address })).toEqual({ ok: true, value: { address: stored } })
  })

  test.each([
    {},
    null,
    { address: '' },
    { address: 7 },
    { address: 'ftp://a.example/' },
    { address: 'javascript:alert(1)' },
    { address: 'https://u:p@a.example/' },
  ])('refuse %j, naming the field', (input) => {
    expect(connector.parseSettings(input)).toMatchObject({
      ok: false,
      failure: { name: 'malformed', detail: expect.stringMatching(/^address:/) },
    })
  })
})

describe('polling', () => {
  test('asks with the validators it was given, and hears nothing on 304', async () => {
    const asked: (string | undefined)[][] = []
    const base = await serve((request, response) => {
      asked.push([request.headers['if-none-match'], request.headers['if-modified-since']])
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end()
      else response.writeHead(200, { etag: '"one"', 'last-modified': 'Sun, 01 Mar 2026 10:00:00 GMT' }).end(rss('a'))
    })
    const first = batchOf(await poll(base))
    const second = batchOf(await poll(base, first.cursor))
    expect(textsOf(first)).toEqual(['a'])
    expect(second).toEqual({ items: [], cursor: first.cursor, more: false })
    expect(asked).toEqual([
      [undefined, undefined],
      ['"one"', 'Sun, 01 Mar 2026 10:00:00 GMT'],
    ])
  })

  test('hears nothing from the same bytes, and everything again after a change, oldest first', async () => {
    let body = rss('b', 'a')
    const base = await serve((_request, response) => response.end(body))
    const first = batchOf(await poll(base))
    const same = batchOf(await poll(base, first.cursor))
    body = rss('c', 'b', 'a')
    const changed = batchOf(await poll(base, same.cursor))
    expect([first, same, changed].map(textsOf)).toEqual([['a', 'b'], [], ['a', 'b', 'c']])
  })

  test('never takes absence for deletion', async () => {
    let body = rss('b', 'a')
    const base = await serve((_request, response) => response.end(body))
    const first = batchOf(await poll(base))
    body = rss('b')
    expect(batchOf(await poll(base, first.cursor)).items.map((item) => item.kind)).toEqual(['post'])
  })

  test('follows a move for good from then on, with the ids and the scope of before', async () => {
    const paths: (string | undefined)[] = []
    const base = await serve((request, response) => {
      paths.push(request.url)
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end()
      else
        response.end(
          `<rss version="2.0"><channel><item><guid>17</guid><title>${paths.length}</title></item></channel></rss>`,
        )
    })
    const first = batchOf(await poll(`${base}/old`))
    const second = batchOf(await poll(`${base}/old`, first.cursor))
    expect(paths).toEqual(['/old', '/new', '/new'])
    const idOf = ({ items: [item] }: HeardBatch) =>
      item?.kind === 'post' ? [item.post.scope, item.post.externalId] : null
    expect(idOf(first)).toEqual([new URL(base).host, '/old#17'])
    expect(idOf(second)).toEqual(idOf(first))
  })

  test('does not remember a move for now, nor the cursor of another address', async () => {
    const paths: (string | undefined)[] = []
    const base = await serve((request, response) => {
      paths.push(request.url)
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end()
      else response.writeHead(200, { etag: 'x' }).end(rss('a'))
    })
    const first = batchOf(await poll(`${base}/old`))
    await poll(`${base}/old`, first.cursor)
    expect(textsOf(batchOf(await poll(`${base}/other`, first.cursor)))).toEqual(['a'])
    expect(paths).toEqual(['/old', '/new', '/old', '/new', '/other'])
  })

  test('reads gzip and the charset of the header', async () => {
    const base = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/xml; charset=iso-8859-1' })
      response.end(gzipSync(Buffer.from(rss('Grüße'), 'latin1')))
    })
    expect(textsOf(batchOf(await poll(base)))).toEqual(['Grüße'])
  })

  const failing: [string, number, Record<string, string>, object][] = [
    [
      '429 with seconds',
      429,
      { 'retry-after': '120' },
      { name: 'rate-limited', until: new Date('2026-03-01T12:02:00Z') },
    ],
    [
      '429 with a date',
      429,
      { 'retry-after': 'Sun, 01 Mar 2026 13:00:00 GMT' },
      { name: 'rate-limited', until: new Date('2026-03-01T13:00:00Z') },
    ],
    ['429 with nothing', 429, {}, { name: 'rate-limited', until: new Date('2026-03-01T12:15:00Z') }],
    [
      '503 with a year',
      503,
      { 'retry-after': '31536000' },
      { name: 'rate-limited', until: new Date('2026-03-02T12:00:00Z') },
    ],
    ['503', 503, {}, { name: 'upstream', detail: 'HTTP 503' }],
    ['404', 404, {}, { name: 'upstream', detail: 'HTTP 404' }],
    ['410', 410, {}, { name: 'gone' }],
    ['403', 403, {}, { name: 'refused' }],
    ['401', 401, {}, { name: 'refused' }],
  ]
  test.each(failing)('names %s', async (_name, status, headers, failure) => {
    const base = await serve((_request, response) => response.writeHead(status, headers).end('no'))
    expect(await poll(base)).toMatchObject({ ok: false, failure })
  })

  test('names cut connections, silence, foreign content and private addresses', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/cut')
        response.writeHead(200, { 'content-length': '900' }).write('<rss>', () => request.destroy())
      else if (request.url === '/page') response.end('<html><p>Hello</p></html>')
      else if (request.url === '/large') response.end(Buffer.alloc(10 * 1024 * 1024 + 1, 32))
      else response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
    })
    const nameOf = async (path: string) => {
      const outcome = await poll(base + path)
      return outcome.ok ? 'heard' : outcome.failure.name
    }
    expect(await nameOf('/cut')).toBe('unreachable')
    expect(await nameOf('/page')).toBe('malformed')
    expect(await nameOf('/large')).toBe('malformed')
    expect(await nameOf('/private')).toBe('forbidden-address')
  })

  test('stops waiting when told to', async () => {
    const base = await serve(() => {})
    const outcome = await connector.poll(
      { settings: { address: base }, credentials: null },
      null,
      AbortSignal.timeout(50),
    )
    expect(outcome).toMatchObject({ ok: false, failure: { name: 'unreachable' } })
  })
})

describe('checking', () => {
  test('takes a feed by its title and its lasting address', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/') response.writeHead(301, { location: '/feed' }).end()
      else response.end(rss('a'))
    })
    expect(await check(`${base}/`)).toEqual({
      ok: true,
      value: { name: 'Blog', author: null, settings: { address: `${base}/feed` } },
    })
  })

  test('finds the feed that a page links, comments last', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/blog/') {
        response.end(`<!doctype html><head><base href="/files/"><link rel="alternate" type="application/rss+xml" title="Kommentare" href="comments.xml">
          <LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" href="main.xml"><link rel="stylesheet" href="x.css"></head>`)
      } else response.end(rss(request.url ?? ''))
    })
    expect(await check(`${base}/blog/`)).toMatchObject({
      ok: true,
      value: { settings: { address: `${base}/files/main.xml` } },
    })
  })

  test('looks in the common places when the page links none', async () => {
    const asked: IncomingMessage['url'][] = []
    const base = await serve((request, response) => {
      asked.push(request.url)
      if (request.url === '/atom.xml') response.end(rss('a'))
      else response.writeHead(request.url === '/' ? 200 : 404).end('<p>Hello</p>')
    })
    expect(await check(base)).toMatchObject({ ok: true, value: { settings: { address: `${base}/atom.xml` } } })
    expect(asked).toEqual(['/', '/feed', '/rss', '/feed.xml', '/atom.xml'])
  })

  test('says when there is none', async () => {
    const base = await serve((request, response) =>
      response.writeHead(request.url === '/' ? 200 : 404).end('<p>Hello</p>'),
    )
    expect(await check(base)).toMatchObject({ ok: false, failure: { name: 'malformed', detail: 'not a feed' } })
    expect(await check(`${base}/nowhere`)).toMatchObject({ ok: false, failure: { name: 'gone' } })
  })
})
