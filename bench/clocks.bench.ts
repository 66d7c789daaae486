import {
  type ClockEvent,
  explainReading,
  openPolicy,
  type Policy,
  planSteps,
  readClocks,
} from '../server/clocks/index.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { numbersFrom } from './random.ts'

/**
 * How many clocks one core reads: all three of a conversation, with due times and a ladder, from six events over four
 * years of a Bavarian desk with a lunch break. And what it costs to lay out a year, and to explain.
 * Rates are per second of processor time, so that neighbours on the machine change little.
 */
const CONVERSATIONS = 100_000
const MINUTE = 60_000
const DAY = 1_440 * MINUTE
const FIRST = Date.UTC(2024, 0, 1)

export async function measure(options: BenchOptions): Promise<Measured> {
  const conversations = options.number('conversations', CONVERSATIONS)
  const numbers = numbersFrom(5)
  const histories = Array.from({ length: conversations }, () => history(numbers))
  const opening = performance.now()
  const policy = await bavarianDesk()
  const loadMs = performance.now() - opening
  const laying = performance.now()
  for (const events of histories.slice(0, 1_000)) readAll(policy, events)
  const firstMs = performance.now() - laying
  const started = process.cpuUsage().user
  let epochs = 0
  for (const events of histories) epochs += readAll(policy, events)
  const seconds = (process.cpuUsage().user - started) / 1e6
  const explaining = process.cpuUsage().user
  const spans = histories.slice(0, 1_000).reduce((sum, events) => sum + explainAll(policy, events), 0)
  return {
    figures: {
      conversations,
      epochs,
      'clocks read/s': Math.round((conversations * 3) / seconds),
      'opening with holidays ms': Math.round(loadMs),
      'first thousand, years laid out ms': Math.round(firstMs),
      'spans explained/s': Math.round(spans / ((process.cpuUsage().user - explaining) / 1e6)),
    },
    targets: [{ figure: 'clocks read/s', atLeast: 100_000 }],
  }
}

/** Three days behind the first words: some clocks are over, some run. */
const nowOf = (events: readonly ClockEvent[]): number => (events[0]?.at ?? FIRST) + 3 * DAY

function readAll(policy: Policy, events: readonly ClockEvent[]): number {
  const now = nowOf(events)
  const readings = Object.values(readClocks(policy, events, now)).flat()
  for (const reading of readings) planSteps(policy, 'c', reading, now)
  return readings.length
}

function explainAll(policy: Policy, events: readonly ClockEvent[]): number {
  const now = nowOf(events)
  const readings = Object.values(readClocks(policy, events, now)).flat()
  return readings.reduce((sum, reading) => sum + explainReading(policy, reading, now).length, 0)
}

function history(numbers: () => number): ClockEvent[] {
  let at = FIRST + (numbers() % (4 * 365 * 1_440)) * MINUTE
  const next = (): number => {
    at += (numbers() % 600) * MINUTE + 1_234
    return at
  }
  return [
    { kind: 'customer-wrote', id: '1', at },
    { kind: 'changed', id: '2', at, priority: numbers() % 3 === 0 ? 'urgent' : null },
    { kind: 'answered', id: '3', at: next(), as: 'public' },
    { kind: 'waiting-begun', id: '4', at: next() },
    { kind: 'customer-wrote', id: '5', at: next() },
    numbers() % 2 === 0
      ? { kind: 'answered', id: '6', at: next(), as: 'private' }
      : { kind: 'closed', id: '6', at: next() },
  ]
}

async function bavarianDesk(): Promise<Policy> {
  const day = [
    { from: '09:00', until: '12:30' },
    { from: '13:00', until: '17:00' },
  ]
  const week = { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] }
  const ladder = [
    { name: 'soon', at: { when: 'before', minutes: 15 }, action: { do: 'warn' } },
    { name: 'missed', at: { when: 'due' }, action: { do: 'return-to-queue' } },
    { name: 'lead', at: { when: 'after', minutes: 60 }, action: { do: 'escalate', to: { role: 'lead' } } },
  ] as const
  const policy = await openPolicy({
    version: '1',
    calendar: {
      timeZone: 'Europe/Berlin',
      week,
      holidays: { country: 'DE', state: 'BY', types: ['public'] },
      closed: [],
      special: [],
    },
    targets: [
      { clock: 'first-answer', priority: 'urgent', minutes: 60 },
      { clock: 'first-answer', minutes: 240 },
      { clock: 'next-answer', minutes: 480 },
      { clock: 'resolution', minutes: 2_400 },
    ],
    pauses: { waiting: true, snoozed: false, crisis: false },
    answers: ['public', 'private'],
    reopening: 'continue',
    ladders: { 'first-answer': ladder, 'next-answer': ladder, resolution: ladder },
  })
  if ('problems' in policy) throw new Error(JSON.stringify(policy.problems))
  return policy
}
