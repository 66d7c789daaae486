import { describe, expect, it } from 'vitest'
import type { ClockName } from '../../contract/clock-words.ts'
import type { ClockEvent } from './events.ts'
import { explainReading } from './explanation.ts'
import type { Policy } from './policy.ts'
import { type Reading, readClocks } from './reading.ts'
import { at, officeRules, policyOf } from './testing/desk.ts'

/** All on Monday 16 to Friday 20 March 2026, in Berlin's winter: '2 10:30' is Tuesday. */
const time = (day: string): number => at(`2026-03-${15 + Number(day[0])}T${day.slice(2)}:00+01:00`)

type Told = ClockEvent extends infer E ? (E extends ClockEvent ? Omit<E, 'id' | 'at'> : never) : never
const event = (id: string, day: string, told: Told): ClockEvent => ({ ...told, id, at: time(day) }) as ClockEvent
const wrote = (id: string, day: string): ClockEvent => event(id, day, { kind: 'customer-wrote' })
const answered = (id: string, day: string, as: 'public' | 'private' = 'public'): ClockEvent =>
  event(id, day, { kind: 'answered', as })

const wall = (instant: number | null): string | null =>
  instant === null
    ? null
    : `${Math.floor((instant - time('1 00:00')) / 86_400_000) + 1} ${new Date(instant + 3_600_000).toISOString().slice(11, 16)}`

function last(policy: Policy, clock: ClockName, events: ClockEvent[], now: string): Reading {
  const reading = readClocks(policy, events, time(now))[clock].at(-1)
  if (!reading) throw new Error('the clock has not begun')
  return reading
}

function told(policy: Policy, clock: ClockName, events: ClockEvent[], now: string): unknown[] {
  const { state, because, elapsedMinutes, dueAt } = last(policy, clock, events, now)
  return [state, ...(because ? [because] : []), elapsedMinutes, wall(dueAt)]
}

describe('the first answer', () => {
  it('is due in service time, over lunch and over night', async () => {
    const policy = await policyOf()
    expect(told(policy, 'first-answer', [wrote('m1', '1 11:30')], '1 12:45')).toEqual(['running', 60, '1 14:00'])
    expect(told(policy, 'first-answer', [wrote('m1', '1 16:30')], '2 08:00')).toEqual(['running', 30, '2 10:30'])
    expect(told(policy, 'first-answer', [wrote('m1', '1 03:00')], '1 03:00')).toEqual(['running', 0, '1 11:00'])
  })

  it('is met at the due minute itself, and missed behind it; a silence is missed at that minute', async () => {
    const policy = await policyOf()
    const asked = wrote('m1', '1 09:00')
    expect(told(policy, 'first-answer', [asked, answered('a1', '1 11:00')], '1 12:00')).toEqual(['met', 120, '1 11:00'])
    expect(told(policy, 'first-answer', [asked, answered('a1', '1 11:01')], '5 12:00')).toEqual([
      'breached',
      121,
      '1 11:00',
    ])
    expect(told(policy, 'first-answer', [asked], '1 11:00')).toEqual(['breached', 120, '1 11:00'])
    expect(told(policy, 'first-answer', [asked], '1 10:59')).toEqual(['running', 119, '1 11:00'])
  })

  it('begins with the customer’s words: what we said before is no answer to them', async () => {
    const policy = await policyOf()
    const outreach = [answered('a0', '1 09:00'), wrote('m1', '1 10:00')]
    expect(told(policy, 'first-answer', outreach, '1 10:30')).toEqual(['running', 30, '1 12:00'])
    expect(readClocks(policy, [answered('a0', '1 09:00')], time('1 10:00'))['first-answer']).toEqual([])
  })

  it('may have to be public', async () => {
    const policy = await policyOf({ answers: ['public'] })
    const events = [wrote('m1', '1 09:00'), answered('a1', '1 09:30', 'private')]
    expect(told(policy, 'first-answer', events, '1 10:00')).toEqual(['running', 60, '1 11:00'])
    expect(told(policy, 'first-answer', [...events, answered('a2', '1 10:00')], '1 11:00')).toEqual([
      'met',
      60,
      '1 11:00',
    ])
  })
})

