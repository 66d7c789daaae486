import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUDIT_DAYS } from '../../contract/measurement.ts'
import { importFile } from '../listening/index.ts'
import { type ListeningTest, listeningTest } from '../listening/testing/workspace.ts'
import { SYSTEM } from '../platform/events.ts'
import { forgetAudits, OPEN_AUDITS_MAX } from './audits.ts'
import { takeAudit } from './leases.ts'
import { runNextAudit } from './running.ts'

const ROWS = `id,handle,text,created_at,in_reply_to
1,ann,"@nordair where is my bag? <script>alert(1)</script>",2026-11-10T10:00:00Z,
2,nordair,@ann we look,2026-11-10T10:20:00Z,1
3,bob,nordair was late,2026-11-11T10:00:00Z,
4,cid,sudair was fine,2026-11-11T11:00:00Z,
`

let test: ListeningTest
beforeAll(async () => {
  test = await listeningTest()
  const file = path.join(test.services.config.home, 'stored.csv')
  await writeFile(file, ROWS)
  await importFile(test.services, { workspaceId: test.workspaceId, file, actor: SYSTEM, settings: {} })
})
afterAll(() => test.close())

const asked = { brand: 'Nordair', competitors: ['Sudair'], timeZone: 'Europe/Berlin' }
const stored = { ...asked, source: { kind: 'stored' } }
const as = (cookie = test.workspace.owner.cookie) => ({ cookie, workspaceId: test.workspaceId })
const start = async (input: object) => (await test.ask<{ auditId: string }>('measurement.audits.start', input)).auditId
const run = () => runNextAudit(test.services, new AbortController().signal)
const get = (auditId: string) =>
  test.ask<{ state: string; findings: string[]; failure: { code: string } | null }>('measurement.audits.get', {
    auditId,
  })
const page = (
  auditId: string,
  query = 'language=en',
  cookie = test.workspace.owner.cookie,
  workspaceId = test.workspaceId,
) =>
  test.request(`/files/audits/${auditId}.html?workspace=${workspaceId}&${query}`, {
    headers: { cookie, 'x-rapport-workspace': workspaceId },
  })

async function upload(rows: string): Promise<string> {
  const answer = await test.request('/files/imports?name=posts.csv', {
    method: 'POST',
    headers: { cookie: test.workspace.owner.cookie, 'x-rapport-workspace': test.workspaceId },
    body: rows,
  })
  return ((await answer.json()) as { importId: string }).importId
}

