import type { WorkspaceTransaction } from '../platform/database.ts'

export interface GuidelineSettings {
  gate: boolean
  graceDays: number
  gateSince: Date | null
}

/** A small team asked for no gate, and has none. */
const DEFAULTS: GuidelineSettings = { gate: false, graceDays: 14, gateSince: null }

export async function readSettings(tx: WorkspaceTransaction): Promise<GuidelineSettings> {
  const row = await tx.sql
    .selectFrom('guideline_setting')
    .select(['gate', 'grace_days', 'gate_since'])
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row ? { gate: row.gate, graceDays: row.grace_days, gateSince: row.gate_since } : DEFAULTS
}

/** Nobody is shut out from one minute to the next: grace begins when the gate closes, and not before. */
export async function writeSettings(
  tx: WorkspaceTransaction,
  change: { gate: boolean; graceDays: number },
  now: Date,
): Promise<void> {
  const before = await readSettings(tx)
  const gateSince = change.gate ? (before.gateSince ?? now) : null
  const columns = { gate: change.gate, grace_days: change.graceDays, gate_since: gateSince }
  await tx.sql
    .insertInto('guideline_setting')
    .values({ workspace_id: tx.workspaceId, ...columns })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(columns))
    .execute()
  tx.record({
    type: 'guideline.gate-changed',
    subjects: {},
    codes: { gate: change.gate, graceDays: change.graceDays },
  })
}
