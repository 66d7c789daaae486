import type { DESK_CHECKS, GOAL_FIGURES, GOAL_SILENCES } from '../../contract/plan.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'

export type GoalFigureName = (typeof GOAL_FIGURES)[number]
export type DeskCheckName = (typeof DESK_CHECKS)[number]

/** Why a figure is not told. */
export interface Withheld {
  withheld: (typeof GOAL_SILENCES)[number]
}
/** What a goal can be measured by; handed down by the module that owns the rows. Null: there is nothing to measure yet. */
export type GoalFigures = Partial<
  Record<GoalFigureName, (tx: WorkspaceTransaction, services: Services) => Promise<number | Withheld | null>>
>

/** How many of something a desk has; handed down by the module that owns it. One is enough unless said otherwise. */
export type DeskCheck = (tx: WorkspaceTransaction, services: Services) => Promise<number>
export type DeskChecks = Partial<Record<DeskCheckName, DeskCheck>>

export interface PlanParts {
  figures: readonly GoalFigures[]
  checks: readonly DeskChecks[]
}