describe('the next answer', () => {
  it('waits for the oldest words since our last answer', async () => {
    const policy = await policyOf()
    const events = [wrote('m1', '1 09:00'), answered('a1', '1 10:00'), wrote('m2', '1 11:00'), wrote('m3', '1 15:00')]
    expect(told(policy, 'next-answer', events, '1 15:30')).toEqual(['breached', 240, '1 15:30'])
    const more = [...events, answered('a2', '1 15:15'), wrote('m4', '2 09:00'), answered('a3', '2 09:05')]
    const readings = readClocks(policy, more, time('3 09:00'))['next-answer']
    expect(readings.map(({ state, elapsedMinutes, epoch }) => [epoch.key, state, elapsedMinutes])).toEqual([
      ['start', 'met', 225],
      ['a2', 'met', 5],
    ])
  })
})

describe('pauses', () => {
  const asked = [wrote('m1', '1 09:00'), answered('a1', '1 10:00')]

  it('stop while the customer is waited for, until the customer writes', async () => {
    const policy = await policyOf()
    const waiting = [...asked, event('w', '1 10:00', { kind: 'waiting-begun' })]
    expect(told(policy, 'resolution', waiting, '3 12:00')).toEqual(['paused', 'waiting', 60, null])
    expect(last(policy, 'resolution', waiting, '3 12:00').dueUnknown).toBe('paused')
    const back = [...waiting, wrote('m2', '4 09:00')]
    expect(told(policy, 'resolution', back, '4 10:00')).toEqual(['running', 120, '5 16:00'])
  })

  it('of a snooze end by themselves, so that the due time is known', async () => {
    const policy = await policyOf({ pauses: { waiting: true, snoozed: true, crisis: false } })
    const snoozed = [wrote('m1', '1 09:00'), event('s', '1 10:00', { kind: 'snoozed', until: time('2 09:30') })]
    expect(told(policy, 'first-answer', snoozed, '1 16:00')).toEqual(['paused', 'snoozed', 60, '2 10:30'])
    expect(told(policy, 'first-answer', snoozed, '2 10:00')).toEqual(['running', 90, '2 10:30'])
    const woken = [...snoozed, event('k', '1 11:00', { kind: 'woken' })]
    expect(told(policy, 'first-answer', woken, '1 11:30')).toEqual(['running', 90, '1 12:00'])
  })

  it('that the policy does not know stop nothing', async () => {
    const policy = await policyOf()
    const events = [
      wrote('m1', '1 09:00'),
      event('s', '1 10:00', { kind: 'snoozed', until: time('5 09:30') }),
      event('c', '1 10:00', { kind: 'crisis-begun', crisisId: 'flood' }),
    ]
    expect(told(policy, 'first-answer', events, '1 10:30')).toEqual(['running', 90, '1 11:00'])
  })

  it('of two crises end with the second', async () => {
    const policy = await policyOf({ pauses: { waiting: true, snoozed: false, crisis: true } })
    const events = [
      wrote('m1', '1 09:00'),
      event('c1', '1 09:30', { kind: 'crisis-begun', crisisId: 'flood' }),
      event('c2', '1 10:00', { kind: 'crisis-begun', crisisId: 'storm' }),
      event('c3', '1 11:00', { kind: 'crisis-ended', crisisId: 'flood' }),
    ]
    expect(told(policy, 'first-answer', events, '1 11:30')).toEqual(['paused', 'crisis', 30, null])
    const over = [...events, event('c4', '1 12:00', { kind: 'crisis-ended', crisisId: 'storm' })]
    expect(told(policy, 'first-answer', over, '1 12:30')).toEqual(['running', 60, '1 14:00'])
  })
})

