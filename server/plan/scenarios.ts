import { sql } from 'kysely'
import type { OUTCOMES, SCENARIO_TEMPLATES } from '../../contract/plan-scenarios.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { recentWalks } from './walks.ts'

const SCENARIOS_MAX = 100

export interface Step {
  key: string
  text: string
  who: string
}
export interface ScenarioInput {
  name: string
  situation: string
  steps: Step[]
}
export type ScenarioTemplate = ScenarioInput & { template: (typeof SCENARIO_TEMPLATES)[number] }

export async function listScenarios(tx: WorkspaceTransaction) {
  const { rows } = await sql<{
    scenario_id: string
    name: string
    situation: string
    step_count: number
    walking: boolean
    last_walked_at: Date | null
    last_outcome: (typeof OUTCOMES)[number] | null
    open_points: number
  }>`
    select s.scenario_id, s.name, s.situation, jsonb_array_length(s.steps) as step_count, last.ended_at as last_walked_at,
      last.outcome as last_outcome,
      exists (select from walk w where w.workspace_id = s.workspace_id and w.scenario_id = s.scenario_id
        and w.ended_at is null) as walking,
      (select count(*)::int from walk w
        join open_point p on p.workspace_id = w.workspace_id and p.walk_id = w.walk_id and p.settled_at is null
        where w.workspace_id = s.workspace_id and w.scenario_id = s.scenario_id) as open_points
    from scenario s
      left join lateral (select w.ended_at, w.outcome from walk w
        where w.workspace_id = s.workspace_id and w.scenario_id = s.scenario_id and w.ended_at is not null
        order by w.begun_at desc limit 1) last on true
    where s.workspace_id = ${tx.workspaceId} and s.retired_at is null
    order by s.created_at, s.scenario_id limit ${SCENARIOS_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    scenarioId: row.scenario_id,
    name: row.name,
    situation: row.situation,
    stepCount: row.step_count,
    walking: row.walking,
    lastWalkedAt: row.last_walked_at,
    lastOutcome: row.last_outcome,
    openPoints: row.open_points,
  }))
}

export async function readScenario(tx: WorkspaceTransaction, scenarioId: string) {
  const row = await tx.sql
    .selectFrom('scenario')
    .select(['name', 'situation', 'steps', 'version'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('scenario_id', '=', scenarioId)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound('scenario-unknown')
  const { name, situation, version } = row
  const steps = row.steps as unknown as Step[]
  return { scenarioId, name, situation, version, steps, walks: await recentWalks(tx, scenarioId) }
}

export async function createScenario(
  tx: WorkspaceTransaction,
  input: ScenarioInput & { template: ScenarioTemplate['template'] | null },
): Promise<string> {
  if ((await listScenarios(tx)).length >= SCENARIOS_MAX)
    throw new Invalid('too-many-scenarios', { scenariosMax: SCENARIOS_MAX })
  const scenarioId = newId()
  await tx.sql
    .insertInto('scenario')
    .values({
      workspace_id: tx.workspaceId,
      scenario_id: scenarioId,
      name: input.name,
      situation: input.situation,
      template: input.template,
      steps: JSON.stringify(input.steps),
    })
    .execute()
  tx.record({ type: 'scenario.created', subjects: { scenarioId }, codes: { template: input.template } })
  return scenarioId
}

export async function changeScenario(
  tx: WorkspaceTransaction,
  { scenarioId, version, ...input }: ScenarioInput & { scenarioId: string; version: number },
): Promise<number> {
  const before = await lockScenario(tx, scenarioId)
  if (before.version !== version) throw new Conflict('scenario-changed', { version: before.version })
  await tx.sql
    .updateTable('scenario')
    .set({
      name: input.name,
      situation: input.situation,
      steps: JSON.stringify(input.steps),
      version: version + 1,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('scenario_id', '=', scenarioId)
    .execute()
  tx.record({ type: 'scenario.changed', subjects: { scenarioId }, codes: { version: version + 1 } })
  return version + 1
}

export async function retireScenario(tx: WorkspaceTransaction, scenarioId: string, now: Date): Promise<void> {
  await lockScenario(tx, scenarioId)
  await tx.sql
    .updateTable('scenario')
    .set({ retired_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('scenario_id', '=', scenarioId)
    .execute()
  tx.record({ type: 'scenario.retired', subjects: { scenarioId } })
}

export async function lockScenario(tx: WorkspaceTransaction, scenarioId: string) {
  const row = await tx.sql
    .selectFrom('scenario')
    .select(['version', 'steps'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('scenario_id', '=', scenarioId)
    .where('retired_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('scenario-unknown')
  return { version: row.version, steps: row.steps as unknown as Step[] }
}
