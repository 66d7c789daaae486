import fc from 'fast-check'
import { type CalendarRules, NEVER_OPEN, type OpenHours, WEEKDAYS, type Week, type Weekday } from '../calendar-rules.ts'
import type { ClockEvent } from '../events.ts'
import type { PolicyRules } from '../policy-rules.ts'
import { openMinutes, windowOf } from './naive-calendar.ts'

/** Fortnights around what is difficult, with the public holidays that fall into them. */
interface Season {
  timeZone: string
  firstDay: string
  place?: { country: string; state?: string }
  holidays: readonly string[]
}

const germany = { country: 'DE', state: 'BY' }
const southWales = { country: 'AU', state: 'NSW' }
const SEASONS: readonly Season[] = [
  { timeZone: 'Europe/Berlin', firstDay: '2026-03-26', place: germany, holidays: ['2026-04-03', '2026-04-06'] },
  { timeZone: 'Europe/Berlin', firstDay: '2026-10-22', place: germany, holidays: ['2026-11-01'] },
  {
    timeZone: 'Europe/Berlin',
    firstDay: '2026-12-23',
    place: germany,
    holidays: ['2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06'],
  },
  { timeZone: 'America/New_York', firstDay: '2026-03-05', holidays: [] },
  { timeZone: 'America/New_York', firstDay: '2026-10-30', holidays: [] },
  {
    timeZone: 'Australia/Lord_Howe',
    firstDay: '2026-04-02',
    place: southWales,
    holidays: ['2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'],
  },
  { timeZone: 'Australia/Lord_Howe', firstDay: '2026-10-01', place: southWales, holidays: ['2026-10-05'] },
  { timeZone: 'Asia/Kolkata', firstDay: '2026-12-28', holidays: [] },
  // Days that begin at one in the morning, and an hour before midnight that comes twice.
  { timeZone: 'Africa/Cairo', firstDay: '2026-04-21', holidays: [] },
  { timeZone: 'Africa/Cairo', firstDay: '2026-10-27', holidays: [] },
  { timeZone: 'Africa/Casablanca', firstDay: '2026-02-12', holidays: [] },
]
export const WINDOW_DAYS = 14
const MINUTE = 60_000

