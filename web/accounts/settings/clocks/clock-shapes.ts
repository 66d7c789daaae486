import type { useApi } from '../../../platform/session.ts'
import { everyWeekday } from '../../../ui/week-hours.tsx'

type Clocks = ReturnType<typeof useApi>['inbox']['clocks']
export type Calendar = Awaited<ReturnType<Clocks['calendars']['list']['call']>>['items'][number]
export type CalendarRules = Calendar['versions'][number]['rules']
export type Promised = Awaited<ReturnType<Clocks['policies']['list']['call']>>['items'][number]
export type PromiseRules = Promised['versions'][number]['rules']
/** As a form hands them over; without a time they hold at once. */
export interface NamedRules<Rules> {
  name: string
  rules: Rules
  validFrom?: Date
}
export type Target = PromiseRules['targets'][number]
export type Ladders = PromiseRules['ladders']
export type Step = Ladders['resolution'][number]
export type Preview = Awaited<ReturnType<Clocks['calendars']['preview']['call']>>

export const officeHours = (timeZone: string): CalendarRules => ({
  timeZone,
  week: everyWeekday('09:00', '17:00'),
  closed: [],
  special: [],
})

/** What a desk of a few people can keep: the hour, two hours, three days of eight; and who is told when it runs out. */
export const usualPromise = (calendarId: string): PromiseRules => ({
  calendarId,
  applies: { sourceIds: [], networks: [], languages: [], mentions: false },
  targets: [
    { clock: 'first-answer', priority: 'urgent', minutes: 15 },
    { clock: 'first-answer', minutes: 60 },
    { clock: 'next-answer', minutes: 120 },
    { clock: 'resolution', minutes: 1_440 },
  ],
  pauses: { waiting: true, snoozed: false, crisis: false },
  answers: ['public', 'private'],
  reopening: 'continue',
  ladders: { 'first-answer': usualLadder(), 'next-answer': usualLadder(), resolution: [] },
})

const usualLadder = (): Step[] => [
  { name: 'warn', at: { when: 'before', minutes: 10 }, action: { do: 'warn' } },
  { name: 'return', at: { when: 'due' }, action: { do: 'return-to-queue' } },
  { name: 'lead', at: { when: 'after', minutes: 30 }, action: { do: 'escalate', to: { role: 'lead' } } },
]

/** As a field for a day and an hour wants it: local time without a zone. '' is now. */
export const instantOf = (field: string): { validFrom?: Date } => (field === '' ? {} : { validFrom: new Date(field) })
