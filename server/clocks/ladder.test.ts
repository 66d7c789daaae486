import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClockEvent } from './events.ts'
import { nextStepAt, type PlannedStep, planSteps } from './ladder.ts'
import type { Policy } from './policy.ts'
import type { LadderStep } from './policy-rules.ts'
import { type Reading, readClocks } from './reading.ts'
import { histories } from './testing/arbitraries.ts'
import { at, policyOf } from './testing/desk.ts'

const ladder: LadderStep[] = [
  { name: 'half', at: { when: 'spent', percent: 50 }, action: { do: 'warn' } },
  { name: 'soon', at: { when: 'before', minutes: 15 }, action: { do: 'warn' } },
  { name: 'missed', at: { when: 'due' }, action: { do: 'return-to-queue' } },
  { name: 'lead', at: { when: 'after', minutes: 60 }, action: { do: 'escalate', to: { role: 'lead' } } },
]
const withLadder = (): Promise<Policy> =>
  policyOf({ ladders: { 'first-answer': ladder, 'next-answer': ladder, resolution: [] } })

/** On Monday 16 March 2026, in Berlin. */
const time = (clock: string): number => at(`2026-03-16T${clock}:00+01:00`)
const wrote = (id: string, clock: string): ClockEvent => ({ kind: 'customer-wrote', id, at: time(clock) })
const answered = (id: string, clock: string): ClockEvent => ({ kind: 'answered', as: 'public', id, at: time(clock) })
const changed = (id: string, clock: string, priority: string | null): ClockEvent => ({
  kind: 'changed',
  priority,
  id,
  at: time(clock),
})

function plan(
  policy: Policy,
  events: ClockEvent[],
  now: number,
  clock: 'first-answer' | 'next-answer' = 'first-answer',
) {
  return planSteps(policy, 'clock1', readClocks(policy, events, now)[clock].at(-1) as Reading, now)
}
const wall = (instant: number | null): string | null =>
  instant === null ? null : new Date(instant + 3_600_000).toISOString().slice(8, 16).replace('T', ' ')
const times = (steps: PlannedStep[]): unknown[] => steps.map(({ step, at }) => [step, wall(at)])
const due = (steps: PlannedStep[]): string[] => steps.filter(({ isDue }) => isDue).map(({ step }) => step)

describe('a ladder', () => {
  it('knows the exact times of its steps in service time, before and after the due time', async () => {
    const steps = plan(await withLadder(), [wrote('m1', '15:30')], time('15:30'))
    expect(times(steps)).toEqual([
      ['half', '16 16:30'],
      ['soon', '17 09:15'],
      ['missed', '17 09:30'],
      ['lead', '17 10:30'],
    ])
    expect(nextStepAt(steps, time('15:30'))).toBe(time('16:30'))
    expect(nextStepAt(steps, time('16:30'))).toBe(time('16:30') + 16.75 * 3_600_000)
  })

  it('says what is due by now, and nothing of a wait that is over', async () => {
    const policy = await withLadder()
    const asked = wrote('m1', '09:00')
    expect(due(plan(policy, [asked], time('09:59')))).toEqual([])
    expect(due(plan(policy, [asked], time('10:00')))).toEqual(['half'])
    expect(due(plan(policy, [asked], time('10:45')))).toEqual(['half', 'soon'])
    expect(due(plan(policy, [asked], time('12:00')))).toEqual(['half', 'soon', 'missed', 'lead'])
    expect(due(plan(policy, [asked, answered('a1', '11:30')], time('12:00')))).toEqual([])
    const closed: ClockEvent = { kind: 'closed', id: 'c', at: time('11:30') }
    expect(due(plan(policy, [asked, closed], time('12:00')))).toEqual([])
  })

  it('tells warnings that come too late from what still has to be done', async () => {
    const steps = plan(await withLadder(), [wrote('m1', '09:00')], time('11:30'))
    expect(steps.filter((each) => each.isDue && !each.isOvertaken).map(({ step }) => step)).toEqual(['missed'])
  })

  it('does not warn of what is missed in the same instant', async () => {
    const events = [wrote('m1', '09:00'), changed('p', '09:40', 'urgent')]
    expect(times(plan(await withLadder(), events, time('09:50')))).toEqual([
      ['missed', '16 09:40'],
      ['lead', '16 10:40'],
    ])
  })

  it('warns in the first open minute where the target is shorter than the warning', async () => {
    const early: LadderStep = { name: 'early', at: { when: 'before', minutes: 500 }, action: { do: 'warn' } }
    const policy = await policyOf({ ladders: { 'first-answer': [early], 'next-answer': [], resolution: [] } })
    expect(times(plan(policy, [wrote('m1', '06:00')], time('06:00')))).toEqual([['early', '16 09:00']])
  })

  it('does not know when a pause without end will be over', async () => {
    const waiting: ClockEvent = { kind: 'waiting-begun', id: 'w', at: time('10:30') }
    const steps = plan(await withLadder(), [wrote('m1', '09:00'), waiting], time('12:00'))
    expect(steps.map(({ step, at, unknown, isDue }) => [step, wall(at), unknown, isDue])).toEqual([
      ['half', '16 10:00', null, true],
      ['soon', null, 'paused', false],
      ['missed', null, 'paused', false],
      ['lead', null, 'paused', false],
    ])
    expect(nextStepAt(steps, time('12:00'))).toBe(null)
  })
})

