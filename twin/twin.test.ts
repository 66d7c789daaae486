import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AtpAgent } from '@atproto/api'
import { parseFeed } from 'feedsmith'
import { afterEach, describe, expect, test } from 'vitest'
import { incidents, sites } from '../seeds/index.ts'
import { startTwin, type Twin, type TwinOptions } from './twin.ts'

const open: Twin[] = []
afterEach(async () => {
  for (const twin of open.splice(0)) await twin.stop()
})

async function start(options: TwinOptions = {}): Promise<Twin> {
  const twin = await startTwin(options)
  open.push(twin)
  return twin
}

const direct = (twin: Twin, name: string, body: unknown, type = 'application/json') =>
  fetch(`${twin.urls.base}/_twin/${name}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  })

async function brand(twin: Twin): Promise<AtpAgent> {
  const agent = new AtpAgent({ service: twin.urls.base })
  await agent.login({ identifier: 'kobaltfon.test', password: 'twin-kobaltfon-2222' })
  return agent
}

describe('the network', () => {
  test('serves the client library unchanged: session, thread, search, feed, notifications, pictures', async () => {
    const twin = await start()
    const agent = await brand(twin)
    const { data: found } = await agent.app.bsky.feed.searchPosts({ q: '"drei Tagen" kobaltfon.test' })
    const [hit] = found.posts
    expect(hit?.author.handle).toBe('arne-pendelt.test')
    const { data } = await agent.getPostThread({ uri: hit?.uri ?? '' })
    expect((data.thread as { replies: unknown[] }).replies).toHaveLength(1)
    const { data: told } = await agent.listNotifications({ limit: 100 })
    expect(told.notifications.length).toBeGreaterThan(20)
    const { data: pictured } = await agent.app.bsky.feed.searchPosts({ q: 'Moos beloofd' })
    const { images } = (pictured.posts[0] as { embed: unknown }).embed as { images: { fullsize: string }[] }
    const picture = await fetch(images[0]?.fullsize ?? '')
    expect(picture.headers.get('content-type')).toBe('image/png')
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  test('pages run through by cursor give every notification once', async () => {
    const agent = await brand(await start())
    const uris: string[] = []
    let cursor: string | undefined
    do {
      const { data } = await agent.listNotifications({ limit: 7, ...(cursor ? { cursor } : {}) })
      uris.push(...data.notifications.map((entry) => `${entry.uri} ${entry.reason}`))
      cursor = data.cursor
    } while (cursor)
    expect(uris.length).toBeGreaterThan(20)
    expect(new Set(uris).size).toBe(uris.length)
  })

  test('whoever was taken down is gone from lists, pages and pictures', async () => {
    const twin = await start()
    const { uri } = twin.control.post({ by: 'gregor-m.test', text: 'bald weg' })
    const page = `${twin.urls.base}/profile/gregor-m.test/post/${uri.split('/').at(-1)}`
    expect((await fetch(page)).status).toBe(200)
    twin.control.status({ account: 'gregor-m.test', status: 'takendown' })
    expect((await fetch(page)).status).toBe(404)
    const agent = await brand(twin)
    await expect(agent.getProfile({ actor: 'gregor-m.test' })).rejects.toThrow('suspended')
    await expect(agent.getPostThread({ uri })).rejects.toMatchObject({ error: 'NotFound' })
  })

  test('the start page begins bad days, and ends them', async () => {
    const twin = await start({ story: false })
    const page = await (await fetch(twin.urls.base)).text()
    const buttons = [...page.matchAll(/data-control="(\w+)" data-input="([^"]*)"/g)].map(
      ([, control = '', input = '']) => ({
        control,
        body: JSON.parse(input.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))),
      }),
    )
    const press = async (control: string) => {
      for (const button of buttons.filter((each) => each.control === control))
        expect((await direct(twin, button.control, button.body)).status).toBe(200)
    }
    const feed = `${twin.urls.site('paklicht')}rss.xml`
    await press('fault')
    expect((await fetch(feed)).status).toBe(503)
    await press('clearFaults')
    expect((await fetch(feed)).status).toBe(200)
  })

  test('pages escape what people say', async () => {
    const twin = await start({ story: false })
    twin.control.account({ handle: 'mallory.test', name: '<img src=x onerror=alert(1)>' })
    const { uri } = twin.control.post({ by: 'mallory.test', text: '</p><script>alert(1)</script>"\'' })
    for (const path of ['/', '/profile/mallory.test', `/profile/mallory.test/post/${uri.split('/').at(-1)}`]) {
      const response = await fetch(twin.urls.base + path)
      const text = await response.text()
      expect(text).not.toMatch(/<script>alert|<img src=x/)
      expect(text).toContain('&#60;script&#62;')
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    }
  })
})

describe('the sites', () => {
  test.each(sites.map((site) => site.key))('%s announces a feed that can be read in all three formats', async (key) => {
    const twin = await start()
    const front = await (await fetch(twin.urls.site(key))).text()
    const announced = /rel="alternate"[^>]*href="([^"]+)"/.exec(front)?.[1] ?? ''
    expect((await fetch(new URL(announced, twin.urls.base))).status).toBe(200)
    for (const format of ['rss.xml', 'atom.xml', 'feed.json'] as const) {
      const { feed } = parseFeed(await (await fetch(twin.urls.feed(key, format))).text())
      const { entries = [], items = [] } = feed as { entries?: unknown[]; items?: unknown[] }
      expect(entries.length + items.length).toBe(twin.world.articles.get(key)?.size)
    }
  })

  test('a feed that has not changed is not sent again', async () => {
    const twin = await start()
    const address = twin.urls.feed('paklicht', 'atom.xml')
    const first = await fetch(address)
    const etag = first.headers.get('etag') ?? ''
    const ask = (headers: Record<string, string>) => fetch(address, { headers })
    expect((await ask({ 'if-none-match': etag })).status).toBe(304)
    expect((await ask({ 'if-modified-since': first.headers.get('last-modified') ?? '' })).status).toBe(304)
    twin.control.article({ site: 'paklicht', id: 'kiekendief-winter', html: '<p>Anders.</p>' })
    expect((await ask({ 'if-none-match': etag })).status).toBe(200)
  })
})

describe('the director', () => {
  test('starts each incident by its name, and its events come', async () => {
    const twin = await start({ speed: 10_000 })
    for (const { key, events } of incidents) {
      const response = await direct(twin, 'incident', { key })
      expect(await response.json()).toEqual({ events: events.length })
    }
    await expect
      .poll(() => twin.world.articles.get('tagesblick-nord')?.has('kobaltfon-ausfall'), { timeout: 20_000 })
      .toBe(true)
    await expect
      .poll(() => twin.world.accountOf('kobaltfon-kundenservice.test')?.status, { timeout: 20_000 })
      .toBe('takendown')
    expect((await direct(twin, 'incident', { key: 'flood' })).status).toBe(404)
  })

  test('takes JSON alone, and only what it knows', async () => {
    const twin = await start({ story: false })
    expect((await direct(twin, 'speed', { speed: 3 }, 'text/plain')).status).toBe(415)
    expect((await direct(twin, 'speed', { speed: 'fast' })).status).toBe(400)
    expect((await direct(twin, 'constructor', {})).status).toBe(404)
    expect(await (await direct(twin, 'speed', { speed: 3 })).json()).toEqual({ speed: 3 })
  })

  test('a change of speed does not swallow an incident', async () => {
    const twin = await start({ speed: 2_000 })
    twin.control.incident({ key: 'rumour' })
    twin.control.speed({ speed: 0 })
    const told = () =>
      [...twin.world.records.values()].some((record) => String(record.value.text).includes('zijn kapper'))
    await expect.poll(told, { timeout: 20_000 }).toBe(true)
  })

  test('is not directed from under another name', async () => {
    const twin = await start({ story: false })
    const { hostname, port } = new URL(twin.urls.base)
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example', 'content-type': 'application/json' }
      const call = request({ hostname, port, path: '/_twin/speed', method: 'POST', headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      call.on('error', reject)
      call.end('{"speed":1}')
    })
    expect(status).toBe(403)
  })

  test('tells the story further at will, and stands still at speed 0', async () => {
    const twin = await start()
    const before = twin.world.frames.length
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(twin.world.frames.length).toBe(before)
    twin.control.advance({ count: 12 })
    expect(twin.world.frames.length).toBe(before + 12)
  })
})

test('the same seed and the same moment make the same world', async () => {
  const clock = { now: () => new Date('2026-11-21T12:00:00Z') }
  const [one, other] = [await start({ clock, seed: 5 }), await start({ clock, seed: 5 })]
  const told = (twin: Twin) => {
    twin.control.advance({ count: 50 })
    return [...twin.world.records.values()].map((record) => record.value.text)
  }
  expect(told(one)).toEqual(told(other))
})

test('a world in a folder survives a restart, and a journal cut off in its last line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-twin-'))
  try {
    const first = await startTwin({ folder })
    const { uri } = first.control.post({ by: 'gregor-m.test', text: 'bleibt' })
    first.control.rename({ account: 'gregor-m.test', handle: 'gregor-neu.test' })
    const posts = first.world.records.size
    await first.stop()
    appendFileSync(join(folder, 'changes.jsonl'), '{"kind":"record","did":"did:pl')
    const second = await startTwin({ folder })
    expect(second.world.records.size).toBe(posts)
    expect(second.world.records.get(uri)?.value.text).toBe('bleibt')
    expect(second.world.accountOf('gregor-neu.test')?.status).toBe('active')
    second.control.advance({ count: 1 })
    await second.stop()
    const third = await startTwin({ folder })
    expect(third.world.records.size).toBe(posts + 1)
    await third.stop()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