describe('a target that changes', () => {
  const urgent = (day: string): ClockEvent => event(`p${day}`, day, { kind: 'changed', priority: 'urgent' })
  const calm = (day: string): ClockEvent => event(`p${day}`, day, { kind: 'changed', priority: null })

  it('keeps the time that went by, and is due at the earliest when it was cut', async () => {
    const policy = await policyOf()
    const early = [wrote('m1', '1 09:00'), urgent('1 09:10')]
    expect(told(policy, 'first-answer', early, '1 09:20')).toEqual(['running', 20, '1 09:30'])
    const late = [wrote('m1', '1 09:00'), urgent('1 10:00')]
    expect(told(policy, 'first-answer', late, '1 10:00')).toEqual(['breached', 60, '1 10:00'])
  })

  it('does not unmake what was missed, nor count against what was in time', async () => {
    const policy = await policyOf()
    const missed = [urgent('1 08:00'), wrote('m1', '1 09:00'), calm('1 09:40')]
    expect(told(policy, 'first-answer', missed, '1 09:45')).toEqual(['breached', 45, '1 09:30'])
    const intime = [urgent('1 08:00'), wrote('m1', '1 09:00'), calm('1 09:20')]
    expect(told(policy, 'first-answer', intime, '1 09:45')).toEqual(['running', 45, '1 11:00'])
  })

  it('is still missed if it is softened in the minute in which it was due', async () => {
    const events = [urgent('1 08:00'), wrote('m1', '1 09:00'), calm('1 09:30')]
    expect(told(await policyOf(), 'first-answer', events, '1 09:45')).toEqual(['breached', 45, '1 09:30'])
  })

  it('may be cut below the time gone by while the clock stands still', async () => {
    const waiting = event('w', '1 09:40', { kind: 'waiting-begun' })
    const events = [wrote('m1', '1 09:00'), waiting, urgent('1 12:00')]
    expect(told(await policyOf(), 'first-answer', events, '1 13:00')).toEqual(['breached', 40, '1 12:00'])
  })

  it('may come from a segment, and none may be promised at all', async () => {
    const policy = await policyOf()
    const press = [wrote('m1', '1 09:00'), event('g', '1 09:00', { kind: 'changed', segments: ['fans', 'press'] })]
    expect(told(policy, 'first-answer', press, '1 09:30')).toEqual(['running', 30, '1 10:00'])
    const none = await policyOf({ targets: [{ clock: 'first-answer', segment: 'press', minutes: null }] })
    expect(told(none, 'first-answer', press, '1 09:30')).toEqual(['void', 'no-target', 30, null])
    expect(readClocks(none, press, time('1 10:00')).resolution).toEqual([])
  })
})

describe('an answer that never arrived', () => {
  const events = [
    wrote('m1', '1 09:00'),
    answered('a1', '1 10:00'),
    event('f', '1 13:00', { kind: 'answer-voided', answerId: 'a1' }),
  ]

  it('was none from the beginning, once that is known', async () => {
    const policy = await policyOf()
    expect(told(policy, 'first-answer', events, '1 12:30')).toEqual(['met', 60, '1 11:00'])
    expect(told(policy, 'first-answer', events, '1 13:00')).toEqual(['breached', 210, '1 11:00'])
    expect(readClocks(policy, [...events, wrote('m2', '1 14:00')], time('1 15:00'))['next-answer']).toEqual([])
  })

  it('may be known before the answer itself is', async () => {
    const policy = await policyOf()
    expect(readClocks(policy, events.toReversed(), time('1 14:00'))).toEqual(
      readClocks(policy, events, time('1 14:00')),
    )
  })
})

describe('closing', () => {
  const closed = (day: string): ClockEvent => event(`c${day}`, day, { kind: 'closed' })
  const reopened = (day: string): ClockEvent => event(`r${day}`, day, { kind: 'reopened' })

  it('in time ends a wait without an answer; too late it was too late', async () => {
    const policy = await policyOf()
    const asked = wrote('m1', '1 09:00')
    expect(told(policy, 'first-answer', [asked, closed('1 10:00')], '3 10:00')).toEqual([
      'void',
      'closed',
      60,
      '1 11:00',
    ])
    expect(told(policy, 'first-answer', [asked, closed('1 12:00')], '3 10:00')).toEqual(['breached', 180, '1 11:00'])
  })

  it('wins no time: who is opened again by us has waited all along', async () => {
    const policy = await policyOf()
    const events = [wrote('m1', '1 09:00'), closed('1 09:30'), reopened('1 10:30')]
    expect(told(policy, 'first-answer', events, '1 10:45')).toEqual(['running', 105, '1 11:00'])
  })

  it('does not hide what was promised meanwhile', async () => {
    const urgent = event('p', '1 09:20', { kind: 'changed', priority: 'urgent' })
    const events = [wrote('m1', '1 09:00'), closed('1 09:10'), urgent, reopened('1 09:40')]
    expect(told(await policyOf(), 'first-answer', events, '1 09:45')).toEqual(['breached', 45, '1 09:30'])
  })

  it('ends what it was waiting for', async () => {
    const waiting = event('w', '1 09:00', { kind: 'waiting-begun' })
    const events = [wrote('m1', '1 09:00'), waiting, closed('1 09:30'), reopened('1 10:30')]
    expect(told(await policyOf(), 'resolution', events, '1 11:30')).toEqual(['running', 60, '3 10:30'])
  })

  it('may come before its answer has gone out', async () => {
    const policy = await policyOf()
    const events = [wrote('m1', '1 09:00'), closed('1 09:30'), answered('a1', '1 09:31')]
    expect(told(policy, 'first-answer', events, '1 12:00')).toEqual(['met', 31, '1 11:00'])
  })

  it('lets a customer who writes again wait anew', async () => {
    const policy = await policyOf()
    const events = [wrote('m1', '1 09:00'), closed('1 09:30'), wrote('m2', '1 10:30')]
    expect(told(policy, 'first-answer', events, '1 10:45')).toEqual(['running', 15, '1 12:30'])
    expect(last(policy, 'first-answer', events, '1 10:45').epoch.key).toBe('c1 09:30')
  })

  it('is the resolution; a matter that comes up again goes on, or begins anew, as the policy says', async () => {
    const events = [wrote('m1', '1 09:00'), closed('1 10:00'), wrote('m2', '2 09:00')]
    expect(told(await policyOf(), 'resolution', events.slice(0, 2), '2 09:00')).toEqual(['met', 60, '2 17:00'])
    expect(told(await policyOf(), 'resolution', events, '2 10:00')).toEqual(['running', 120, '3 16:00'])
    const anew = await policyOf({ reopening: 'restart' })
    expect(told(anew, 'resolution', events, '2 10:00')).toEqual(['running', 60, '3 17:00'])
    expect(readClocks(anew, events, time('2 10:00')).resolution).toHaveLength(2)
  })
})

