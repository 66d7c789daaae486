import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataFolder } from '../../scripts/data-folder.ts'
import { suppress } from '../people/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { importFile, runImport } from './import-run.ts'
import { anAuthor } from './testing/heard.ts'
import { type ListeningTest, listeningTest } from './testing/workspace.ts'

let test: ListeningTest
const dataFile = (name: string) => path.join(dataFolder() ?? 'absent', name)
const airline = dataFile('airline_tweets/Tweets.csv')
const mangled = dataFile('airline_tweets/Tweets_excel_mangled_non_utf8.csv')
const twcs = dataFile('twcs/twcs_first_rows.csv')

beforeAll(async () => {
  test = await listeningTest()
})
afterAll(() => test.close())

const workspace = async (name: string) => (await test.createWorkspace(name)).workspaceId
const run = (workspaceId: string, file: string, settings = {}) =>
  importFile(test.services, { workspaceId, file, actor: SYSTEM, settings })
const count = (workspaceId: string, query: ReturnType<typeof sql<{ n: number }>>) =>
  test.inWorkspace(async (tx) => (await query.execute(tx.sql)).rows[0]?.n, workspaceId)
const write = async (name: string, text: string) => {
  const file = path.join(test.services.config.home, name)
  await writeFile(file, text)
  return file
}
const HEADER = 'id,author,text,created_at,reply_to\n'
const line = (id: number, text = `text ${id}`, parent = '') => `${id},mila,${text},2026-11-20T10:00:00Z,${parent}\n`
const mapping = { id: 'id', author: 'authorHandle', text: 'text', created_at: 'publishedAt', reply_to: 'parentId' }

interface ImportView {
  state: string
  rows: number
  posts: number
  duplicates: number
  rejected: number
  progress: number
  problem: { code: string; message: string } | null
}
const headers = () => ({ cookie: test.workspace.owner.cookie, 'x-rapport-workspace': test.workspaceId })
const upload = async (text: string | Uint8Array<ArrayBuffer>, name = 'posts.csv') => {
  const answer = await test.request(`/files/imports?name=${name}`, { method: 'POST', headers: headers(), body: text })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { importId: string }).importId
}
const get = (importId: string) => test.ask<ImportView>('listening.imports.get', { importId })
const work = (importId: string) => runImport(test.services, test.workspaceId, importId, new AbortController().signal)

describe.skipIf(!existsSync(airline))('real exports', () => {
  it('the airline tweets end in 14,485 posts, and a second run changes nothing', async () => {
    const workspaceId = await workspace('Airlines')
    const first = await run(workspaceId, airline)
    expect(first).toMatchObject({ state: 'done', rows: 14_640, posts: 14_485, duplicates: 155, rejected: 0 })
    expect(await count(workspaceId, sql`select count(*)::int as n from post`)).toBe(14_485)
    expect(await count(workspaceId, sql`select count(*)::int as n from author`)).toBe(first.authors)
    const second = await run(workspaceId, airline)
    expect(second).toMatchObject({ state: 'done', rows: 14_640, posts: 0, duplicates: 14_640, rejected: 0, authors: 0 })
    expect(await count(workspaceId, sql`select count(*)::int as n from post`)).toBe(14_485)
  })

  it('refuses the file that a spreadsheet broke, and says why in words for people', async () => {
    const workspaceId = await workspace('Mangled')
    const outcome = await run(workspaceId, mangled)
    expect(outcome).toMatchObject({ state: 'failed', posts: 0, problem: { code: 'ids-mangled' } })
    expect(outcome.problem?.message).toMatch(/spreadsheet/)
    expect(await count(workspaceId, sql`select count(*)::int as n from post`)).toBe(0)
  })

  it('twcs ends in 5,000 posts with its threads in place', async () => {
    const workspaceId = await workspace('Support')
    expect(await run(workspaceId, twcs)).toMatchObject({ state: 'done', rows: 5_000, posts: 5_000, rejected: 0 })
    const threads = sql<{
      n: number
    }>`select count(distinct coalesce(root_external_id, external_id))::int as n from post`
    expect(await count(workspaceId, threads)).toBe(1_312)
    expect(
      await count(
        workspaceId,
        sql`select count(*)::int as n from post p where parent_external_id is not null and not exists (
        select from post q where q.external_id = p.parent_external_id)`,
      ),
    ).toBe(6)
  })
})

