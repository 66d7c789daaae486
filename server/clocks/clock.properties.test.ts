import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLOCKS } from '../../contract/clock-words.ts'
import type { ClockEvent } from './events.ts'
import { explainReading } from './explanation.ts'
import { openPolicy, type Policy } from './policy.ts'
import type { PolicyRules } from './policy-rules.ts'
import { type Reading, readClocks } from './reading.ts'
import { beginOf, type Desk, desks, histories, minutesOpen, policies } from './testing/arbitraries.ts'
import { isPaused, type NaiveWait, simulate } from './testing/naive-clock.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

interface Case {
  desk: Desk
  rules: PolicyRules
  events: ClockEvent[]
  now: number
}

const cases: fc.Arbitrary<Case> = desks.chain((desk) =>
  fc.record({
    desk: fc.constant(desk),
    rules: policies.map((rules) => ({ ...rules, calendar: desk.rules })),
    events: histories(beginOf(desk) + DAY),
    now: fc.nat(7_200).map((minute) => beginOf(desk) + DAY + minute * MINUTE),
  }),
)

async function opened(rules: PolicyRules): Promise<Policy> {
  const policy = await openPolicy(rules)
  if ('problems' in policy) throw new Error(JSON.stringify(policy.problems))
  return policy
}

/** What the walk through the minutes can tell: due times behind a closing would be guesses, those behind the window too. */
function told(wait: NaiveWait, now: number): unknown {
  const end = wait.endedAt ?? now
  const isMissed = wait.dueAt !== null && (wait.endedAt === null ? wait.dueAt <= now : wait.dueAt < wait.endedAt)
  const dueAt = wait.endedAt === null || isMissed ? wait.dueAt : null
  const { key, startedAt, endedAt } = wait
  return { key, startedAt, endedAt, endedBy: wait.by, elapsed: wait.countedBy.get(end), isMissed, dueAt }
}

function read({ epoch, dueAt, state, elapsedMinutes }: Reading, until: number): unknown {
  const isMissed = state === 'breached'
  const isKnown = dueAt !== null && dueAt < until && (epoch.endedAt === null || isMissed)
  const { key, startedAt, endedAt, endedBy } = epoch
  return { key, startedAt, endedAt, endedBy, elapsed: elapsedMinutes, isMissed, dueAt: isKnown ? dueAt : null }
}

describe('a clock', () => {
  it('is what a walk minute by minute makes of the same events', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ desk, rules, events, now }) => {
        const open = minutesOpen(desk)
        const begin = beginOf(desk)
        const isOpen = (at: number): boolean => open[(at - begin) / MINUTE] === 1
        const until = begin + 8 * DAY
        const readings = readClocks(await opened(rules), events, now)
        for (const clock of CLOCKS) {
          const waits = simulate(rules, clock, events, { now, until, isOpen })
          expect(readings[clock].map((each) => read(each, until))).toEqual(waits.map((wait) => told(wait, now)))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is the same whatever the order in which events are told, and how often', async () => {
    const shuffled = cases.chain((each) =>
      fc.record({
        each: fc.constant(each),
        again: fc.shuffledSubarray([...each.events, ...each.events], { minLength: each.events.length * 2 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ each: { rules, events, now }, again }) => {
        const policy = await opened(rules)
        // All on a few instants, so that ties are the rule.
        const tied = (told: ClockEvent[]): ClockEvent[] =>
          told.map((event) => ({ ...event, at: event.at - (event.at % DAY) }))
        expect(readClocks(policy, again, now)).toEqual(readClocks(policy, events, now))
        expect(readClocks(policy, tied(again), now)).toEqual(readClocks(policy, tied(events), now))
      }),
      { numRuns: 150 },
    )
  })

  it('explains every minute: no gap, and what is counted is what elapsed', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ desk, rules, events, now }) => {
        const policy = await opened(rules)
        const open = minutesOpen(desk)
        const known = events.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
        for (const reading of Object.values(readClocks(policy, events, now)).flat()) {
          const spans = explainReading(policy, reading, now)
          const { startedAt, endedAt } = reading.epoch
          let cursor = startedAt
          for (const span of spans) {
            expect(span.from).toBe(cursor)
            for (let at = span.from; at < span.until; at += MINUTE) {
              const isPausedNow = isPaused(
                rules,
                reading.clock,
                known.filter((event) => event.at <= at),
                at,
              )
              const isOpen = open[(at - beginOf(desk)) / MINUTE] === 1
              if (span.counted !== (isOpen && !isPausedNow)) expect({ span, at }).toBe('counted as the minutes are')
            }
            cursor = span.until
          }
          expect(cursor).toBe(endedAt ?? now)
          const counted = spans.reduce((sum, { counted, minutes }) => sum + (counted ? minutes : 0), 0)
          expect(counted).toBe(reading.elapsedMinutes)
        }
      }),
      { numRuns: 80 },
    )
  })

  it('that was once too late stays so as time goes on, unless its history is corrected', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(5_000), async ({ rules, events, now }, later) => {
        const policy = await opened(rules)
        const facts = events.filter(({ kind }) => kind !== 'answer-voided')
        const before = Object.values(readClocks(policy, facts, now)).flat()
        const after = Object.values(readClocks(policy, facts, now + later * MINUTE)).flat()
        for (const { clock, epoch, state, dueAt } of before.filter((each) => each.state === 'breached')) {
          const same = after.find((each) => each.clock === clock && each.epoch.key === epoch.key)
          expect({ state: same?.state, dueAt: same?.dueAt }).toEqual({ state, dueAt })
        }
      }),
      { numRuns: 150 },
    )
  })
})
