/** Words and limits of service clocks, apart from the schemas: the web app's screens load no zod. */
export const CLOCKS = ['first-answer', 'next-answer', 'resolution'] as const
export type ClockName = (typeof CLOCKS)[number]
export const CLOCK_STATES = ['running', 'paused', 'met', 'breached', 'void'] as const
export const PAUSES = ['waiting', 'snoozed', 'crisis'] as const
/**
 * Why a stretch of time was counted or not. open, special-day: counted. outside-hours, holiday, closed-day: the desk was
 * closed. The rest: the policy's pauses, and 'closed', a resolution that was thought to be reached.
 */
export const SPAN_CODES = [
  'open',
  'special-day',
  'outside-hours',
  'holiday',
  'closed-day',
  'waiting',
  'crisis',
  'snoozed',
  'closed',
] as const
/** As date-holidays tells them apart. A bank holiday is often half a day: in Germany 24 December from 14:00. */
export const HOLIDAY_TYPES = ['public', 'bank', 'school', 'optional', 'observance'] as const

export const POLICIES_MAX = 50
export const CALENDARS_MAX = 100
export const VERSIONS_MAX = 500
export const TARGETS_MAX = 200
export const STEPS_MAX = 20
export const TARGET_MINUTES_MAX = 525_600
export const POLICY_NAME_CHARACTERS_MAX = 100
/** How far a version may be valid from before and behind today. */
export const VALID_YEARS_MAX = 5
/** Of one wait; a longer explanation shows its newest part. */
export const SPANS_MAX = 400
export const WAITS_EXPLAINED_MAX = 20
export const REMINDER_DAYS_MAX = 365

/** What a step does, and when. */
export const STEP_ACTIONS = ['warn', 'return-to-queue', 'reassign', 'escalate'] as const
export const STEP_TIMES = ['before', 'spent', 'due', 'after'] as const
/** What came of a step of a ladder: done, or why there was nothing to do. */
export const STEP_OUTCOMES = [
  'done',
  /** It warns of what has happened meanwhile. */
  'overtaken',
  /** Its time lies before the promise was made. */
  'before-promise',
  'was-so',
  'nobody-can',
  'nobody-there',
  /** The team that it names was removed. */
  'gone',
] as const
export type StepOutcome = (typeof STEP_OUTCOMES)[number]

export const CLOCK_NEWS = ['nearly-due', 'late', 'returned', 'escalated'] as const