const clockTime = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** Split shifts: an even number of different minutes, in pairs. */
const dayHours: fc.Arbitrary<OpenHours[]> = fc
  .uniqueArray(
    fc.oneof(
      fc.nat(1_440),
      fc.nat(48).map((half) => half * 30),
      fc.integer({ min: 50, max: 190 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((minutes) => {
    const ordered = minutes.sort((a, b) => a - b)
    const pairs = Math.floor(ordered.length / 2)
    return Array.from({ length: pairs }, (_, at) => ({
      from: clockTime(ordered[2 * at] as number),
      until: clockTime(ordered[2 * at + 1] as number),
    }))
  })

const weeks: fc.Arbitrary<Week> = fc
  .tuple(fc.array(dayHours, { minLength: 7, maxLength: 7 }), fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }))
  .map(([days, nights]) => {
    const week: Record<Weekday, OpenHours[]> = { ...NEVER_OPEN } as Record<Weekday, OpenHours[]>
    for (const [at, day] of WEEKDAYS.entries()) {
      const hours = days[at] as OpenHours[]
      const next = days[(at + 1) % 7]?.[0]?.from ?? '06:00'
      const evening = hours.at(-1)?.until ?? '20:00'
      const hasNight = nights[at] && next > '00:00' && next < evening && evening < '24:00'
      week[day] = hasNight ? [...hours, { from: evening, until: next }] : hours
    }
    return week
  })

const dayOf = (season: Season, add: number): string =>
  new Date(Date.parse(season.firstDay) + add * 86_400_000).toISOString().slice(0, 10)

export interface Desk {
  rules: CalendarRules
  holidays: ReadonlySet<string>
  firstDay: string
}

/** Epoch milliseconds of the first of the desk's fourteen days. */
export const beginOf = ({ firstDay }: Desk): number => Date.parse(firstDay)
/** 1 for each minute of the fourteen days in which the desk works. */
export const minutesOpen = ({ rules, holidays, firstDay }: Desk): Uint8Array =>
  openMinutes(rules, holidays, windowOf(rules.timeZone, firstDay, WINDOW_DAYS))

/** A desk that works at some time in its fortnight. */
export const desks: fc.Arbitrary<Desk> = fc
  .record({
    season: fc.constantFrom(...SEASONS),
    week: weeks,
    keepsHolidays: fc.boolean(),
    closed: fc.array(fc.tuple(fc.nat(13), fc.nat(2)), { maxLength: 2 }),
    special: fc.uniqueArray(fc.tuple(fc.nat(13), dayHours), { maxLength: 2, selector: ([day]) => day }),
  })
  .map(({ season, week, keepsHolidays, closed, special }) => ({
    rules: {
      timeZone: season.timeZone,
      week: Object.values(week).some((hours) => hours.length > 0)
        ? week
        : { ...NEVER_OPEN, sunday: [{ from: '01:30', until: '02:45' }] },
      ...(keepsHolidays && season.place ? { holidays: { ...season.place, types: ['public'] as const } } : {}),
      closed: closed.map(([from, more]) => ({ from: dayOf(season, from), until: dayOf(season, from + more) })),
      special: special
        .filter(([, hours]) => hours.length > 0)
        .map(([day, hours]) => ({ day: dayOf(season, day), hours })),
    },
    holidays: new Set(keepsHolidays && season.place ? season.holidays : []),
    firstDay: season.firstDay,
  }))

type EventDraft = { [K in ClockEvent['kind']]: Omit<Extract<ClockEvent, { kind: K }>, 'id' | 'at'> }[ClockEvent['kind']]

const drafts: fc.Arbitrary<EventDraft> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'customer-wrote' as const }) },
  { weight: 4, arbitrary: fc.constantFrom('public', 'private').map((as) => ({ kind: 'answered' as const, as })) },
  fc.nat(15).map((at) => ({ kind: 'answer-voided' as const, answerId: String(at) })),
  { weight: 2, arbitrary: fc.constant({ kind: 'closed' as const }) },
  fc.constant({ kind: 'reopened' as const }),
  { weight: 2, arbitrary: fc.constant({ kind: 'waiting-begun' as const }) },
  fc.constant({ kind: 'waiting-ended' as const }),
  { weight: 2, arbitrary: fc.nat(3_000).map((minutes) => ({ kind: 'snoozed' as const, until: minutes })) },
  fc.constant({ kind: 'woken' as const }),
  fc.constantFrom('flood', 'storm').map((crisisId) => ({ kind: 'crisis-begun' as const, crisisId })),
  fc.constantFrom('flood', 'storm').map((crisisId) => ({ kind: 'crisis-ended' as const, crisisId })),
  {
    weight: 2,
    arbitrary: fc.constantFrom('urgent', 'low', null).map((priority) => ({ kind: 'changed' as const, priority })),
  },
  fc.subarray(['press', 'fans']).map((segments) => ({ kind: 'changed' as const, segments })),
) as fc.Arbitrary<EventDraft>

/** Events of five days, each on a minute of its own, in any order. */
export const histories = (from: number): fc.Arbitrary<ClockEvent[]> =>
  fc
    .uniqueArray(fc.tuple(fc.oneof(fc.nat(600), fc.nat(7_200)), drafts), {
      maxLength: 16,
      selector: ([minute]) => minute,
    })
    .map((entries) =>
      entries.map(([minute, draft], at) => {
        const event = { ...draft, id: String(at), at: from + minute * MINUTE }
        return (event.kind === 'snoozed' ? { ...event, until: event.at + event.until * MINUTE } : event) as ClockEvent
      }),
    )

const minutes = fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 60, max: 3_000 }), fc.constant(null))

export const policies: fc.Arbitrary<Omit<PolicyRules, 'calendar'>> = fc.record({
  version: fc.constant('1'),
  targets: fc.tuple(minutes, minutes, minutes).map((of) =>
    (['first-answer', 'next-answer', 'resolution'] as const).flatMap((clock) => [
      { clock, priority: 'urgent', minutes: of[0] },
      { clock, segment: 'press', minutes: of[1] },
      { clock, minutes: of[2] },
    ]),
  ),
  pauses: fc.record({ waiting: fc.boolean(), snoozed: fc.boolean(), crisis: fc.boolean() }),
  answers: fc.constantFrom(['public', 'private'] as const, ['public'] as const),
  reopening: fc.constantFrom('continue', 'restart'),
  ladders: fc.constant({ 'first-answer': [], 'next-answer': [], resolution: [] }),
})
