import { createServer, type Server } from 'node:http'
import { ResizeFit, Transformer } from '@napi-rs/image'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HeardAuthor } from '../../connectors/index.ts'
import { explain } from '../../platform/testing/explain.ts'
import { takeFromSource } from '../intake.ts'
import { forgetExpiredIn } from '../retention.ts'
import { anAuthor, aPost, heard, minutesAfterNoon } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { flagsQuery } from './flags.ts'
import { bitsApart, differenceHash, SAME_BITS_MAX } from './picture-hash.ts'
import { heardSince, watchSome } from './watch.ts'

let test: ListeningTest
let web: Server
let address = ''
let asked: string[] = []
let next = 0

/** A picture with something on it: bands of brightness, from a seed. */
function picture(seed: number, side: number): Promise<Buffer> {
  const points = new Uint8Array(side * side * 4)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [Math.floor(((at % side) / side) * 8), Math.floor((Math.floor(at / side) / side) * 8)]
    points.fill((Math.imul(x + 3, y + seed) * 37) % 256, at * 4, at * 4 + 3)
    points[at * 4 + 3] = 255
  }
  return Transformer.fromRgbaPixels(points, side, side).png()
}

beforeAll(async () => {
  const shown: Record<string, Buffer> = {
    '/ours.png': await picture(5, 200),
    '/copy.png': await picture(5, 96),
    '/other.png': await picture(11, 96),
    '/broken.png': Buffer.from('not a picture'),
  }
  web = createServer((request, response) => {
    asked.push(request.url ?? '')
    const body = shown[request.url ?? '']
    response.writeHead(body ? 200 : 404, { 'content-type': 'image/png' }).end(body)
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  const place = web.address()
  address = `http://127.0.0.1:${typeof place === 'object' ? place?.port : ''}`
})
beforeEach(async () => {
  if (test) await test.close()
  test = await listeningTest()
  test.services.config.allowPrivate = ['127.0.0.0/8']
  asked = []
  await hear(anAuthor('klinkerlaut', { name: 'Klinkerlaut', avatarUrl: `${address}/ours.png` }))
  await test.inWorkspace((tx) => sql`update author set own = true`.execute(tx.sql))
})
afterAll(async () => {
  web.close()
  await test.close()
})

const hear = (...authors: HeardAuthor[]) =>
  takeFromSource(
    test.services,
    heard(...authors.map((author) => aPost(`post ${next++}`, 'hello', { author, publishedAt: test.clock.now() }))),
    {
      workspaceId: test.workspaceId,
      sourceId: '01a20000-0000-7000-8000-000000000001',
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: false,
    },
  )
const watch = async () => {
  while (await watchSome(test.services, test.workspaceId));
}
interface Flagged {
  author: { authorId: string; handle: string }
  own: { handle: string }
  strength: number
  reasons: { kind: string }[]
  picture: string
  decided: { because: string } | null
}
const list = async (state = 'open') =>
  (await test.ask<{ items: Flagged[] }>('listening.impersonation.list', { state })).items
const handles = async (state?: string) => (await list(state)).map(({ author }) => author.handle)
const later = (minutes: number) => {
  test.clock.at = new Date(test.clock.at.getTime() + minutes * 60_000)
}

describe('the watch', () => {
  it('flags who resembles us, with reasons, and tells it once', async () => {
    await hear(anAuthor('klinkerlaut_support'), anAuthor('mila'), anAuthor('kIinkerlaut'))
    await watch()
    later(1)
    await hear(anAuthor('klinkerlaut_support'))
    await watch()
    const items = await list()
    expect(
      items.map(({ author, own, reasons }) => [author.handle, own.handle, reasons.map(({ kind }) => kind)]),
    ).toEqual(
      expect.arrayContaining([
        ['klinkerlaut_support', 'klinkerlaut', ['added-words', 'same-name']],
        ['kIinkerlaut', 'klinkerlaut', ['look-alike-letters', 'look-alike-name']],
      ]),
    )
    expect(items).toHaveLength(2)
    expect((await test.events()).filter(({ type }) => type === 'impersonation.flagged')).toHaveLength(2)
    expect(await test.ask('listening.impersonation.count', {})).toEqual({ open: 2 })
  })

  it('fetches pictures only of those who resemble us already, and says what could not be compared', async () => {
    await hear(
      anAuthor('lena', { name: 'Klinkerlaut', avatarUrl: `${address}/copy.png` }),
      anAuthor('joris', { name: 'Klinkerlaut', avatarUrl: `${address}/other.png` }),
      anAuthor('mila', { avatarUrl: `${address}/copy.png?mila` }),
      anAuthor('klinkerlauts', { avatarUrl: `${address}/broken.png` }),
      anAuthor('klinkerlautt', { avatarUrl: `${address}/gone.png` }),
      anAuthor('klinkerlauth'),
    )
    await watch()
    const items = await list()
    expect(Object.fromEntries(items.map(({ author, picture }) => [author.handle, picture]))).toEqual({
      lena: 'compared',
      klinkerlauts: 'unreadable',
      klinkerlautt: 'unreachable',
      klinkerlauth: 'none',
    })
    const lena = items.find(({ author }) => author.handle === 'lena')
    expect(lena?.reasons.map(({ kind }) => kind)).toEqual(['same-name', 'same-picture'])
    expect(asked).not.toContain('/copy.png?mila')
  })

  it('looks again at whoever changes, and at everybody when our accounts change', async () => {
    const lena = anAuthor('lena')
    await hear(lena, anAuthor('lumenhaus_help'))
    await watch()
    expect(await handles()).toEqual([])
    later(30)
    await hear({ ...lena, handle: 'klinkerlaut-hilfe' })
    await watch()
    expect(await handles()).toEqual(['klinkerlaut-hilfe'])
    later(30)
    await hear({ ...lena, handle: 'lena' }, anAuthor('lumenhaus'))
    await watch()
    expect(await handles()).toEqual([])
    await test.inWorkspace((tx) => sql`update author set own = true where handle = 'lumenhaus'`.execute(tx.sql))
    await watch()
    expect(await handles()).toEqual(['lumenhaus_help'])
  })

  it('never flags an account of ours, also when it becomes ours later', async () => {
    await hear(anAuthor('klinkerlaut_help'))
    await watch()
    expect(await handles()).toEqual(['klinkerlaut_help'])
    await test.inWorkspace((tx) => sql`update author set own = true`.execute(tx.sql))
    await watch()
    expect(await handles()).toEqual([])
  })

  it('goes with the account', async () => {
    await hear(anAuthor('klinkerlaut_help'))
    await watch()
    later(32 * 24 * 60)
    await forgetExpiredIn(test.services, test.workspaceId)
    expect(await test.rows(sql`select 1 from impersonation`)).toEqual([])
  })
})

describe('a decision', () => {
  const decide = async (verb: string, because?: string) => {
    const [flag] = await list(verb === 'reopen' ? 'dismissed' : 'open')
    const input = { authorId: flag?.author.authorId, ...(because ? { because } : {}) }
    const as = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    return test.call(`listening.impersonation.${verb}`, input, as)
  }

  it('needs a reason, stays with the account, and is asked for again only for other reasons', async () => {
    const fan = anAuthor('klinkerlaut_team')
    await hear(fan)
    await watch()
    expect((await decide('dismiss')).status).toBe(400)
    expect((await decide('dismiss', 'Our fan club')).status).toBe(200)
    later(10)
    await hear(fan)
    await watch()
    expect(await handles()).toEqual([])
    expect((await list('dismissed'))[0]?.decided?.because).toBe('Our fan club')
    later(10)
    await hear({ ...fan, name: 'Klinkerlaut', avatarUrl: `${address}/copy.png` })
    await watch()
    expect(await handles()).toEqual(['klinkerlaut_team'])
  })

  it('can be taken back, is refused twice, and is told without its words', async () => {
    await hear(anAuthor('klinkerlaut_team'))
    await watch()
    const [flag] = await list()
    await decide('dismiss', 'secret words')
    const as = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    const again = await test.call(
      'listening.impersonation.dismiss',
      { authorId: flag?.author.authorId, because: 'twice' },
      as,
    )
    expect(again.status).toBe(409)
    await decide('reopen')
    await decide('confirm', 'asks for passwords')
    expect(await handles('confirmed')).toEqual(['klinkerlaut_team'])
    const told = (await test.events()).filter(({ type }) => type.startsWith('impersonation.'))
    expect(told.map(({ type }) => type.split('.')[1])).toEqual(['flagged', 'dismissed', 'reopened', 'confirmed'])
    expect(JSON.stringify(told)).not.toContain('secret')
  })

  it('is not seen from another workspace', async () => {
    await hear(anAuthor('klinkerlaut_team'))
    await watch()
    const other = await test.createWorkspace('Other')
    const as = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await test.call('listening.impersonation.list', {}, as)).body).toMatchObject({ items: [] })
    const [flag] = await list()
    const input = { authorId: flag?.author.authorId, because: 'not mine' }
    expect((await test.call('listening.impersonation.dismiss', input, as)).status).toBe(404)
  })
})

