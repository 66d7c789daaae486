import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import { AUDIT_DAYS, type measurement as contract } from '../../contract/measurement.ts'
import type { ReadChoices } from '../connectors/index.ts'
import { readImport } from '../imports/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Audit } from '../platform/database-types.generated.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { requireAllOpen } from '../platform/reach.ts'
import type { AuditReport } from './figures.ts'
import { presentReport } from './present.ts'
import { findingSentences } from './report/page.ts'
import { isTimeZone } from './zone.ts'

const DAY_MS = 86_400_000
const FORGOTTEN_AT_ONCE_MAX = 500
export const OPEN_AUDITS_MAX = 10

type AuditRow = Pick<Selectable<Audit>, (typeof COLUMNS)[number]> & { state: AuditView['state'] }
type AuditView = z.infer<(typeof contract.audits.list)['~orpc']['outputSchema'] & z.ZodType>['items'][number]
export type StartInput = z.infer<(typeof contract.audits.start)['~orpc']['inputSchema'] & z.ZodType>

/** What is stored of a start: all of it, and for a file how it is read. */
export interface AuditSettings extends StartInput {
  file?: { path: string; name: string; choices: ReadChoices }
  languages: string[]
}

const COLUMNS = [
  'workspace_id',
  'audit_id',
  'brand',
  'settings',
  'source_name',
  'reading',
  'rows',
  'rows_expected',
  'failure',
  'created_by',
  'created_at',
  'finished_at',
  'expires_at',
] as const

/** Told from what is true: a run whose process died runs no more, and waits for another. */
const stateNow = sql<
  AuditView['state']
>`case when state = 'running' and lease_until < now() then 'queued' else state end`

export async function startAudit(tx: WorkspaceTransaction, given: StartInput, at: Date): Promise<{ auditId: string }> {
  if (given.source.kind === 'stored') requireAllOpen(tx)
  if (!isTimeZone(given.timeZone)) throw new Invalid('time-zone-unknown', { timeZone: given.timeZone })
  await refuseFlood(tx)
  const auditId = newId()
  const { settings, sourceName, rowsExpected } = await settingsOf(tx, given)
  await tx.sql
    .insertInto('audit')
    .values({
      workspace_id: tx.workspaceId,
      audit_id: auditId,
      brand: given.brand,
      settings: JSON.stringify(settings),
      source_name: sourceName,
      rows_expected: rowsExpected,
      created_by: tx.actor.kind === 'member' ? tx.actor.id : null,
      created_at: at,
      expires_at: new Date(at.getTime() + AUDIT_DAYS * DAY_MS),
    })
    .execute()
  tx.record({ type: 'audit.started', subjects: { audit: auditId }, codes: { source: given.source.kind } })
  return { auditId }
}

/** Each may take half an hour of a worker: one workspace does not fill the queue. */
async function refuseFlood(tx: WorkspaceTransaction): Promise<void> {
  const open = await tx.sql
    .selectFrom('audit')
    .select('audit_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['queued', 'running'])
    .limit(OPEN_AUDITS_MAX)
    .execute()
  if (open.length >= OPEN_AUDITS_MAX) throw new Conflict('too-many-audits', { most: OPEN_AUDITS_MAX })
}

async function settingsOf(tx: WorkspaceTransaction, given: StartInput) {
  const { languages } = await tx.sql
    .selectFrom('workspace')
    .select('languages')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  if (given.source.kind === 'stored') {
    const sourceName = given.source.topicId ? await topicName(tx, given.source.topicId) : null
    return { settings: { ...given, languages } satisfies AuditSettings, sourceName, rowsExpected: null }
  }
  const file = await readImport(tx, given.source.importId, 'posts')
  if (file.state === 'done') throw new Conflict('file-gone')
  const known = file.settings as ReadChoices & { rowsEstimated?: number }
  const choices = { network: known.network, timeZone: given.timeZone, mapping: given.source.mapping ?? known.mapping }
  const settings: AuditSettings = { ...given, languages, file: { path: file.file_path, name: file.file_name, choices } }
  return { settings, sourceName: file.file_name, rowsExpected: known.rowsEstimated ?? null }
}

async function topicName(tx: WorkspaceTransaction, topicId: string): Promise<string> {
  const topic = await tx.sql
    .selectFrom('topic')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!topic) throw new NotFound('topic-unknown')
  return topic.name
}

