import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addServiceMs,
  type Calendar,
  openCalendar,
  openCalendarVersions,
  serviceMsBetween,
  stretchesBetween,
} from './calendar.ts'
import type { CalendarRules } from './calendar-rules.ts'
import { beginOf, desks, minutesOpen, WINDOW_DAYS } from './testing/arbitraries.ts'

const MINUTE = 60_000
const RUNS = { numRuns: 200 }
const minuteOfWindow = fc.nat(WINDOW_DAYS * 1_440 - 1)

async function opened(rules: CalendarRules): Promise<Calendar> {
  const calendar = await openCalendar(rules)
  if ('problems' in calendar) throw new Error(JSON.stringify(calendar.problems))
  return calendar
}

describe('service time is what a walk minute by minute counts', () => {
  it('between two instants', async () => {
    await fc.assert(
      fc.asyncProperty(desks, minuteOfWindow, minuteOfWindow, async (desk, a, b) => {
        const from = beginOf(desk)
        const open = minutesOpen(desk)
        const counted = open.subarray(Math.min(a, b), Math.max(a, b)).reduce((sum, each) => sum + each, 0)
        const calendar = await opened(desk.rules)
        const [begin, end] = [from + Math.min(a, b) * MINUTE, from + Math.max(a, b) * MINUTE]
        expect(serviceMsBetween(calendar, begin, end)).toBe(counted * MINUTE)
      }),
      RUNS,
    )
  })

  it('and so is the instant by which so many minutes went by', async () => {
    await fc.assert(
      fc.asyncProperty(desks, fc.nat(4 * 1_440), fc.integer({ min: 1, max: 3_000 }), async (desk, start, minutes) => {
        const from = beginOf(desk)
        const open = minutesOpen(desk)
        let counted = 0
        let at = start
        while (counted < minutes && at < open.length) counted += open[at++] as number
        const reached = addServiceMs(await opened(desk.rules), from + start * MINUTE, minutes * MINUTE)
        if (counted === minutes) expect(reached).toBe(from + at * MINUTE)
        else expect(reached === 'beyond-horizon' || reached > from + open.length * MINUTE).toBe(true)
      }),
      RUNS,
    )
  })

  it('and its stretches cover all of the time and say of each minute whether it was open', async () => {
    await fc.assert(
      fc.asyncProperty(desks, async (desk) => {
        const from = beginOf(desk)
        const open = minutesOpen(desk)
        const until = from + open.length * MINUTE
        const stretches = stretchesBetween(await opened(desk.rules), from, until)
        expect(stretches.map((each) => each.from)).toEqual([from, ...stretches.slice(0, -1).map((each) => each.until)])
        expect(stretches.at(-1)?.until).toBe(until)
        const told = new Uint8Array(open.length)
        for (const each of stretches) {
          if (each.isOpen) told.fill(1, (each.from - from) / MINUTE, (each.until - from) / MINUTE)
        }
        expect(told.findIndex((each, at) => each !== open[at])).toBe(-1)
      }),
      RUNS,
    )
  })
})

describe('hours that change from an instant on', () => {
  /** Versions as people make them: later ones may be valid from before earlier ones. */
  const versions = desks.chain((desk) =>
    fc.record({
      desk: fc.constant(desk),
      more: fc.array(
        fc.tuple(
          desks.map(({ rules }) => rules.week),
          minuteOfWindow,
        ),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  )

  it('count each minute by the last made of the versions that were valid then', async () => {
    await fc.assert(
      fc.asyncProperty(versions, minuteOfWindow, minuteOfWindow, async ({ desk, more }, a, b) => {
        const begin = beginOf(desk)
        const made = [
          { validFrom: begin, rules: desk.rules },
          ...more.map(([week, minute]) => ({ validFrom: begin + minute * MINUTE, rules: { ...desk.rules, week } })),
        ]
        const calendar = await openCalendarVersions(made)
        const open = made.map(({ rules }) => minutesOpen({ ...desk, rules }))
        const isOpen = (minute: number): number =>
          open[made.findLastIndex(({ validFrom }) => validFrom <= begin + minute * MINUTE)]?.[minute] ?? 0
        const [first, last] = [Math.min(a, b), Math.max(a, b)]
        let counted = 0
        for (let minute = first; minute < last; minute++) counted += isOpen(minute)
        const [from, until] = [begin + first * MINUTE, begin + last * MINUTE]
        expect(serviceMsBetween(calendar, from, until)).toBe(counted * MINUTE)
        if (counted > 0) {
          const reached = addServiceMs(calendar, from, counted * MINUTE)
          expect(serviceMsBetween(calendar, from, Number(reached))).toBe(counted * MINUTE)
          expect(serviceMsBetween(calendar, from, Number(reached) - MINUTE)).toBe((counted - 1) * MINUTE)
        }
        const told = stretchesBetween(calendar, from, until)
        expect(told.reduce((sum, each) => sum + (each.isOpen ? each.until - each.from : 0), 0)).toBe(counted * MINUTE)
        expect(told.map((each) => each.from)).toEqual([from, ...told.map((each) => each.until)].slice(0, told.length))
      }),
      { numRuns: 120 },
    )
  })
})

describe('service time to the millisecond', () => {
  const instants = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) })

  it('adds up over any instant in between, over years', async () => {
    await fc.assert(
      fc.asyncProperty(desks, instants, instants, instants, async (desk, ...three) => {
        const calendar = await opened(desk.rules)
        const [a, b, c] = three.sort((x, y) => x - y) as [number, number, number]
        const parts = serviceMsBetween(calendar, a, b) + serviceMsBetween(calendar, b, c)
        expect(parts).toBe(serviceMsBetween(calendar, a, c))
      }),
      { numRuns: 60 },
    )
  })

  it('is added so that exactly as much lies between, and not a millisecond sooner', async () => {
    await fc.assert(
      fc.asyncProperty(desks, instants, fc.integer({ min: 1, max: 4e9 }), async (desk, from, serviceMs) => {
        const calendar = await opened(desk.rules)
        const reached = addServiceMs(calendar, from, serviceMs)
        if (reached === 'beyond-horizon') return
        expect(serviceMsBetween(calendar, from, reached)).toBe(serviceMs)
        expect(serviceMsBetween(calendar, from, reached - 1)).toBe(serviceMs - 1)
      }),
      { numRuns: 60 },
    )
  })
})
