import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './inbox/testing/desk.ts'
import { indexAll } from './listening/search-index.ts'
import { queryAsAdmin } from './platform/testing/database.ts'

/** A word that stands in the post and nowhere else. */
const WORD = 'Zwergspringmaus'

let desk: Desk
let host: Server
beforeAll(async () => {
  desk = await openDesk()
  const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(WORD)])
  host = createServer((_, response) => void response.end(picture))
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await desk?.close()
  host?.close()
})

async function addPicture(uri: string): Promise<void> {
  const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/picture.png`
  const media = JSON.stringify([{ kind: 'image', url, previewUrl: null, alt: WORD, mediaType: null }])
  await desk.rows(sql`update post set media = ${media}::jsonb where external_id = ${uri}`)
}

/** Every row of every table, the installation's own included, in which the word stands. */
async function rowsWith(word: string): Promise<string[]> {
  const tables = await queryAsAdmin<{ name: string }>(
    desk.app.test.admin,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'system', 'graphile_worker') order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await queryAsAdmin(desk.app.test.admin, `select 1 from ${name} t where t::text ilike $1 limit 1`, [
      `%${word}%`,
    ])
    if (rows.length > 0) found.push(name)
  }
  return found
}

async function filesWith(word: string): Promise<string[]> {
  const home = desk.services.config.home
  const found: string[] = []
  for (const name of await readdir(home, { recursive: true })) {
    const bytes = await readFile(path.join(home, name)).catch(() => null)
    if (bytes?.includes(word)) found.push(name)
  }
  return found
}

describe('a post that its author deletes', () => {
  it('leaves a tombstone everywhere and its words nowhere', async () => {
    await desk.ask('listening.topics.create', { name: 'Parcels', query: 'parcel', languages: ['en'], kind: 'brand' })
    const uri = desk.says('kunde.test', `@nordwind.test my ${WORD} parcel https://example.org/${WORD}`)
    await desk.hear()
    const { conversationId, lastPost } = await desk.conversationOf('kunde.test')
    await addPicture(uri)
    await indexAll(desk.services, desk.workspaceId)
    const picture = `/media/posts/${lastPost?.postId}/0?workspace=${desk.workspaceId}`
    const look = async () => (await desk.app.request(picture, { headers: { cookie: desk.anna.cookie } })).status
    expect(await look()).toBe(200)
    expect(await rowsWith(WORD)).toEqual(['public.post', 'public.post_term', 'public.tally_entry'])
    expect(await filesWith(WORD)).toHaveLength(1)

    const startedAt = performance.now()
    await desk.hearDeletion(uri)
    expect(performance.now() - startedAt).toBeLessThan(60_000)
    expect(await rowsWith(WORD)).toEqual([])
    expect(await filesWith(WORD)).toEqual([])
    expect(await look()).toBe(404)
    const shown = await Promise.all([
      desk.ask('inbox.conversations.get', { conversationId }),
      desk.ask('inbox.conversations.list', {}),
      desk.ask('notifications.list', {}),
      desk.ask('listening.posts.search', {}),
      desk.ask('privacy.trail.list', {}),
    ])
    expect(shown.filter((body) => JSON.stringify(body).includes(WORD))).toEqual([])
    expect(await desk.ask('listening.posts.search', { query: WORD })).toMatchObject({ items: [] })
  })
})