describe('a step’s key', () => {
  const keys = (steps: PlannedStep[]): string[] => steps.map(({ key }) => key).sort()

  it('stays the same whatever is learnt later of the same wait', async () => {
    const policy = await withLadder()
    const events = [wrote('m2', '09:30')]
    const before = keys(plan(policy, events, time('12:00')))
    expect(before).toEqual(['clock1:start:half', 'clock1:start:lead', 'clock1:start:missed', 'clock1:start:soon'])
    const late: ClockEvent[] = [
      wrote('m1', '09:00'),
      changed('p', '08:00', null),
      { kind: 'snoozed', id: 's', at: time('09:40'), until: time('10:00') },
      { kind: 'waiting-begun', id: 'w', at: time('09:45') },
      { kind: 'closed', id: 'c', at: time('10:00') },
      { kind: 'reopened', id: 'r', at: time('10:01') },
    ]
    expect(keys(plan(policy, [...late, ...events, ...events], time('12:00')))).toEqual(before)
    const softer = {
      ...policy,
      rules: { ...policy.rules, targets: [{ clock: 'first-answer' as const, minutes: 400 }] },
    }
    expect(keys(plan(softer, events, time('12:00')))).toEqual(before)
  })

  it('comes back with an answer that never arrived, and is another for the next wait', async () => {
    const policy = await withLadder()
    const events = [wrote('m1', '09:00'), answered('a1', '09:30'), wrote('m2', '10:00'), answered('a2', '10:30')]
    const wait = [...events, wrote('m3', '11:00')]
    expect(plan(policy, wait, time('12:00'), 'next-answer')[0]?.key).toBe('clock1:a2:half')
    const voided: ClockEvent = { kind: 'answer-voided', answerId: 'a2', id: 'f', at: time('11:30') }
    expect(plan(policy, [...wait, voided], time('12:00'), 'next-answer')[0]?.key).toBe('clock1:start:half')
  })

  it('lets no step be done twice for one wait, in whatever order it is learnt of and however the system clock jumps', async () => {
    const policy = await policyOf({
      pauses: { waiting: true, snoozed: true, crisis: true },
      ladders: { 'first-answer': ladder, 'next-answer': [], resolution: [] },
    })
    const settles = ['answered', 'answer-voided', 'closed']
    const learnt = histories(time('00:00')).chain((events) => {
      const wait = [wrote('first', '09:00'), ...events.filter(({ kind }) => !settles.includes(kind))]
      const nows = fc.array(fc.nat(7_200), { minLength: wait.length, maxLength: wait.length })
      return fc.record({ wait: fc.shuffledSubarray(wait, { minLength: wait.length }), nows })
    })
    const isOnce = ({ wait, nows }: { wait: ClockEvent[]; nows: number[] }): void => {
      const done: string[] = []
      const work = (known: ClockEvent[], now: number): void => {
        const reading = readClocks(policy, known, now)['first-answer'].at(-1)
        const steps = reading ? planSteps(policy, 'clock1', reading, now) : []
        for (const { key, isDue } of steps) if (isDue && !done.includes(key)) done.push(key)
      }
      for (const [at, minute] of nows.entries()) work(wait.slice(0, at + 1), time('00:00') + minute * 60_000)
      const names = done.map((key) => key.split(':').at(-1))
      expect(new Set(names).size).toBe(names.length)
    }
    fc.assert(fc.property(learnt, isOnce), { numRuns: 200 })
  })
})
