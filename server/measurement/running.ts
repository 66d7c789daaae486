import { access } from 'node:fs/promises'
import { sql } from 'kysely'
import { inspectFile } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { runAudit } from './audit.ts'
import { AuditFault, type AuditSource } from './audit-post.ts'
import { type AuditSettings, readAudit } from './audits.ts'
import type { AuditReport, SourceFacts } from './figures.ts'
import { fileSource } from './file-source.ts'
import { storedSource } from './stored-source.ts'

const PROGRESS_EVERY_MS = 1_000

/** Runs one audit to its end. Safe to run twice: what has ended is left alone. */
export async function runStoredAudit(services: Services, workspaceId: string, auditId: string): Promise<void> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const settings = await inWorkspace((tx) => begin(tx, auditId))
  if (!settings) return
  const stopping = new AbortController()
  const report = progressOf(inWorkspace, auditId, stopping)
  try {
    const { source, facts } = await sourceOf(settings, inWorkspace, services.clock.now())
    const { brand, query, own, competitors, languages, timeZone, anonymous } = settings
    const rivals = competitors.map((name) => ({ name, query: null, own: [] }))
    const brands = [{ name: brand, query: query ?? null, own }, ...rivals]
    const result = await runAudit(
      source,
      { brands, languages, timeZone, anonymous, facts },
      { signal: stopping.signal, onProgress: report },
    )
    await inWorkspace((tx) =>
      end(tx, auditId, services.clock.now(), { state: 'done', report: withoutStoredNames(result) }),
    )
  } catch (error) {
    if (stopping.signal.aborted) return
    if (!(error instanceof AuditFault)) throw error
    const { code, message, params } = error
    await inWorkspace((tx) =>
      end(tx, auditId, services.clock.now(), { state: 'failed', failure: { code, message, params } }),
    )
  }
}

async function begin(tx: WorkspaceTransaction, auditId: string): Promise<AuditSettings | null> {
  const row = await readAudit(tx, auditId).catch(() => null)
  if (!row || (row.state !== 'queued' && row.state !== 'running')) return null
  await tx.sql
    .updateTable('audit')
    .set({ state: 'running', reading: 1, rows: 0 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .execute()
  return row.settings as unknown as AuditSettings
}

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/** Writes how far it is once a second, and stops when somebody cancelled or removed it. */
function progressOf(inWorkspace: InWorkspace, auditId: string, stopping: AbortController) {
  let next = performance.now() + PROGRESS_EVERY_MS
  let writing = false
  return (reading: number, rows: number): void => {
    if (writing || performance.now() < next) return
    writing = true
    void inWorkspace((tx) => note(tx, auditId, reading, rows))
      .then(
        (running) => !running && stopping.abort(),
        () => {},
      )
      .finally(() => {
        writing = false
        next = performance.now() + PROGRESS_EVERY_MS
      })
  }
}

async function note(tx: WorkspaceTransaction, auditId: string, reading: number, rows: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('audit')
    .set({ reading, rows, rows_expected: sql`greatest(rows_expected, ${rows})` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function sourceOf(
  settings: AuditSettings,
  inWorkspace: InWorkspace,
  asOf: Date,
): Promise<{ source: AuditSource; facts: SourceFacts }> {
  const { source, file } = settings
  if (source.kind === 'stored') {
    // Dates went through JSON.
    const moment = (value: unknown) => (value ? new Date(value as string) : undefined)
    const [from, until] = [moment(source.from), moment(source.until)]
    const { topicId } = source
    const topic = topicId ? await inWorkspace((tx) => nameOf(tx, topicId)) : null
    return {
      source: storedSource(inWorkspace, { topicId, from, until }, asOf),
      facts: { kind: 'stored', from: from?.toISOString() ?? null, until: until?.toISOString() ?? null, topic },
    }
  }
  if (!file) throw new Error('an audit over a file names none')
  await access(file.path).catch(() => {
    throw new AuditFault('file-gone', 'The uploaded file is no longer there. Upload it again.')
  })
  const { mapping, problems } = await inspectFile(file.path, file.choices)
  const notes = problems.flatMap(({ refuses, code, message }) => (refuses ? [] : [{ code, message }]))
  return {
    source: fileSource(file.path, { ...file.choices, mapping }),
    facts: { kind: 'file', name: file.name, mapping, notes },
  }
}

async function nameOf(tx: WorkspaceTransaction, topicId: string): Promise<string | null> {
  const topic = await tx.sql
    .selectFrom('topic')
    .select('name')
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  return topic?.name ?? null
}

/** Names of stored authors are read when the report is shown; handles of people whom we do not store are not kept. */
function withoutStoredNames(report: AuditReport): AuditReport {
  if (report.source.kind === 'file') return report
  const { voices } = report
  const unnamed = (list: AuditReport['voices']['active']) =>
    report.anonymous ? list : list.filter(({ authorId }) => authorId !== null).map((voice) => ({ ...voice, name: '' }))
  return { ...report, voices: { ...voices, active: unnamed(voices.active), heard: unnamed(voices.heard) } }
}

interface Ending {
  state: 'done' | 'failed'
  report?: AuditReport
  failure?: { code: string; message: string; params: Record<string, string | number> }
}

async function end(
  tx: WorkspaceTransaction,
  auditId: string,
  at: Date,
  { state, report, failure }: Ending,
): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('audit')
    .set({
      state,
      finished_at: at,
      report: report ? JSON.stringify(report) : null,
      failure: failure ? JSON.stringify(failure) : null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows > 0n) tx.record({ type: 'audit.ended', subjects: { audit: auditId }, codes: { state } })
}
