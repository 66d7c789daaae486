import type { Policy } from './policy.ts'
import type { LadderStep, StepAction, StepTime } from './policy-rules.ts'
import { countedMs, decidingPieces, type Reached, whenReached } from './reach.ts'
import type { Reading } from './reading.ts'

/**
 * What a clock asks to be done, and when. Nothing is done here: the caller does what is due, and stores the keys of what it
 * did. A key names the clock, its wait and the step, so whatever is recomputed (late events, another policy, a restart,
 * a changed system clock), no step is done twice for one wait.
 */
export interface PlannedStep {
  /** `clockId:epoch:step`. */
  key: string
  step: string
  action: StepAction
  time: StepTime
  /** Epoch milliseconds; null where it cannot be known yet, as `unknown` says. */
  at: number | null
  unknown: Exclude<Reached, number> | null
  /** By `now`, while the wait is open. Whether it was done already is the caller's to know. */
  isDue: boolean
  /** A step from before the due time that finds the clock breached: after an outage there is nothing left to warn of. */
  isOvertaken: boolean
}

/**
 * All steps of a reading's ladder, earliest first, unknown times last. `now` must be the reading's. Of a wait that is over, and
 * where nothing is promised, no step is due. A step before the due time that would not come before it (the target was cut
 * below the time already gone) is left out. A warning longer than the target comes with the first open minute.
 */
export function planSteps(policy: Policy, clockId: string, reading: Reading, now: number): PlannedStep[] {
  const { epoch, dueAt, state } = reading
  const isOpen = epoch.endedAt === null && state !== 'void'
  return policy.rules.ladders[reading.clock]
    .flatMap((step): PlannedStep[] => {
      const reached = stepTime(policy, reading, step)
      const at = typeof reached === 'number' ? reached : null
      const isBefore = step.at.when === 'before' || step.at.when === 'spent'
      if (isBefore && at !== null && dueAt !== null && at >= dueAt) return []
      return [
        {
          key: `${clockId}:${epoch.key}:${step.name}`,
          step: step.name,
          action: step.action,
          time: step.at,
          at,
          unknown: typeof reached === 'number' ? null : reached,
          isDue: isOpen && at !== null && at <= now,
          isOvertaken: isBefore && state === 'breached',
        },
      ]
    })
    .sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY) || 0)
}

/** When the caller has to look again if nothing happens in between; null: not before something happens. */
export function nextStepAt(steps: readonly PlannedStep[], now: number): number | null {
  return steps.find(({ at }) => at !== null && at > now)?.at ?? null
}

function stepTime({ calendar }: Policy, { epoch, dueAt, dueUnknown }: Reading, { at: time }: LadderStep): Reached {
  const pieces = decidingPieces(epoch)
  switch (time.when) {
    case 'before':
      return whenReached(calendar, pieces, (targetMs) => Math.max(1, targetMs - time.minutes * 60_000))
    case 'spent':
      return whenReached(calendar, pieces, (targetMs) => (targetMs * time.percent) / 100)
    case 'due':
      return dueAt ?? dueUnknown ?? 'no-target'
    case 'after': {
      if (dueAt === null) return dueUnknown ?? 'no-target'
      const spentMs = countedMs(calendar, pieces, dueAt) + time.minutes * 60_000
      return whenReached(calendar, pieces, () => spentMs)
    }
  }
}