describe('an audit', () => {
  it('over stored posts waits, runs, and is read as a page that may do nothing', async () => {
    const auditId = await start(stored)
    expect(await get(auditId)).toMatchObject({ state: 'queued', findings: [] })
    await run()
    const done = await get(auditId)
    expect(done.state).toBe('done')
    expect(done.findings[0]).toContain('2 posts by 2 authors name Nordair')
    const answer = await page(auditId, 'language=de')
    const text = await answer.text()
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'self'; sandbox/)
    expect(text).toContain('<html lang="de">')
    expect(text).toContain('where is my bag? &lt;script&gt;')
    expect(text).not.toContain('<script')
  })

  it('keeps of stored posts neither text nor name', async () => {
    const auditId = await start(stored)
    await run()
    const [row] = await test.rows(sql<{ report: object }>`select report from audit where audit_id = ${auditId}`)
    expect(JSON.stringify(row?.report)).not.toMatch(/where is my|"(ann|bob|cid)"/)
  })

  it('no longer shows what was deleted at the network', async () => {
    const auditId = await start(stored)
    await run()
    expect(await (await page(auditId)).text()).toContain('nordair was late')
    await test.rows(
      sql`update post set text = '', deleted_at = now(), deleted_because = 'upstream' where external_id = '3'`,
    )
    const text = await (await page(auditId)).text()
    expect(text).not.toContain('nordair was late')
    expect(text).toContain('This post was deleted.')
    await test.rows(
      sql`update post set text = 'nordair was late', deleted_at = null, deleted_because = null where external_id = '3'`,
    )
  })

  it('is limited to the period that was asked for', async () => {
    const auditId = await start({ ...stored, source: { kind: 'stored', from: '2026-11-11T00:00:00Z' } })
    await run()
    expect((await get(auditId)).findings[0]).toContain('1 post by 1 author')
  })

  it('over an uploaded file adds nothing to the stored posts', async () => {
    const before = await test.rows(sql`select post_id from post`)
    const importId = await upload(ROWS.replaceAll('nordair', 'westair'))
    const auditId = await start({ ...asked, brand: 'Westair', source: { kind: 'file', importId } })
    await run()
    expect(await get(auditId)).toMatchObject({ state: 'done' })
    expect(await test.rows(sql`select post_id from post`)).toHaveLength(before.length)
    const answer = await page(auditId, 'download=1')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-[\d-]+\.html"$/)
  })

  it('fails with a name for what can be mended, and a second run changes nothing', async () => {
    const auditId = await start({ ...stored, brand: 'Westair' })
    await run()
    await run()
    expect(await get(auditId)).toMatchObject({ state: 'failed', failure: { code: 'brand-not-found' } })
    expect((await page(auditId)).status).toBe(404)
  })

  it('that was cancelled is not run', async () => {
    const auditId = await start(stored)
    await test.ask('measurement.audits.cancel', { auditId })
    await run()
    expect((await get(auditId)).state).toBe('cancelled')
    const again = await test.call('measurement.audits.cancel', { auditId }, as())
    expect(again.status).toBe(409)
  })

  it('cancelled while it runs, stops and stays cancelled', async () => {
    const auditId = await start(stored)
    const running = runNextAudit(test.services, new AbortController().signal, {
      leaseSeconds: 5,
      renewMs: 20,
      retrySeconds: 0,
    })
    await expect.poll(async () => (await get(auditId)).state, { interval: 5 }).toBe('running')
    await test.ask('measurement.audits.cancel', { auditId })
    await running
    expect((await get(auditId)).state).toBe('cancelled')
  })

  it('of a workspace that has none at work goes before the others of one that has', async () => {
    const other = await test.createWorkspace('Elsewhere')
    const first = await start(stored)
    const second = await start(stored)
    const foreign = await test.call('measurement.audits.start', stored, {
      cookie: other.owner.cookie,
      workspaceId: other.workspaceId,
    })
    const limits = 30
    const taken = [await takeAudit(test.services, limits), await takeAudit(test.services, limits)]
    expect(taken.map((one) => one?.auditId)).toEqual([first, (foreign.body as { auditId: string }).auditId])
    for (const auditId of [first, second]) await test.ask('measurement.audits.remove', { auditId })
    await test.inWorkspace((tx) => sql`delete from audit`.execute(tx.sql), other.workspaceId)
  })

  it('is refused when too many wait already', async () => {
    const waiting = []
    for (let one = 0; one < OPEN_AUDITS_MAX; one++) waiting.push(await start(stored))
    const answer = await test.call('measurement.audits.start', stored, as())
    expect(answer).toMatchObject({ status: 409, body: { data: { code: 'too-many-audits' } } })
    for (const auditId of waiting) await test.ask('measurement.audits.remove', { auditId })
  })

  it('is forgotten when its time has passed', async () => {
    const auditId = await start(stored)
    const late = new Date(test.clock.now().getTime() + (AUDIT_DAYS + 1) * 86_400_000)
    expect(await test.inWorkspace((tx) => forgetAudits(tx, test.clock.now()))).toBe(0)
    expect(await test.inWorkspace((tx) => forgetAudits(tx, late))).toBeGreaterThan(0)
    expect((await test.call('measurement.audits.get', { auditId }, as())).status).toBe(404)
  })
})

describe('whoever may not', () => {
  it('start one, may read one', async () => {
    const auditId = await start(stored)
    await run()
    const viewer = await test.join(test.workspaceId, 'viewer')
    expect((await test.call('measurement.audits.start', stored, as(viewer.cookie))).status).toBe(403)
    expect((await page(auditId, '', viewer.cookie)).status).toBe(200)
  })

  it('see the workspace, sees none of its audits', async () => {
    const auditId = await start(stored)
    await run()
    const other = await test.createWorkspace('Elsewhere')
    expect((await page(auditId, '', other.owner.cookie)).status).toBe(404)
    expect((await page(auditId, '', other.owner.cookie, other.workspaceId)).status).toBe(404)
    expect(await test.inWorkspace((tx) => sql`select from audit`.execute(tx.sql), other.workspaceId)).toMatchObject({
      rows: [],
    })
    expect((await test.request(`/files/audits/${auditId}.html?workspace=${test.workspaceId}`)).status).toBe(401)
  })
})
