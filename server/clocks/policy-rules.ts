import type { ClockName } from '../../contract/clock-words.ts'
import type { CalendarRules } from './calendar-rules.ts'
import type { AnswerKind } from './events.ts'

/** By when somebody has to do what, as people set it down: plain data, one version of a policy. */

export interface Target {
  clock: ClockName
  /** Left out: any. */
  priority?: string
  /** A segment that the person must be in. Left out: anybody. */
  segment?: string
  /** Service minutes, whole; null says that there is no clock here. */
  minutes: number | null
}

/** `percent` is of the target; `minutes` are service minutes. */
export type StepTime =
  | { when: 'before'; minutes: number }
  | { when: 'spent'; percent: number }
  | { when: 'due' }
  | { when: 'after'; minutes: number }

/** What the caller is to do; nothing is done here. */
export type StepAction =
  | { do: 'warn' }
  | { do: 'return-to-queue' }
  | { do: 'reassign' }
  | { do: 'escalate'; to: { teamId: string } | { role: string } | { roleId: string } }

export interface LadderStep {
  /** Unique in its ladder, a-z, 0-9 and '-': a part of the step's key, so that it keeps its name when the ladder is edited. */
  name: string
  at: StepTime
  action: StepAction
}

export interface PolicyRules extends PromiseRules {
  calendar: CalendarRules
}

/** What is promised, whenever the desk works. */
export interface PromiseRules {
  version: string
  /** The first that fits decides. None: no clock. */
  targets: readonly Target[]
  /** What stops the clocks. */
  pauses: { waiting: boolean; snoozed: boolean; crisis: boolean }
  /** What counts as an answer. */
  answers: readonly AnswerKind[]
  /** A matter that comes up again after it was closed: the same resolution, on with its time, or one anew. */
  reopening: 'continue' | 'restart'
  ladders: Record<ClockName, readonly LadderStep[]>
}

/** Service milliseconds; null where nothing fits. */
export function targetMsOf(
  rules: PromiseRules,
  clock: ClockName,
  priority: string | null,
  segments: readonly string[],
): number | null {
  for (const target of rules.targets) {
    if (target.clock !== clock) continue
    if (target.priority !== undefined && target.priority !== priority) continue
    if (target.segment !== undefined && !segments.includes(target.segment)) continue
    return target.minutes === null ? null : target.minutes * 60_000
  }
  return null
}
