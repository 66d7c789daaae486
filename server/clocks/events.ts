/**
 * What a clock is made from. The caller turns its own events into these; nothing else is asked. Instants are epoch milliseconds.
 *
 * `id` is the same whenever the same event is told again, and is what a clock's epoch is named by: a stored id, not a position.
 */
export type AnswerKind = 'public' | 'private'

export type ClockEvent = { id: string; at: number } & (
  | { kind: 'customer-wrote' }
  /** It went out. */
  | { kind: 'answered'; as: AnswerKind }
  /** The answer never reached the customer, or was taken back: from `at` on it counts as never given. */
  | { kind: 'answer-voided'; answerId: string }
  | { kind: 'closed' }
  /** By us. A customer who writes opens again without it. */
  | { kind: 'reopened' }
  /** Ended by 'waiting-ended', or by the customer who writes. */
  | { kind: 'waiting-begun' }
  | { kind: 'waiting-ended' }
  /** Until then, until 'woken', or until the customer writes. */
  | { kind: 'snoozed'; until: number }
  | { kind: 'woken' }
  | { kind: 'crisis-begun'; crisisId: string }
  | { kind: 'crisis-ended'; crisisId: string }
  /** What is left out stays. */
  | { kind: 'changed'; priority?: string | null; segments?: readonly string[] }
)

/** At one and the same instant things happen in this order: a target is known before time runs, an answer goes out before its closing. */
const RANKS: Record<ClockEvent['kind'], number> = {
  changed: 0,
  'crisis-begun': 1,
  'crisis-ended': 2,
  'customer-wrote': 3,
  reopened: 4,
  'waiting-ended': 5,
  woken: 6,
  answered: 7,
  'answer-voided': 8,
  'waiting-begun': 9,
  snoozed: 10,
  closed: 11,
}

/** More would be no conversation: whoever hands over more has mixed several. */
export const EVENTS_MAX = 20_000

/**
 * What was known at `now`, in order, each event once, without answers that were voided by then. The order is that of time, then
 * of kinds, then of ids: it does not depend on the order in which they are given.
 */
export function orderedEvents(events: readonly ClockEvent[], now: number): ClockEvent[] {
  if (events.length > EVENTS_MAX) throw new RangeError(`${events.length} events of one conversation`)
  const voided = new Set<string>()
  const known: ClockEvent[] = []
  for (const event of events) {
    if (!(event.at <= now)) continue
    if (event.kind === 'answer-voided') voided.add(event.answerId)
    else known.push(event)
  }
  known.sort(byTime)
  const seen = new Set<string>()
  return known.filter((event) => {
    if (seen.has(event.id)) return false
    seen.add(event.id)
    return event.kind !== 'answered' || !voided.has(event.id)
  })
}

/** Ids that are numbers or times in text order themselves by length first: '9' is before '10'. */
function byTime(a: ClockEvent, b: ClockEvent): number {
  const ranked = a.at - b.at || RANKS[a.kind] - RANKS[b.kind] || a.id.length - b.id.length
  if (ranked !== 0) return ranked
  return a.id < b.id ? -1 : Number(a.id > b.id)
}
