import { sql } from 'kysely'
import type { RUN_PHASES } from '../../../contract/people-suggestions.ts'
import { KEYS_VERSION } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'

export type Phase = (typeof RUN_PHASES)[number]

export interface Run {
  runId: string
  state: 'running' | 'done' | 'stopped'
  phase: Phase
  afterAuthorId: string | null
  identitiesExpected: number
  identitiesDone: number
  startedAt: Date
  endedAt: Date | null
  keysVersion: number
}

const COLUMNS = sql`run_id as "runId", state, phase, after_author_id as "afterAuthorId",
  identities_expected as "identitiesExpected", identities_done as "identitiesDone", started_at as "startedAt", ended_at as "endedAt", keys_version as "keysVersion"`

/** One walk at a time: another that is under way begins anew, because the rules are new. */
export async function startRun(tx: WorkspaceTransaction, now: Date): Promise<string> {
  await sql`update comparison_run set state = 'stopped', ended_at = ${now}
    where workspace_id = ${tx.workspaceId} and state = 'running'`.execute(tx.sql)
  const runId = newId()
  const { rows } = await sql<{ identities: number }>`
    select count(*)::int as identities from author a join inference_policy p on p.workspace_id = a.workspace_id
    where a.workspace_id = ${tx.workspaceId} and (a.person_id is not null or (p.heard_too and a.kind = 'account'))`.execute(
    tx.sql,
  )
  await sql`
    insert into comparison_run (workspace_id, run_id, state, phase, identities_expected, started_at, keys_version)
    values (${tx.workspaceId}, ${runId}, 'running', 'keys', ${rows[0]?.identities ?? 0}, ${now}, ${KEYS_VERSION})`.execute(
    tx.sql,
  )
  return runId
}

/**
 * After an update that reads names in another way the stored keys find nobody: everything is walked again, keys first. Only
 * forward, so that two releases that run at once do not take turns.
 */
export const areKeysOld = (run: Run | null): boolean => run !== null && run.keysVersion < KEYS_VERSION

/** Asked for by a person: refused while one is under way, and where nothing may be compared. */
export async function requestRun(tx: WorkspaceTransaction, now: Date): Promise<string> {
  const { rows } = await sql<{ mode: string; running: boolean }>`
    select p.mode, exists (select from comparison_run r where r.workspace_id = p.workspace_id and r.state = 'running') as running
    from inference_policy p where p.workspace_id = ${tx.workspaceId} for update`.execute(tx.sql)
  if (!rows[0] || rows[0].mode === 'none') throw new Conflict('inference-is-off')
  if (rows[0].running) throw new Conflict('comparison-running')
  return startRun(tx, now)
}

export async function newestRun(tx: WorkspaceTransaction): Promise<Run | null> {
  const { rows } = await sql<Run>`
    select ${COLUMNS} from comparison_run where workspace_id = ${tx.workspaceId}
    order by started_at desc, run_id desc limit 1`.execute(tx.sql)
  return rows[0] ?? null
}

/** The walk that is under way, held by this transaction; null: none, or another process is at it. */
export async function takeRun(tx: WorkspaceTransaction): Promise<Run | null> {
  const { rows } = await sql<Run>`
    select ${COLUMNS} from comparison_run where workspace_id = ${tx.workspaceId} and state = 'running'
    for update skip locked`.execute(tx.sql)
  return rows[0] ?? null
}

/** The next identities of a walk, in the order of their ids. */
export const nextOfRun = (workspaceId: string, after: string | null, heardToo: boolean, limit: number) => sql<{
  author_id: string
}>`
  select author_id from author where workspace_id = ${workspaceId} and author_id > ${after ?? FIRST_ID}
    and (person_id is not null or (${heardToo} and kind = 'account'))
  order by author_id limit ${limit}`
export const FIRST_ID = '00000000-0000-0000-0000-000000000000'
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export async function moveRun(
  tx: WorkspaceTransaction,
  run: Run,
  to: { phase: Phase; afterAuthorId: string | null; done: number },
): Promise<void> {
  await sql`
    update comparison_run set phase = ${to.phase}, after_author_id = ${to.afterAuthorId},
      identities_done = ${to.phase === run.phase ? run.identitiesDone + to.done : 0}
    where workspace_id = ${tx.workspaceId} and run_id = ${run.runId}`.execute(tx.sql)
}

/** Says how many are done, and up to whom what was found is written. Returns whether the walk is still under way. */
export async function tellProgress(
  tx: WorkspaceTransaction,
  runId: string,
  { done, afterAuthorId = null }: { done: number; afterAuthorId?: string | null },
): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    update comparison_run set identities_done = least(${Math.floor(done)}::int, identities_expected),
      after_author_id = coalesce(${afterAuthorId}::uuid, after_author_id)
    where workspace_id = ${tx.workspaceId} and run_id = ${runId} and state = 'running'`.execute(tx.sql)
  return numAffectedRows > 0n
}

export async function endRun(tx: WorkspaceTransaction, run: Run, now: Date): Promise<void> {
  await sql`
    update comparison_run set state = 'done', ended_at = ${now}, identities_done = identities_expected
    where workspace_id = ${tx.workspaceId} and run_id = ${run.runId}`.execute(tx.sql)
  tx.record({ type: 'suggestion.run-ended', subjects: {}, codes: { identities: run.identitiesExpected } })
}
