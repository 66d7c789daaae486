import { sql } from 'kysely'
import { type INFERENCE_MODES, PROOF_LEVELS } from '../../../contract/people-suggestions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { startRun } from './runs.ts'

type Mode = (typeof INFERENCE_MODES)[number]
export type ProofLevel = (typeof PROOF_LEVELS)[number]

export interface Policy {
  mode: Mode
  /** The weakest proof that joins without being asked; null but in 'automatic'. */
  proofLevel: ProofLevel | null
  /** Whether accounts that were heard and are nobody's are compared with persons as well. */
  heardToo: boolean
  changedAt: Date | null
}

const NO_INFERENCE: Policy = { mode: 'none', proofLevel: null, heardToo: false, changedAt: null }

export async function readPolicy(tx: WorkspaceTransaction): Promise<Policy> {
  const { rows } = await sql<Policy>`
    select mode, proof_level as "proofLevel", heard_too as "heardToo", changed_at as "changedAt"
    from inference_policy where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return rows[0] ?? NO_INFERENCE
}

export const isAtLeast = (level: ProofLevel | null, demanded: ProofLevel | null): boolean =>
  level !== null && demanded !== null && PROOF_LEVELS.indexOf(level) <= PROOF_LEVELS.indexOf(demanded)

/** Rows that go with the change itself; what is more goes in steps (`forgetSome`), unseen meanwhile. */
const DELETED_AT_ONCE = 5_000

/**
 * From now on. Switched on, everything is compared once; switched off, what was computed goes. What was joined stays joined:
 * each link can be undone by itself.
 */
export async function changePolicy(
  tx: WorkspaceTransaction,
  { mode, proofLevel, heardToo }: Omit<Policy, 'changedAt'>,
  now: Date,
): Promise<void> {
  const before = await lockPolicy(tx)
  await sql`
    insert into inference_policy (workspace_id, mode, proof_level, heard_too, changed_at)
    values (${tx.workspaceId}, ${mode}, ${proofLevel}, ${heardToo}, ${now})
    on conflict (workspace_id) do update set mode = excluded.mode, proof_level = excluded.proof_level,
      heard_too = excluded.heard_too, changed_at = excluded.changed_at`.execute(tx.sql)
  tx.record({ type: 'suggestion.policy-changed', subjects: {}, codes: { mode, proofLevel, heardToo } })
  if (mode === 'none') {
    await stopRuns(tx, now)
    await forgetSome(tx, DELETED_AT_ONCE)
    return
  }
  const isWider = before.mode === 'none' || (heardToo && !before.heardToo) || mode === 'automatic'
  const isNarrower = before.heardToo && !heardToo
  if (isWider || isNarrower) await startRun(tx, now)
}

/** Two who change it at once change it one after the other. */
async function lockPolicy(tx: WorkspaceTransaction): Promise<Policy> {
  await sql`select from workspace where workspace_id = ${tx.workspaceId} for no key update`.execute(tx.sql)
  return readPolicy(tx)
}

const stopRuns = (tx: WorkspaceTransaction, now: Date) =>
  sql`update comparison_run set state = 'stopped', ended_at = ${now}
    where workspace_id = ${tx.workspaceId} and state = 'running'`.execute(tx.sql)

const COMPUTED = [
  ['suggestion', 'suggestion_id'],
  ['identity_due', 'due_id'],
  ['linkage_model', 'version'],
  ['comparison_run', 'run_id'],
] as const

/** Deletes what was computed, so many rows of a kind at most. Returns whether there may be more. */
export async function forgetSome(tx: WorkspaceTransaction, rowsMax: number): Promise<boolean> {
  let isMore = false
  for (const [table, column] of COMPUTED) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and ${sql.ref(column)} in (
        select ${sql.ref(column)} from ${sql.table(table)} where workspace_id = ${tx.workspaceId} limit ${rowsMax})`.execute(
      tx.sql,
    )
    isMore ||= numAffectedRows >= BigInt(rowsMax)
  }
  const { numAffectedRows = 0n } = await sql`
    delete from identity_key where workspace_id = ${tx.workspaceId} and (key, author_id) in (
      select key, author_id from identity_key where workspace_id = ${tx.workspaceId} order by key, author_id
      limit ${rowsMax})`.execute(tx.sql)
  return isMore || numAffectedRows >= BigInt(rowsMax)
}
