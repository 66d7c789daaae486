import { once } from 'node:events'
import { globSync } from 'node:fs'
import { utimes } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trimMediaCache } from './media-cache.ts'
import { rangeOf } from './media-routes.ts'
import { mediaTypeOf } from './media-type.ts'
import { type Desk, openDesk } from './testing/desk.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let desk: Desk
let host: Server
let base = ''
const seen: IncomingHttpHeaders[] = []
const answers: Record<string, () => [type: string, body: Buffer]> = {
  '/a.png': () => ['image/png', PNG],
  '/page.png': () => ['image/png', Buffer.from('<html><script>alert(1)</script></html>')],
  '/drawing.svg': () => ['image/svg+xml', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')],
  '/huge.png': () => ['image/png', Buffer.concat([PNG, Buffer.alloc(21 * 1024 * 1024)])],
}
let postId = ''

beforeAll(async () => {
  host = createServer((request, response) => {
    seen.push(request.headers)
    const [type, body] = answers[request.url ?? '']?.() ?? ['text/plain', Buffer.from('no')]
    response.writeHead(answers[request.url ?? ''] ? 200 : 404, { 'content-type': type, 'set-cookie': 'track=1' })
    response.end(body)
  })
  host.listen(0, '127.0.0.1')
  await once(host, 'listening')
  base = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
  desk = await openDesk()
  const uri = desk.says('painter.test', '@nordwind.test Look!')
  await desk.hear()
  const media = [...Object.keys(answers), '/gone.png'].map((name) => ({
    kind: 'image',
    url: `${base}${name}`,
    previewUrl: `${base}/a.png`,
    alt: '',
    mediaType: null,
  }))
  const [post] = await desk.rows(
    sql<{
      post_id: string
    }>`update post set media = ${JSON.stringify(media)} where external_id = ${uri} returning post_id`,
  )
  postId = post?.post_id ?? ''
})
afterAll(async () => {
  await desk.close()
  host.close()
})

const get = (address: string, headers: Record<string, string> = {}) =>
  desk.app.request(`${address}?workspace=${desk.workspaceId}`, { headers: { cookie: desk.anna.cookie, ...headers } })

describe('the media proxy', () => {
  it('shows a picture of a stored post, with no trace of the reader, and asks for it once', async () => {
    const answer = await get(`/media/posts/${postId}/0`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true)
    expect((await get(`/media/posts/${postId}/0/preview`)).status).toBe(200)
    expect(seen).toHaveLength(1)
    expect(seen[0]).not.toHaveProperty('cookie')
    expect(seen[0]).not.toHaveProperty('referer')
  })

  it('shows nothing that is no picture or film by its own bytes, or is too large, or gone', async () => {
    for (const index of [1, 2, 3, 4, 5]) expect((await get(`/media/posts/${postId}/${index}`)).status).toBe(404)
  })

  it('asks who reads, and knows no other addresses than those of stored posts', async () => {
    expect((await desk.app.request(`/media/posts/${postId}/0?workspace=${desk.workspaceId}`)).status).toBe(401)
    expect((await get('/media/posts/01a20000-0000-7000-8000-000000000001/0')).status).toBe(404)
    expect((await get(`/media/posts/${encodeURIComponent(`${base}/a.png`)}/0`)).status).toBe(404)
    const other = await desk.app.createWorkspace('Elsewhere')
    const foreign = await desk.app.request(`/media/posts/${postId}/0?workspace=${other.workspaceId}`, {
      headers: { cookie: other.owner.cookie },
    })
    expect(foreign.status).toBe(404)
  })

  it('does not reach into the house when that is not allowed', async () => {
    const { allowPrivate } = desk.services.config
    const allowed = allowPrivate.splice(0)
    await desk.rows(sql`update post set media = jsonb_build_array(jsonb_build_object('kind', 'image', 'url',
      ${`${base}/a.png?inside`}::text, 'previewUrl', null, 'alt', '', 'mediaType', null)) where post_id = ${postId}`)
    const before = seen.length
    expect((await get(`/media/posts/${postId}/0`)).status).toBe(404)
    expect(seen).toHaveLength(before)
    allowPrivate.push(...allowed)
  })

  it('forgets what is old', async () => {
    const folder = path.join(desk.services.config.home, 'media-cache')
    const [file] = globSync('*/*', { cwd: folder })
    const old = new Date(Date.now() - 25 * 3_600_000)
    await utimes(path.join(folder, file ?? ''), old, old)
    expect(await trimMediaCache(desk.services)).toBe(1)
    expect(globSync('*/*', { cwd: folder })).toEqual([])
  })
})

describe('a film in pieces', () => {
  let filmId = ''
  const film = (place = '') => `/media/posts/${filmId}/0/film${place}`

  beforeAll(async () => {
    const said = { text: '@nordwind.test It blinks', film: { alt: 'A lamp' } }
    const { uri } = desk.twin.control.post({ by: 'painter.test', ...said })
    await desk.hear()
    const [post] = await desk.rows(sql<{ post_id: string }>`select post_id from post where external_id = ${uri}`)
    filmId = post?.post_id ?? ''
  })

  it('is led from the playlist that the post states to its pieces, by addresses of ours alone', async () => {
    const qualities = await get(film())
    expect(qualities.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
    const listed = await qualities.text()
    expect(listed).toContain(`${film('/0')}?workspace=${desk.workspaceId}`)
    expect(listed).not.toContain(desk.twin.urls.base)
    const pieces = await (await get(film('/0'))).text()
    expect(pieces.match(/film\/0-\d\?/g)).toEqual(['film/0-0?', 'film/0-1?', 'film/0-2?'])
    const piece = await get(film('/0-2'))
    expect(piece.headers.get('content-type')).toBe('video/mp2t')
    expect((await piece.arrayBuffer()).byteLength).toBeGreaterThan(50_000)
  })

  it('has no other places than those, for nobody else, and not as a file', async () => {
    for (const place of ['/1', '/0-3', '/9999-9999', '/0-0-0', '/0--', '/-'])
      expect((await get(film(place))).status).toBe(404)
    expect((await get(`/media/posts/${filmId}/0`)).status).toBe(404)
    expect((await get(`/media/posts/${postId}/0/film`)).status).toBe(404)
    expect((await desk.app.request(`${film()}?workspace=${desk.workspaceId}`)).status).toBe(401)
  })

  it('does not lead into the house when that is not allowed', async () => {
    const { allowPrivate } = desk.services.config
    const allowed = allowPrivate.splice(0)
    await desk.rows(sql`update post set media = jsonb_set(media, '{0,url}', to_jsonb((media->0->>'url') || '?inside'))
      where post_id = ${filmId}`)
    expect((await get(film())).status).toBe(404)
    allowPrivate.push(...allowed)
  })
})

describe('a medium', () => {
  it('is known by its first bytes', () => {
    const box = (brand: string) => Buffer.concat([Buffer.alloc(4), Buffer.from(`ftyp${brand}`)])
    expect(mediaTypeOf(box('isom'))).toBe('video/mp4')
    expect(mediaTypeOf(box('avif'))).toBe('image/avif')
    expect(mediaTypeOf(Buffer.from('#EXTM3U'))).toBeNull()
    expect(mediaTypeOf(Buffer.from('GIF89a'))).toBe('image/gif')
    expect(mediaTypeOf(Buffer.alloc(0))).toBeNull()
  })

  it('is given in the range that was asked for', () => {
    expect(rangeOf('bytes=0-', 10)).toEqual({ from: 0, to: 9 })
    expect(rangeOf('bytes=2-5', 10)).toEqual({ from: 2, to: 5 })
    expect(rangeOf('bytes=-3', 10)).toEqual({ from: 7, to: 9 })
    expect(rangeOf('bytes=20-', 10)).toBeNull()
    expect(rangeOf('bytes=5-2', 10)).toBeNull()
    expect(rangeOf(undefined, 10)).toBeNull()
  })
})
