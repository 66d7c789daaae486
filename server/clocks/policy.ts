import { CLOCKS, type ClockName } from '../../contract/clock-words.ts'
import { type Calendar, openCalendar } from './calendar.ts'
import type { CalendarProblem } from './calendar-problems.ts'
import type { LadderStep, PolicyRules, PromiseRules, Target } from './policy-rules.ts'

/** A year of service minutes around the clock: a longer promise is none. */
export const TARGET_MINUTES_MAX = 525_600
export const TARGETS_MAX = 200
export const STEPS_MAX = 20

/** Rules that were found sound, with their calendar laid out; kept by the caller for as long as the version is in use. */
export interface Policy {
  readonly rules: PromiseRules
  readonly calendar: Calendar
}

export interface PolicyProblem {
  code:
    | 'target-out-of-range'
    | 'target-unreachable'
    | 'too-many-targets'
    | 'no-answer-counts'
    | 'step-name-malformed'
    | 'step-name-twice'
    | 'step-minutes-out-of-range'
    | 'step-percent-out-of-range'
    | 'too-many-steps'
  /** 'targets.3', 'ladders.first-answer.0', 'answers'. */
  place: string
  value: string
}

const problem = (code: PolicyProblem['code'], place: string, value: string): PolicyProblem => ({ code, place, value })

/** All problems of the rules and of their calendar instead, if there are any. */
export async function openPolicy(
  rules: PolicyRules,
): Promise<Policy | { problems: (PolicyProblem | CalendarProblem)[] }> {
  const calendar = await openCalendar(rules.calendar)
  const problems = [...policyProblems(rules), ...('problems' in calendar ? calendar.problems : [])]
  return 'problems' in calendar || problems.length > 0 ? { problems } : { rules, calendar }
}

/** Rules that were found sound when they were kept, over a calendar that has versions of its own. */
export const policyOver = (rules: PromiseRules, calendar: Calendar): Policy => ({ rules, calendar })

export function policyProblems({ targets, answers, ladders }: PromiseRules): PolicyProblem[] {
  return [
    ...(targets.length > TARGETS_MAX ? [problem('too-many-targets', 'targets', String(targets.length))] : []),
    ...targets.slice(0, TARGETS_MAX).flatMap((target, at) => targetProblems(target, at, targets)),
    ...(answers.length === 0 ? [problem('no-answer-counts', 'answers', '')] : []),
    ...CLOCKS.flatMap((clock) => ladderProblems(clock, ladders[clock])),
  ]
}

function targetProblems(target: Target, at: number, targets: readonly Target[]): PolicyProblem[] {
  const { minutes } = target
  const earlier = targets.slice(0, at).findIndex((each) => covers(each, target))
  return [
    ...(minutes === null || isWithin(minutes, 1, TARGET_MINUTES_MAX)
      ? []
      : [problem('target-out-of-range', `targets.${at}`, String(minutes))]),
    ...(earlier >= 0 ? [problem('target-unreachable', `targets.${at}`, `targets.${earlier}`)] : []),
  ]
}

/** Whether everything that fits the second fits the first. */
const covers = (first: Target, second: Target): boolean =>
  first.clock === second.clock &&
  (first.priority === undefined || first.priority === second.priority) &&
  (first.segment === undefined || first.segment === second.segment)

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

function ladderProblems(clock: ClockName, steps: readonly LadderStep[]): PolicyProblem[] {
  const place = `ladders.${clock}`
  if (steps.length > STEPS_MAX) return [problem('too-many-steps', place, String(steps.length))]
  return steps.flatMap(({ name, at: time }, at) => {
    const here = `${place}.${at}`
    const isTwice = steps.slice(0, at).some((step) => step.name === name)
    return [
      ...(/^[a-z0-9-]{1,40}$/.test(name) ? [] : [problem('step-name-malformed', here, name)]),
      ...(isTwice ? [problem('step-name-twice', here, name)] : []),
      ...('minutes' in time && !isWithin(time.minutes, 1, TARGET_MINUTES_MAX)
        ? [problem('step-minutes-out-of-range', here, String(time.minutes))]
        : []),
      ...('percent' in time && !isWithin(time.percent, 1, 99)
        ? [problem('step-percent-out-of-range', here, String(time.percent))]
        : []),
    ]
  })
}