describe('an event told again', () => {
  it('counts once, at its first time, though a network tells it with another', async () => {
    const policy = await policyOf()
    const events = [wrote('m1', '1 09:00'), answered('a1', '1 10:00'), wrote('m1', '1 10:30')]
    expect(readClocks(policy, events, time('1 11:00'))['next-answer']).toEqual([])
    expect(told(policy, 'first-answer', events, '1 11:00')).toEqual(['met', 60, '1 11:00'])
  })
})

describe('the past', () => {
  const events = [wrote('m1', '1 09:00'), wrote('m2', '1 10:00'), answered('a1', '1 12:00')]

  it('is read as it was shown then', async () => {
    const policy = await policyOf()
    expect(told(policy, 'first-answer', events, '1 10:00')).toEqual(['running', 60, '1 11:00'])
    expect(readClocks(policy, events, time('1 08:59'))['first-answer']).toEqual([])
  })

  it('is recomputed with another policy by the same function', async () => {
    const softer = await policyOf({ targets: [{ clock: 'first-answer', minutes: 180 }] })
    expect(told(await policyOf(), 'first-answer', events, '1 13:00')).toEqual(['breached', 180, '1 11:00'])
    expect(told(softer, 'first-answer', events, '1 13:00')).toEqual(['met', 180, '1 12:00'])
  })
})

describe('an explanation', () => {
  it('names every stretch from Maundy Thursday to the Tuesday behind Easter', async () => {
    const calendar = officeRules({ holidays: { country: 'DE', types: ['public'] } })
    const policy = await policyOf({ calendar, pauses: { waiting: true, snoozed: false, crisis: false } })
    const asked: ClockEvent = { kind: 'customer-wrote', id: 'm1', at: at('2026-04-02T16:00+02:00') }
    const waiting: ClockEvent = { kind: 'waiting-begun', id: 'w', at: at('2026-04-07T09:30+02:00') }
    const now = at('2026-04-07T11:00+02:00')
    const [reading] = readClocks(policy, [asked, waiting], now)['first-answer']
    const spans = explainReading(policy, reading as Reading, now)
    expect(
      spans.map(({ counted, why, minutes, name }) => [counted, why, minutes, (name as { en: string })?.en]),
    ).toEqual([
      [true, 'open', 60, undefined],
      [false, 'outside-hours', 420, undefined],
      [false, 'holiday', 1_440, 'Good Friday'],
      [false, 'outside-hours', 2_880, undefined],
      [false, 'holiday', 1_440, 'Easter Monday'],
      [false, 'outside-hours', 540, undefined],
      [true, 'open', 30, undefined],
      [false, 'waiting', 90, undefined],
    ])
    expect(reading?.elapsedMinutes).toBe(90)
  })

  it('names days of one’s own', async () => {
    const calendar = officeRules({
      closed: [{ from: '2026-03-17', until: '2026-03-17', name: 'Umzug' }],
      special: [{ day: '2026-03-18', hours: [{ from: '10:00', until: '11:00' }] }],
    })
    const policy = await policyOf({ calendar })
    const reading = last(policy, 'first-answer', [wrote('m1', '1 16:30')], '3 12:00')
    const spans = explainReading(policy, reading, time('3 12:00'))
    expect(spans.map(({ why, name, minutes }) => [why, name, minutes])).toEqual([
      ['open', null, 30],
      ['outside-hours', null, 420],
      ['closed-day', 'Umzug', 1_440],
      ['outside-hours', null, 600],
      ['special-day', null, 60],
      ['outside-hours', null, 60],
    ])
  })
})
