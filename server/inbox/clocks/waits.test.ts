import { beforeAll, describe, expect, it } from 'vitest'
import {
  ALWAYS_OPEN,
  type Calendar,
  type ClockEvent,
  openCalendar,
  type PromiseRules,
  policyOver,
} from '../../clocks/index.ts'
import type { Facts } from './facts.ts'
import type { Promises, PromiseVersion } from './promises.ts'
import { waitsOf } from './waits.ts'

const BEGUN = Date.UTC(2026, 2, 2, 10)
const at = (minutes: number) => BEGUN + minutes * 60_000

let calendar: Calendar
beforeAll(async () => {
  const opened = await openCalendar({ timeZone: 'Europe/Berlin', week: ALWAYS_OPEN, closed: [], special: [] })
  if ('problems' in opened) throw new Error(JSON.stringify(opened.problems))
  calendar = opened
})

type Version = PromiseVersion & { validFrom: number }

const version = (
  clockPolicyId: string,
  minutes: number,
  details: Partial<Version> = {},
  rules: Partial<PromiseRules> = {},
): Version => ({
  clockPolicyId,
  name: clockPolicyId,
  version: 1,
  applies: { sourceIds: [], networks: [], languages: [], mentions: false },
  madeAt: at(-60),
  validFrom: at(-60),
  policy: policyOver(
    {
      version: '1',
      targets: [
        { clock: 'first-answer', minutes },
        { clock: 'next-answer', minutes },
      ],
      pauses: { waiting: true, snoozed: true, crisis: true },
      answers: ['public', 'private'],
      reopening: 'continue',
      ladders: { 'first-answer': [], 'next-answer': [], resolution: [] },
      ...rules,
    },
    calendar,
  ),
  ...details,
})

const promisesOf = (...policies: Version[][]): Promises => ({
  all: new Map(
    policies.map((versions) => [versions[0]?.clockPolicyId ?? '', { versions, removedAt: Number.POSITIVE_INFINITY }]),
  ),
  boundaries: [...new Set(policies.flat().map(({ validFrom }) => validFrom))].sort((a, b) => a - b),
  segmentIds: new Set(),
})

const facts = (events: ClockEvent[], chosen: Facts['chosen'] = []): Facts => ({
  conversationId: 'c',
  authorId: 'a',
  openedBecause: 'addressed',
  sourceId: null,
  network: 'bluesky',
  language: null,
  languages: [],
  priority: 'normal',
  memberId: null,
  teamId: null,
  chosen,
  segments: null,
  events,
  teams: [],
})

const wrote = (minutes: number): ClockEvent => ({ id: `w${minutes}`, at: at(minutes), kind: 'customer-wrote' })
const answered = (minutes: number, as: 'public' | 'private' = 'public'): ClockEvent => ({
  id: `a${minutes}`,
  at: at(minutes),
  kind: 'answered',
  as,
})
const told = (promises: Promises, of: Facts, now: number) =>
  waitsOf(promises, of, at(now)).map(
    ({ promise, reading: { clock, state, targetMinutes } }) => `${promise.name} ${clock} ${state} of ${targetMinutes}`,
  )

describe('a promise that is chosen', () => {
  const narrow = { applies: { sourceIds: [], networks: ['mastodon'], languages: [], mentions: false } }
  const both = () => promisesOf([version('usual', 60)], [version('hasty', 10, narrow)])

  it('reads what is not over yet and what begins from then on, and leaves what was over as it was promised', () => {
    const history = [wrote(0), answered(50), wrote(100)]
    expect(told(both(), facts(history), 130)).toEqual([
      'usual first-answer met of 60',
      'usual next-answer running of 60',
    ])
    expect(told(both(), facts(history, [{ at: at(105), clockPolicyId: 'hasty' }]), 130)).toEqual([
      'usual first-answer met of 60',
      'hasty next-answer breached of 10',
    ])
    expect(told(both(), facts(history, [{ at: at(1), clockPolicyId: 'hasty' }]), 130)).toEqual([
      'hasty first-answer breached of 10',
      'hasty next-answer breached of 10',
    ])
  })

  it('gives way to the one that is chosen after it, and to the usual one where it is none', () => {
    const chosen = [
      { at: at(1), clockPolicyId: 'hasty' },
      { at: at(105), clockPolicyId: 'gone' },
    ]
    expect(told(both(), facts([wrote(0), answered(50), wrote(100)], chosen), 130)).toEqual([
      'hasty first-answer breached of 10',
      'usual next-answer running of 60',
    ])
  })
})

describe('waits', () => {
  it('keep what was promised to the language in which they began, in whichever somebody writes afterwards', () => {
    const german = { applies: { sourceIds: [], networks: [], languages: ['de'], mentions: false } }
    const promises = promisesOf([version('usual', 60)], [version('German', 10, german)])
    const history = [wrote(0), answered(5), wrote(100), answered(105), wrote(200)]
    const spoken = (...languages: Facts['languages']) => told(promises, { ...facts(history), languages }, 201)
    const german100 = { at: at(100), language: 'de' }
    expect(spoken({ at: at(0), language: 'nl' }, german100, { at: at(200), language: 'en' })).toEqual([
      'usual first-answer met of 60',
      'German next-answer met of 10',
      'usual next-answer running of 60',
    ])
    // Nobody could tell the language of the first words.
    expect(spoken(german100)).toEqual([
      'usual first-answer met of 60',
      'German next-answer met of 10',
      'German next-answer running of 10',
    ])
  })

  it('keep names of their own where a later version takes other answers for one', () => {
    const before = version('usual', 60)
    const after = version('usual', 60, { version: 2, validFrom: at(30) }, { answers: ['public'] })
    const history = [wrote(0), answered(10, 'private'), wrote(20), answered(40), wrote(50)]
    const waits = waitsOf(promisesOf([before, after]), facts(history), at(60))
    expect(waits.map(({ promise, reading: { clock, epoch } }) => [promise.version, clock, epoch.startedAt])).toEqual([
      [1, 'first-answer', at(0)],
      [1, 'next-answer', at(20)],
      [2, 'next-answer', at(50)],
    ])
    expect(new Set(waits.map(({ reading: { clock, epoch } }) => `${clock} ${epoch.key}`)).size).toBe(3)
  })
})
