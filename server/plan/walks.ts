import type { FOUND, OUTCOMES } from '../../contract/plan-scenarios.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

const WALKS_SHOWN = 20

export type Outcome = (typeof OUTCOMES)[number]
type Found = (typeof FOUND)[number]
export interface WalkedStep {
  key: string
  text: string
  who: string
  found: Found | null
  note: string
}

export async function recentWalks(tx: WorkspaceTransaction, scenarioId: string) {
  const walks = await tx.sql
    .selectFrom('walk')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('scenario_id', '=', scenarioId)
    .orderBy('begun_at', 'desc')
    .limit(WALKS_SHOWN)
    .execute()
  const ids = walks.map((walk) => walk.walk_id)
  const points =
    ids.length === 0
      ? []
      : await tx.sql
          .selectFrom('open_point')
          .select(['open_point_id', 'walk_id', 'text', 'settled_at'])
          .where('workspace_id', '=', tx.workspaceId)
          .where('walk_id', 'in', ids)
          .orderBy('open_point_id')
          .execute()
  return walks.map((walk) => ({
    walkId: walk.walk_id,
    begunAt: walk.begun_at,
    endedAt: walk.ended_at,
    outcome: walk.outcome,
    summary: walk.summary,
    steps: walk.steps as unknown as WalkedStep[],
    openPoints: points
      .filter((point) => point.walk_id === walk.walk_id)
      .map((point) => ({ openPointId: point.open_point_id, text: point.text, settledAt: point.settled_at })),
  }))
}

/** Two who begin at once walk together: `steps` are those of the scenario, locked by the caller. */
export async function beginWalk(
  tx: WorkspaceTransaction,
  scenarioId: string,
  steps: readonly Pick<WalkedStep, 'key' | 'text' | 'who'>[],
): Promise<string> {
  const underWay = await tx.sql
    .selectFrom('walk')
    .select('walk_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('scenario_id', '=', scenarioId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (underWay) return underWay.walk_id
  const walkId = newId()
  const walked = steps.map((step): WalkedStep => ({ ...step, found: null, note: '' }))
  await tx.sql
    .insertInto('walk')
    .values({
      workspace_id: tx.workspaceId,
      walk_id: walkId,
      scenario_id: scenarioId,
      steps: JSON.stringify(walked),
    })
    .execute()
  tx.record({ type: 'walk.begun', subjects: { scenarioId, walkId } })
  return walkId
}

export async function findAtStep(
  tx: WorkspaceTransaction,
  { walkId, key, found, note }: { walkId: string; key: string; found: Found | null; note: string },
): Promise<void> {
  const { steps } = await lockWalk(tx, walkId)
  if (!steps.some((step) => step.key === key)) throw new NotFound('step-unknown')
  await tx.sql
    .updateTable('walk')
    .set({ steps: JSON.stringify(steps.map((step) => (step.key === key ? { ...step, found, note } : step))) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('walk_id', '=', walkId)
    .execute()
}

/** Whoever walked half the way knows half: each step has to say what it showed. */
export async function endWalk(
  tx: WorkspaceTransaction,
  input: { walkId: string; outcome: Outcome; summary: string; openPoints: string[] },
  now: Date,
): Promise<void> {
  const { steps, scenarioId } = await lockWalk(tx, input.walkId)
  const missing = steps.filter(({ found }) => found === null).length
  if (missing > 0) throw new Invalid('steps-missing', { count: missing })
  await tx.sql
    .updateTable('walk')
    .set({ ended_at: now, outcome: input.outcome, summary: input.summary })
    .where('workspace_id', '=', tx.workspaceId)
    .where('walk_id', '=', input.walkId)
    .execute()
  if (input.openPoints.length > 0)
    await tx.sql
      .insertInto('open_point')
      .values(
        input.openPoints.map((text) => ({
          workspace_id: tx.workspaceId,
          open_point_id: newId(),
          walk_id: input.walkId,
          text,
        })),
      )
      .execute()
  tx.record({
    type: 'walk.ended',
    subjects: { scenarioId, walkId: input.walkId },
    codes: { outcome: input.outcome, openPoints: input.openPoints.length },
  })
}

async function lockWalk(
  tx: WorkspaceTransaction,
  walkId: string,
): Promise<{ scenarioId: string; steps: WalkedStep[] }> {
  const row = await tx.sql
    .selectFrom('walk')
    .select(['scenario_id', 'steps', 'ended_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('walk_id', '=', walkId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('walk-unknown')
  if (row.ended_at) throw new Conflict('walk-ended')
  return { scenarioId: row.scenario_id, steps: row.steps as unknown as WalkedStep[] }
}

export async function settleOpenPoint(
  tx: WorkspaceTransaction,
  openPointId: string,
  settled: boolean,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('open_point')
    .set({ settled_at: settled ? now : null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('open_point_id', '=', openPointId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotFound('open-point-unknown')
  tx.record({ type: 'walk.point-settled', subjects: { openPointId }, codes: { settled } })
}