describe('the parts', () => {
  it('see a copy of a picture in another size, and another picture as another', async () => {
    const hashOf = async (bytes: Buffer) => {
      const points = await new Transformer(bytes)
        .resize({ width: 9, height: 8, fit: ResizeFit.Fill })
        .grayscale()
        .rawPixels()
      return differenceHash(points, points.length / 72) as string
    }
    const [ours, copy, other] = [
      await hashOf(await picture(5, 200)),
      await hashOf(await picture(5, 64)),
      await hashOf(await picture(11, 64)),
    ]
    expect(bitsApart(ours, copy)).toBeLessThanOrEqual(SAME_BITS_MAX)
    expect(bitsApart(ours, other)).toBeGreaterThan(SAME_BITS_MAX)
    expect(differenceHash(new Uint8Array(72), 1)).toBeNull()
  })

  it('are read by an index under row-level security', async () => {
    const walk = { heardUntil: minutesAfterNoon(0), afterAuthorId: '00000000-0000-0000-0000-000000000000' }
    const plans = await explain(test, [
      [heardSince(test.workspaceId, walk), 'author_last_heard'],
      [flagsQuery(test.workspaceId, 'open', null, 50), 'impersonation_list'],
    ])
    for (const { usesIndex, plan } of plans) expect(usesIndex, plan).toBe(true)
  })
})
