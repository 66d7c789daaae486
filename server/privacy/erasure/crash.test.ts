import { fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeFromSource } from '../../listening/intake.ts'
import { anAuthor, aPost, heard } from '../../listening/testing/heard.ts'
import { beginPersonOf } from '../../people/index.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { createTestApp, type TestApp } from '../../testing/app.ts'
import type { ErasingTask } from '../testing/erasing-child.ts'
import { readManifest } from './manifest.ts'

/** Each time somewhere else: before the first batch, among the posts, and shortly before the end. */
const KILLS_AFTER_STEPS = [1, 8, 30]
/** Several batches of the widest table. */
const POSTS = 700

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app?.close())

const inWorkspace = <T>(work: Parameters<typeof app.services.database.inWorkspace<T>>[2]) =>
  app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, work)
const rows = <Row>(query: ReturnType<typeof sql<Row>>) => inWorkspace(async (tx) => (await query.execute(tx.sql)).rows)

interface ErasureRow {
  state: string
  steps: number
  attempts: number
  emptied: number
}
const erasure = async () =>
  (
    await rows(sql<ErasureRow>`select state, cardinality(steps_done) as steps, attempts,
      coalesce((report ->> 'post')::int, 0) as emptied from erasure`)
  )[0] as ErasureRow

/** A worker lives until `enough`, and is killed with SIGKILL. */
async function liveUntil(enough: (row: ErasureRow) => boolean): Promise<ErasureRow> {
  const task: ErasingTask = { connection: app.services.database.connection, home: app.services.config.home }
  const child = fork(path.join(import.meta.dirname, '../testing/erasing-child.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  child.send(task)
  const until = Date.now() + 60_000
  while (!enough(await erasure()) && Date.now() < until) await delay(2)
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  return erasure()
}

describe('a worker killed with SIGKILL amid an erasure', () => {
  it('leaves what the next one finishes: all of it is gone, once, and nothing of others', async () => {
    const frieda = anAuthor('frieda-fisch')
    const items = Array.from({ length: POSTS }, (_, at) => aPost(`f${at}`, `Seerose ${at}`, { author: frieda }))
    const others = Array.from({ length: 20 }, (_, at) => aPost(`o${at}`, `canoe ${at}`, { author: anAuthor('otto') }))
    await takeFromSource(app.services, heard(...items, ...others), {
      workspaceId: app.workspace.workspaceId,
      sourceId: newId(),
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    })
    const [author] = await rows(sql<{ author_id: string }>`select author_id from author where handle = 'frieda-fisch'`)
    const { personId } = await inWorkspace((tx) =>
      beginPersonOf(
        tx,
        { authorId: author?.author_id ?? '', because: 'agent', reason: '', evidence: {}, legalBasis: 'contract' },
        new Date(),
      ),
    )
    const owner = { cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId }
    const [person] = await rows(sql<{ name: string }>`select name from person where person_id = ${personId}`)
    const ordered = await app.call('privacy.erasures.create', { personId, name: person?.name }, owner)
    expect(ordered.status).toBe(200)
    const seen: ErasureRow[] = []
    for (const steps of KILLS_AFTER_STEPS) {
      seen.push(await liveUntil((row) => row.steps >= steps))
      // Two minutes pass, after which nobody waits any more for the one that died.
      await rows(sql`update erasure set lease_until = now() - interval '1 second' where state <> 'done'`)
    }
    expect(seen[0]?.state).toBe('running')
    await liveUntil(({ state }) => state === 'done')
    const done = await erasure()
    expect(done.state).toBe('done')
    expect(done.attempts).toBeGreaterThanOrEqual(2)
    expect(done.emptied).toBe(POSTS)
    const left = await rows(sql`select from post where text like '%Seerose%'`)
    expect(left).toEqual([])
    expect(await rows(sql`select from author where handle = 'frieda-fisch'`)).toEqual([])
    expect(await rows(sql`select from post where text like 'canoe %'`)).toHaveLength(20)
    expect(await rows(sql`select from event where type = 'erasure.done'`)).toHaveLength(1)
    // A kill between the manifest's line and its step writes the line again; both are one.
    const manifest = await readManifest(app.services.config)
    expect(manifest).toHaveLength(1)
  }, 240_000)
})
