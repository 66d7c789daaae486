/**
 * Service clocks: how much of a desk's working time went by, and by when somebody has to answer. Pure: no database, no network,
 * no clock of its own. Instants are epoch milliseconds; people's numbers are minutes.
 */

/** `openCalendar(rules) → Promise<Calendar | { problems }>`; lengths in milliseconds of service time. */
export {
  type Calendar,
  type CalendarVersion,
  openCalendar,
  openCalendarVersions,
  serviceMsBetween,
  standingVersions,
  stretchesBetween,
} from './calendar.ts'
export { type CalendarProblem, calendarProblems } from './calendar-problems.ts'
export {
  ALWAYS_OPEN,
  type CalendarRules,
  type HolidayRules,
  type HolidayType,
  NEVER_OPEN,
  type OpenHours,
  WEEKDAYS,
  type Week,
  type Weekday,
} from './calendar-rules.ts'
export type { BeyondHorizon, Stretch } from './desk-hours.ts'
export type { Epoch, PauseCode, Piece } from './epochs.ts'
export { type AnswerKind, type ClockEvent, EVENTS_MAX } from './events.ts'
/** `explainReading(policy, reading, now) → Span[]`: every minute, counted or not, and why. */
export { explainReading, type Span, type SpanCode } from './explanation.ts'
/** `holidaysOf(rules, year)`, `holidayPlaces(within, language)`: for a settings screen. */
export { type HolidayNames, holidayPlaces, holidaysOf, type ListedHoliday } from './holidays.ts'
/** `planSteps(policy, clockId, reading, now) → PlannedStep[]`, `nextStepAt(steps, now)`. */
export { nextStepAt, type PlannedStep, planSteps } from './ladder.ts'
/** `openPolicy(rules) → Promise<Policy | { problems }>`: once for each version. */
export { openPolicy, type Policy, type PolicyProblem, policyOver, policyProblems } from './policy.ts'
export type {
  LadderStep,
  PolicyRules,
  PromiseRules,
  StepAction,
  StepTime,
  Target,
} from './policy-rules.ts'
/** `readClocks(policy, events, now) → Record<ClockName, Reading[]>`: the whole answer. */
export { type ClockState, type Reading, readClocks } from './reading.ts'
