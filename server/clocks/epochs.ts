import type { ClockName } from '../../contract/clock-words.ts'
import type { ClockEvent } from './events.ts'
import { type PromiseRules, targetMsOf } from './policy-rules.ts'

/**
 * Events to epochs: one epoch is one wait of a customer. A pass over ordered events keeps what holds at the moment (the
 * standing) and cuts the open epoch into pieces wherever its pause or its target changes.
 *
 * first-answer: from the customer's first words to our first answer behind them. Once answered it never begins again.
 * next-answer: from the oldest words since our last answer to the next answer; further words do not begin it anew.
 * resolution: from the first words to the closing.
 *
 * Closing what nobody answered ends its wait without an answer. If we reopen it, or answer after all (an answer sent
 * together with the closing goes out seconds behind it), the wait was never over, and the time in between counts: closing
 * must not be a way to win time. If the customer writes again, a new wait begins.
 */
export type PauseCode = 'waiting' | 'crisis' | 'snoozed' | 'closed'

export interface Piece {
  from: number
  pause: PauseCode | null
  /** The target in force, in service milliseconds. */
  targetMs: number | null
}

export interface Epoch {
  /**
   * Names the wait by what settled this clock's wait before it: the id of that answer or closing, or 'start'. An event that
   * comes late within a wait, or is told again, leaves the name as it is.
   */
  key: string
  startedAt: number
  endedAt: number | null
  endedBy: 'answered' | 'closed' | null
  /** Id of the answer or closing. */
  endedWith: string | null
  /** Ordered. Each lasts until the next, the last without end; what lies behind `endedAt` is what would have been. */
  pieces: Piece[]
}

interface Standing {
  priority: string | null
  segments: readonly string[]
  isWaiting: boolean
  snoozedUntil: number
  crises: Set<string>
  isClosed: boolean
  hasWritten: boolean
  wasAnswered: boolean
}

/** `events` as `orderedEvents` gives them, all of them at or before `now`. */
export function epochsOf(rules: PromiseRules, clock: ClockName, events: readonly ClockEvent[]): Epoch[] {
  const standing = atFirst()
  const epochs: Epoch[] = []
  let settledBy = 'start'
  for (const event of events) {
    wakeBy(event.at, rules, clock, standing, epochs)
    const wasClosed = standing.isClosed
    follow(standing, event, rules)
    const last = epochs.at(-1)
    if (begins(clock, event, standing, last, wasClosed, rules)) {
      epochs.push({ key: settledBy, startedAt: event.at, endedAt: null, endedBy: null, endedWith: null, pieces: [] })
    } else if (last && resumes(clock, event, last, wasClosed)) {
      last.endedAt = null
      last.endedBy = null
      last.endedWith = null
    }
    cut(epochs.at(-1), event.at, rules, clock, standing)
    const end = endOf(clock, event, epochs.at(-1), rules)
    if (end) settledBy = settle(epochs.at(-1) as Epoch, event, end)
  }
  wakeBy(Number.POSITIVE_INFINITY, rules, clock, standing, epochs)
  return epochs
}

const atFirst = (): Standing => ({
  priority: null,
  segments: [],
  isWaiting: false,
  snoozedUntil: Number.NEGATIVE_INFINITY,
  crises: new Set(),
  isClosed: false,
  hasWritten: false,
  wasAnswered: false,
})

function follow(standing: Standing, event: ClockEvent, rules: PromiseRules): void {
  switch (event.kind) {
    case 'customer-wrote':
      standing.hasWritten = true
      standing.isClosed = false
      standing.isWaiting = false
      standing.snoozedUntil = Number.NEGATIVE_INFINITY
      break
    case 'answered':
      standing.wasAnswered ||= standing.hasWritten && rules.answers.includes(event.as)
      break
    case 'closed':
      standing.isClosed = true
      standing.isWaiting = false
      standing.snoozedUntil = Number.NEGATIVE_INFINITY
      break
    case 'reopened':
      standing.isClosed = false
      break
    case 'waiting-begun':
      standing.isWaiting = true
      break
    case 'waiting-ended':
      standing.isWaiting = false
      break
    case 'snoozed':
      standing.snoozedUntil = event.until > event.at ? event.until : Number.NEGATIVE_INFINITY
      break
    case 'woken':
      standing.snoozedUntil = Number.NEGATIVE_INFINITY
      break
    case 'crisis-begun':
      standing.crises.add(event.crisisId)
      break
    case 'crisis-ended':
      standing.crises.delete(event.crisisId)
      break
    case 'changed':
      if (event.priority !== undefined) standing.priority = event.priority
      if (event.segments !== undefined) standing.segments = event.segments
  }
}

/** A snooze that ends by itself ends between two events, the last one behind all of them. */
function wakeBy(at: number, rules: PromiseRules, clock: ClockName, standing: Standing, epochs: Epoch[]): void {
  const wakes = standing.snoozedUntil
  if (!Number.isFinite(wakes) || wakes > at) return
  standing.snoozedUntil = Number.NEGATIVE_INFINITY
  cut(epochs.at(-1), wakes, rules, clock, standing)
}

function begins(
  clock: ClockName,
  event: ClockEvent,
  standing: Standing,
  last: Epoch | undefined,
  wasClosed: boolean,
  rules: PromiseRules,
): boolean {
  if (clock === 'resolution') {
    if (!last) return event.kind === 'customer-wrote'
    return wasClosed && !standing.isClosed && last.endedBy === 'closed' && rules.reopening === 'restart'
  }
  const isOpen = last !== undefined && last.endedBy === null
  return event.kind === 'customer-wrote' && !isOpen && standing.wasAnswered === (clock === 'next-answer')
}

function resumes(clock: ClockName, event: ClockEvent, last: Epoch, wasClosed: boolean): boolean {
  if (!wasClosed || last.endedBy !== 'closed') return false
  return event.kind === 'reopened' || (clock === 'resolution' && event.kind === 'customer-wrote')
}

function endOf(clock: ClockName, event: ClockEvent, last: Epoch | undefined, rules: PromiseRules): Epoch['endedBy'] {
  if (!last || last.endedBy === 'answered') return null
  if (event.kind === 'closed') return last.endedBy === null ? 'closed' : null
  return clock !== 'resolution' && event.kind === 'answered' && rules.answers.includes(event.as) ? 'answered' : null
}

function settle(epoch: Epoch, event: ClockEvent, end: Epoch['endedBy']): string {
  epoch.endedAt = event.at
  epoch.endedBy = end
  epoch.endedWith = event.id
  return event.id
}

function cut(epoch: Epoch | undefined, at: number, rules: PromiseRules, clock: ClockName, standing: Standing): void {
  if (!epoch || epoch.endedBy === 'answered') return
  const pause = pauseOf(rules, clock, standing, at)
  const targetMs = targetMsOf(rules, clock, standing.priority, standing.segments)
  const last = epoch.pieces.at(-1)
  if (last && last.pause === pause && last.targetMs === targetMs) return
  if (last?.from === at) {
    last.pause = pause
    last.targetMs = targetMs
  } else epoch.pieces.push({ from: at, pause, targetMs })
}

/** Who waits for the customer also sleeps: the first that holds is named. */
function pauseOf({ pauses }: PromiseRules, clock: ClockName, standing: Standing, at: number): PauseCode | null {
  if (clock === 'resolution' && standing.isClosed) return 'closed'
  if (pauses.waiting && standing.isWaiting) return 'waiting'
  if (pauses.crisis && standing.crises.size > 0) return 'crisis'
  return pauses.snoozed && standing.snoozedUntil > at ? 'snoozed' : null
}