describe('an import in the browser', () => {
  it('is uploaded, looked at, started, read by a worker, and its file is gone', async () => {
    const importId = await upload(HEADER + line(1) + line(2) + line(2))
    const inspection = await test.ask<{ problems: unknown[]; preview: { text: string }[]; format: string }>(
      'listening.imports.inspect',
      { importId, mapping },
    )
    expect(inspection.format).toBe('csv')
    expect(inspection.preview.map((row) => row.text)).toEqual(['text 1', 'text 2', 'text 2'])
    await test.ask('listening.imports.start', { importId, mapping })
    await work(importId)
    expect(await get(importId)).toMatchObject({
      state: 'done',
      progress: 1,
      rows: 3,
      posts: 2,
      duplicates: 1,
      rejected: 0,
    })
    expect(existsSync(path.join(test.services.config.home, 'imports', test.workspaceId, importId))).toBe(false)
    const types = (await test.events()).filter((event) => event.subjects.import === importId).map((event) => event.type)
    expect(types).toEqual(['import.uploaded', 'import.started', 'import.ended'])
  })

  it('keeps good rows, lists the others with their lines, and gives them as a file', async () => {
    const importId = await upload(
      `${HEADER}${line(11)}12,mila,,2026-11-20T10:00:00Z,\n13,mila,=1+1,never,\n${line(14)}`,
    )
    await test.ask('listening.imports.start', { importId, mapping })
    await work(importId)
    expect(await get(importId)).toMatchObject({ rows: 4, posts: 2, rejected: 2 })
    const { items } = await test.ask<{ items: { line: string; code: string }[] }>('listening.imports.rejections', {
      importId,
    })
    expect(items.map(({ line: at, code }) => `${at} ${code}`)).toEqual(['3 text-missing', '4 date-unreadable'])
    const csv = await test.request(`/files/imports/${importId}/rejections.csv`, { headers: headers() })
    const text = await csv.text()
    expect(text).toContain('date-unreadable')
    expect(text.split('\r\n')).toHaveLength(4)
    const german = await test.request(`/files/imports/${importId}/rejections.csv?language=de`, { headers: headers() })
    expect(await german.text()).toContain('Die Zeitangabe „never“ lässt sich nicht lesen.')
  })

  it('goes on after a crash at the last whole batch: no row twice, none left out', async () => {
    const rows = Array.from({ length: 1_700 }, (_, index) => line(20_000 + index)).join('')
    const importId = await upload(HEADER + rows)
    await test.ask('listening.imports.start', { importId, mapping })
    const stop = new AbortController()
    stop.abort()
    await runImport(test.services, test.workspaceId, importId, stop.signal)
    const halfway = await get(importId)
    expect(halfway).toMatchObject({ state: 'running', rows: 500, posts: 500 })
    expect(halfway.progress).toBeGreaterThan(0.2)
    expect(halfway.progress).toBeLessThan(0.4)
    // Two workers believe to hold it.
    await Promise.all([work(importId), work(importId)])
    if ((await get(importId)).state === 'running') await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'done', rows: 1_700, posts: 1_700, duplicates: 0 })
  })

  it('is cancelled after the present batch, and can go on', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => line(30_000 + index)).join('')
    const importId = await upload(HEADER + rows)
    await test.ask('listening.imports.start', { importId, mapping })
    await test.ask('listening.imports.cancel', { importId })
    await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'cancelled', rows: 500 })
    await test.ask('listening.imports.start', { importId })
    await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'done', rows: 1_200, posts: 1_200 })
  })

  it('is taken by one worker at a time, and by another when that one died', async () => {
    const importId = await upload(HEADER + line(41))
    await test.ask('listening.imports.start', { importId, mapping })
    const take = async () =>
      (
        await sql<{ import_id: string }>`select * from system.take_waiting_import(60, array['posts'])`.execute(
          test.services.database.system,
        )
      ).rows
    expect(await get(importId)).toMatchObject({ state: 'running', waiting: true })
    expect(await take()).toMatchObject([{ import_id: importId }])
    expect(await get(importId)).toMatchObject({ state: 'running', waiting: false })
    expect(await take()).toEqual([])
    await test.rows(sql`update import set lease_until = now() - interval '1 second' where import_id = ${importId}`)
    expect(await take()).toMatchObject([{ import_id: importId }])
    await work(importId)
  })

  it('says what is wrong with a file that is no table', async () => {
    const importId = await upload(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), 'posts.gz')
    await test.ask('listening.imports.start', { importId })
    await work(importId)
    expect(await get(importId)).toMatchObject({ state: 'failed', problem: { code: 'compressed-file' } })
  })

  it('that is not wanted any more is deleted with its file, but not while it runs', async () => {
    const importId = await upload(HEADER + line(51))
    const file = path.join(test.services.config.home, 'imports', test.workspaceId, importId)
    expect(existsSync(file)).toBe(true)
    await test.ask('listening.imports.start', { importId, mapping })
    const as = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    const refused = await test.call('listening.imports.remove', { importId }, as)
    expect(refused).toMatchObject({ status: 409, body: { data: { code: 'import-running' } } })
    await test.ask('listening.imports.cancel', { importId })
    await work(importId)
    await test.ask('listening.imports.remove', { importId })
    expect(existsSync(file)).toBe(false)
    expect((await test.call('listening.imports.get', { importId }, as)).status).toBe(404)
  })

  it('waits while another of its workspace runs, and those of other workspaces do not', async () => {
    const [first, second] = [await upload(HEADER + line(61)), await upload(HEADER + line(62))]
    for (const importId of [first, second]) await test.ask('listening.imports.start', { importId, mapping })
    const other = await test.createWorkspace('Beside')
    const as = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    const sent = await test.request('/files/imports?name=x.csv', {
      method: 'POST',
      headers: { cookie: as.cookie, 'x-rapport-workspace': as.workspaceId },
      body: HEADER + line(1),
    })
    const { importId: foreign } = (await sent.json()) as { importId: string }
    await test.call('listening.imports.start', { importId: foreign, mapping }, as)
    const take = async () =>
      (
        await sql<{ import_id: string }>`select import_id from system.take_waiting_import(60, array['posts'])`.execute(
          test.services.database.system,
        )
      ).rows.map((row) => row.import_id)
    expect([await take(), await take(), await take()]).toEqual([[first], [foreign], []])
    await work(first)
    expect(await take()).toEqual([second])
    await work(second)
    await runImport(test.services, other.workspaceId, foreign, new AbortController().signal)
  })

  it('is refused when the file, or all files of its workspace, are too large, and leaves nothing behind', async () => {
    const { config } = test.services
    const send = (bytes: number) =>
      test.request('/files/imports?name=x.csv', { method: 'POST', headers: headers(), body: 'x'.repeat(bytes) })
    const before = await readdir(path.join(config.home, 'imports', test.workspaceId))
    const limits = {
      importFileMegabytes: config.importFileMegabytes,
      importWorkspaceMegabytes: config.importWorkspaceMegabytes,
    }
    try {
      Object.assign(config, { importFileMegabytes: 1 })
      const large = await send(1024 ** 2 + 1)
      expect([large.status, await large.json()]).toMatchObject([
        400,
        { code: 'file-too-large', params: { megabytesMax: 1 } },
      ])
      Object.assign(config, { ...limits, importWorkspaceMegabytes: 1 })
      const full = await send(1024 ** 2 + 1)
      expect([full.status, await full.json()]).toMatchObject([
        409,
        { code: 'uploads-full', params: { megabytesMax: 1 } },
      ])
    } finally {
      Object.assign(config, limits)
    }
    expect(await readdir(path.join(config.home, 'imports', test.workspaceId))).toEqual(before)
  })

  it('is refused without the permission, and nothing is written', async () => {
    const agent = await test.join(test.workspaceId, 'agent')
    const answer = await test.request('/files/imports?name=x', {
      method: 'POST',
      headers: { cookie: agent.cookie, 'x-rapport-workspace': test.workspaceId },
      body: 'x',
    })
    expect(answer.status).toBe(403)
  })
})

