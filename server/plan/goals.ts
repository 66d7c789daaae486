import { sql } from 'kysely'
import type { GOAL_STATES } from '../../contract/plan.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import type { GoalFigureName, GoalFigures } from './port.ts'

const GOALS_MAX = 100

interface Measure {
  figure: GoalFigureName
  direction: 'at-least' | 'at-most'
  target: number
}
export interface GoalInput {
  name: string
  reason: string
  measure: Measure | null
  /** A day as YYYY-MM-DD. */
  dueOn: string | null
  state: (typeof GOAL_STATES)[number]
}

interface GoalRow {
  goal_id: string
  name: string
  reason: string
  figure: GoalFigureName | null
  direction: Measure['direction'] | null
  target: number | null
  due_on: string | null
  state: GoalInput['state']
}

/** Each figure is measured once, however many goals it serves. */
export async function listGoals(tx: WorkspaceTransaction, figures: GoalFigures, services: Services) {
  const { rows } = await sql<GoalRow>`
    select goal_id, name, reason, figure, direction, target, to_char(due_on, 'YYYY-MM-DD') as due_on, state from goal
    where workspace_id = ${tx.workspaceId} order by state = 'dropped', due_on nulls last, goal_id
    limit ${GOALS_MAX}`.execute(tx.sql)
  const measured = new Map<GoalFigureName, Awaited<ReturnType<NonNullable<GoalFigures[GoalFigureName]>>>>()
  for (const { figure } of rows)
    if (figure && !measured.has(figure)) measured.set(figure, (await figures[figure]?.(tx, services)) ?? null)
  return rows.map((row) => {
    const { figure, direction, target } = row
    const measure = figure && direction && target !== null ? { figure, direction, target } : null
    const found = measure ? (measured.get(measure.figure) ?? null) : null
    const value = typeof found === 'number' ? found : null
    return {
      goalId: row.goal_id,
      name: row.name,
      reason: row.reason,
      measure,
      dueOn: row.due_on,
      state: row.state,
      now: value,
      withheld: typeof found === 'object' ? (found?.withheld ?? null) : null,
      met: measure && value !== null ? isMet(measure, value) : null,
    }
  })
}

const isMet = ({ direction, target }: Measure, value: number): boolean =>
  direction === 'at-least' ? value >= target : value <= target

const columnsOf = ({ name, reason, measure, dueOn, state }: GoalInput) => ({
  name,
  reason,
  figure: measure?.figure ?? null,
  direction: measure?.direction ?? null,
  target: measure?.target ?? null,
  due_on: dueOn,
  state,
})

export async function createGoal(tx: WorkspaceTransaction, input: GoalInput): Promise<string> {
  const { count } = await tx.sql
    .selectFrom('goal')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= GOALS_MAX) throw new Invalid('too-many-goals', { goalsMax: GOALS_MAX })
  const goalId = newId()
  await tx.sql
    .insertInto('goal')
    .values({ workspace_id: tx.workspaceId, goal_id: goalId, ...columnsOf(input) })
    .execute()
  tx.record({ type: 'goal.created', subjects: { goalId } })
  return goalId
}

export async function changeGoal(tx: WorkspaceTransaction, goalId: string, input: GoalInput): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('goal')
    .set(columnsOf(input))
    .where('workspace_id', '=', tx.workspaceId)
    .where('goal_id', '=', goalId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotFound('goal-unknown')
  tx.record({ type: 'goal.changed', subjects: { goalId }, codes: { state: input.state } })
}

export async function removeGoal(tx: WorkspaceTransaction, goalId: string): Promise<void> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('goal')
    .where('workspace_id', '=', tx.workspaceId)
    .where('goal_id', '=', goalId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new NotFound('goal-unknown')
  tx.record({ type: 'goal.removed', subjects: { goalId } })
}
