import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import type { FaultCode } from './audit-post.ts'
import type { AuditReport } from './figures.ts'

/** One run of an audit. What it writes counts only while the lease is its own. */
export interface Run {
  workspaceId: string
  auditId: string
  leaseId: string
  /** From 1 on. */
  attempt: number
}

export type Ending = { state: 'done'; report: AuditReport } | { state: 'failed'; failure: Failure }

interface Failure {
  code: FaultCode | 'broke-off'
  message: string
  params: Record<string, string | number>
}

/** The next audit that nobody works on: new, or its process died. */
export async function takeAudit({ database }: Services, leaseSeconds: number): Promise<Run | null> {
  const { rows } = await sql<{ workspace_id: string; audit_id: string; lease_id: string; attempt: number }>`
    select * from system.take_waiting_audit(${leaseSeconds})`.execute(database.system)
  const [row] = rows
  if (!row) return null
  return { workspaceId: row.workspace_id, auditId: row.audit_id, leaseId: row.lease_id, attempt: row.attempt }
}

const ofRun = (tx: WorkspaceTransaction, { auditId, leaseId }: Run) =>
  tx.sql
    .updateTable('audit')
    .where('workspace_id', '=', tx.workspaceId)
    .where('audit_id', '=', auditId)
    .where('lease_id', '=', leaseId)
    .where('state', '=', 'running')

/** Keeps the lease and says how far it is. False: cancelled, removed, or taken by another. */
export async function renewLease(
  tx: WorkspaceTransaction,
  run: Run,
  { reading, rows }: { reading: number; rows: number },
  leaseSeconds: number,
): Promise<boolean> {
  const { numUpdatedRows } = await ofRun(tx, run)
    .set({
      reading,
      rows,
      rows_expected: sql`greatest(rows_expected, ${rows})`,
      lease_until: sql`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Waits again, from now or a little later. A run that the house stopped does not count as an attempt. */
export async function giveBack(
  tx: WorkspaceTransaction,
  run: Run,
  { afterSeconds, counts }: { afterSeconds: number; counts: boolean },
): Promise<void> {
  await ofRun(tx, run)
    .set({
      state: 'queued',
      attempts: counts ? run.attempt : run.attempt - 1,
      lease_until: sql`now() + make_interval(secs => ${afterSeconds})`,
    })
    .execute()
}

export async function endAudit(tx: WorkspaceTransaction, run: Run, at: Date, ending: Ending): Promise<void> {
  const { numUpdatedRows } = await ofRun(tx, run)
    .set({
      state: ending.state,
      finished_at: at,
      lease_until: null,
      report: ending.state === 'done' ? JSON.stringify(ending.report) : null,
      failure: ending.state === 'failed' ? JSON.stringify(ending.failure) : null,
    })
    .executeTakeFirst()
  if (numUpdatedRows > 0n)
    tx.record({ type: 'audit.ended', subjects: { audit: run.auditId }, codes: { state: ending.state } })
}