describe('imported posts', () => {
  it('are kept whatever the topics, matched against them, joined to threads, and open no person', async () => {
    const workspaceId = await workspace('Threads')
    const file = await write('threads.csv', HEADER + line(3, 'leaf', '2') + line(1, 'root') + line(2, 'branch', '1'))
    await run(workspaceId, file, { mapping })
    const { rows } = await test.inWorkspace(
      (tx) => sql`select external_id, root_external_id from post order by external_id`.execute(tx.sql),
      workspaceId,
    )
    expect(rows).toEqual([
      { external_id: '1', root_external_id: null },
      { external_id: '2', root_external_id: '1' },
      { external_id: '3', root_external_id: '1' },
    ])
    expect(await count(workspaceId, sql`select count(*)::int as n from person`)).toBe(0)
  })

  it('leave out accounts that must not be collected', async () => {
    const workspaceId = await workspace('Suppressed')
    const file = await write('suppressed.csv', HEADER + line(1))
    const mila = anAuthor('mila', { network: 'web', networkId: '@mila' })
    await test.inWorkspace((tx) => suppress(tx, test.services.secrets, mila, 'objection'), workspaceId)
    expect(await run(workspaceId, file, { mapping })).toMatchObject({ rows: 1, posts: 0, rejected: 1 })
  })
})