/** Served by audit_newest. */
export async function listAudits(
  tx: WorkspaceTransaction,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const cursor = readCursor(after, 2)
  let query = tx.sql
    .selectFrom('audit')
    .select(COLUMNS)
    .select(stateNow.as('state'))
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('created_at', 'desc')
    .orderBy('audit_id', 'desc')
    .limit(limit + 1)
  if (cursor)
    query = query.where(sql<boolean>`(created_at, audit_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const page = pageOf(await query.execute(), limit, (row) => writeCursor(row.created_at, row.audit_id))
  return { items: page.items.map(present), nextCursor: page.nextCursor }
}

export async function readAudit(tx: WorkspaceTransaction, auditId: string): Promise<AuditRow> {
  const row = await tx.sql
    .selectFrom('audit')
    .select(COLUMNS)
    .select(stateNow.as('state'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .executeTakeFirst()
  if (!row) throw new NotFound('audit-unknown')
  return row
}

export async function getAudit(tx: WorkspaceTransaction, auditId: string, language: 'en' | 'de' | 'nl') {
  const audit = present(await readAudit(tx, auditId))
  const findings = audit.state === 'done' ? findingSentences(await readReport(tx, auditId), language) : []
  return { ...audit, findings }
}

/** As it may be shown now: what was deleted or erased since is gone from it. Of stored posts it was counted over all sources. */
export async function readReport(tx: WorkspaceTransaction, auditId: string): Promise<AuditReport> {
  const row = await tx.sql
    .selectFrom('audit')
    .select('report')
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .executeTakeFirst()
  if (!row) throw new NotFound('audit-unknown')
  if (!row.report) throw new NotFound('audit-not-done')
  const report = row.report as unknown as AuditReport
  if (report.source.kind === 'stored') requireAllOpen(tx)
  return presentReport(tx, report)
}

export async function cancelAudit(tx: WorkspaceTransaction, auditId: string, at: Date): Promise<void> {
  await readAudit(tx, auditId)
  const { numUpdatedRows } = await tx.sql
    .updateTable('audit')
    .set({ state: 'cancelled', finished_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Conflict('audit-ended')
  tx.record({ type: 'audit.ended', subjects: { audit: auditId }, codes: { state: 'cancelled' } })
}

/** Runs what failed or was cancelled once more, with the same choices. */
export async function restartAudit(tx: WorkspaceTransaction, auditId: string): Promise<void> {
  await readAudit(tx, auditId)
  await refuseFlood(tx)
  const { numUpdatedRows } = await tx.sql
    .updateTable('audit')
    .set({
      state: 'queued',
      reading: 1,
      rows: 0,
      attempts: 0,
      lease_id: null,
      lease_until: null,
      failure: null,
      finished_at: null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .where('state', 'in', ['failed', 'cancelled'])
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Conflict('audit-not-stopped')
  tx.record({ type: 'audit.started', subjects: { audit: auditId } })
}

export async function removeAudit(tx: WorkspaceTransaction, auditId: string): Promise<void> {
  await readAudit(tx, auditId)
  await tx.sql.deleteFrom('audit').where('workspace_id', '=', tx.workspaceId).where('audit_id', '=', auditId).execute()
  tx.record({ type: 'audit.removed', subjects: { audit: auditId } })
}

/** Returns how many; served by audit_expiring. */
export async function forgetAudits(tx: WorkspaceTransaction, at: Date): Promise<number> {
  const gone = await tx.sql
    .deleteFrom('audit')
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', 'in', (query) =>
      query
        .selectFrom('audit')
        .select('audit_id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('expires_at', '<', at)
        .limit(FORGOTTEN_AT_ONCE_MAX),
    )
    .returning('audit_id')
    .execute()
  for (const { audit_id } of gone)
    tx.record({ type: 'audit.removed', subjects: { audit: audit_id }, codes: { because: 'expired' } })
  return gone.length
}

function present(row: AuditRow): AuditView {
  const settings = row.settings as unknown as AuditSettings
  return {
    auditId: row.audit_id,
    brand: row.brand,
    competitors: settings.competitors,
    source: { kind: settings.source.kind, name: row.source_name },
    anonymous: settings.anonymous,
    state: row.state,
    progress: {
      reading: row.reading,
      rows: Number(row.rows),
      rowsExpected: row.rows_expected === null ? null : Number(row.rows_expected),
    },
    failure: row.failure as AuditView['failure'],
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    expiresAt: row.expires_at,
  }
}
