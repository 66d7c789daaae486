import { type Calendar, openCalendar } from '../calendar.ts'
import { type CalendarRules, NEVER_OPEN, type OpenHours, type Week } from '../calendar-rules.ts'
import { openPolicy, type Policy } from '../policy.ts'
import type { PolicyRules } from '../policy-rules.ts'

/** A desk in Berlin with a lunch break, and what it promises: the examples of the tests. */
const day: readonly OpenHours[] = [
  { from: '09:00', until: '12:30' },
  { from: '13:00', until: '17:00' },
]
export const OFFICE_WEEK: Week = {
  ...NEVER_OPEN,
  monday: day,
  tuesday: day,
  wednesday: day,
  thursday: day,
  friday: day,
}

export const officeRules = (changed: Partial<CalendarRules> = {}): CalendarRules => ({
  timeZone: 'Europe/Berlin',
  week: OFFICE_WEEK,
  closed: [],
  special: [],
  ...changed,
})

export async function calendarOf(rules: CalendarRules): Promise<Calendar> {
  const calendar = await openCalendar(rules)
  if ('problems' in calendar) throw new Error(JSON.stringify(calendar.problems))
  return calendar
}

export const policyRules = (changed: Partial<PolicyRules> = {}): PolicyRules => ({
  version: '1',
  calendar: officeRules(),
  targets: [
    { clock: 'first-answer', priority: 'urgent', minutes: 30 },
    { clock: 'first-answer', segment: 'press', minutes: 60 },
    { clock: 'first-answer', minutes: 120 },
    { clock: 'next-answer', minutes: 240 },
    { clock: 'resolution', minutes: 900 },
  ],
  pauses: { waiting: true, snoozed: false, crisis: false },
  answers: ['public', 'private'],
  reopening: 'continue',
  ladders: { 'first-answer': [], 'next-answer': [], resolution: [] },
  ...changed,
})

export async function policyOf(changed: Partial<PolicyRules> = {}): Promise<Policy> {
  const policy = await openPolicy(policyRules(changed))
  if ('problems' in policy) throw new Error(JSON.stringify(policy.problems))
  return policy
}

/** Epoch milliseconds of '2026-03-27T16:30+01:00'. */
export const at = (iso: string): number => Date.parse(iso)
export const HOUR = 3_600_000
