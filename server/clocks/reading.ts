import { CLOCKS, type ClockName } from '../../contract/clock-words.ts'
import { type Epoch, epochsOf, type PauseCode } from './epochs.ts'
import { type ClockEvent, orderedEvents } from './events.ts'
import type { Policy } from './policy.ts'
import { countedMs, decidingPieces, type Reached, whenReached } from './reach.ts'

/**
 * running: time is due, though it may be night. paused: by the policy. met: in time. breached: too late, answered or not,
 * and closing or a softer target do not undo it. void: nothing is due, as nothing was promised or it was closed in time
 * without an answer.
 */
export type ClockState = 'running' | 'paused' | 'met' | 'breached' | 'void'

export interface Reading {
  clock: ClockName
  epoch: Epoch
  state: ClockState
  /** Why it is void or paused. */
  because: 'no-target' | 'closed' | PauseCode | null
  /** Service minutes of the target that holds now, or held at the end. */
  targetMinutes: number | null
  /** Service minutes, to the millisecond. */
  elapsedMinutes: number
  /** Epoch milliseconds; null where `dueUnknown` says why. Of what ended in time: when it would have been due. */
  dueAt: number | null
  dueUnknown: Exclude<Reached, number> | null
}

/**
 * All epochs of all clocks of one conversation, oldest first; the last one is what a screen shows, none means that it has not
 * begun. A pure function: the order of the events, and events told twice, make no difference; what comes behind `now` is
 * not known yet, so that an earlier `now` says what was shown then. Another policy recomputes the past.
 *
 * `now` and all instants are epoch milliseconds. Throws a RangeError for more than EVENTS_MAX events and for instants
 * outside of 1990 to 2150: those are faults of the caller.
 */
export function readClocks(policy: Policy, events: readonly ClockEvent[], now: number): Record<ClockName, Reading[]> {
  const ordered = orderedEvents(events, now)
  const read = (clock: ClockName): Reading[] =>
    policy.rules.targets.some((target) => target.clock === clock)
      ? epochsOf(policy.rules, clock, ordered).map((epoch) => readingOf(policy, clock, epoch, now))
      : []
  const [first, next, resolution] = CLOCKS
  return { [first]: read(first), [next]: read(next), [resolution]: read(resolution) }
}

function readingOf({ calendar }: Policy, clock: ClockName, epoch: Epoch, now: number): Reading {
  const pieces = decidingPieces(epoch)
  const until = epoch.endedAt ?? now
  const reached = whenReached(calendar, pieces, (targetMs) => targetMs)
  const dueAt = typeof reached === 'number' ? reached : null
  const piece = pieces.findLast(({ from }) => from <= until) ?? pieces[0]
  const targetMs = piece?.targetMs ?? null
  return {
    clock,
    epoch,
    ...stateOf(epoch, clock, isMissed(epoch, dueAt, now), targetMs, piece?.pause ?? null),
    targetMinutes: targetMs === null ? null : targetMs / 60_000,
    elapsedMinutes: countedMs(calendar, pieces, until) / 60_000,
    dueAt,
    dueUnknown: typeof reached === 'number' ? null : reached,
  }
}

/** At the due instant itself an answer is in time, and a silence is late. */
const isMissed = ({ endedAt }: Epoch, dueAt: number | null, now: number): boolean =>
  dueAt !== null && (endedAt === null ? dueAt <= now : dueAt < endedAt)

function stateOf(
  { endedBy }: Epoch,
  clock: ClockName,
  isMissed: boolean,
  targetMs: number | null,
  pause: PauseCode | null,
): Pick<Reading, 'state' | 'because'> {
  if (isMissed) return { state: 'breached', because: null }
  if (targetMs === null) return { state: 'void', because: 'no-target' }
  if (endedBy === 'closed' && clock !== 'resolution') return { state: 'void', because: 'closed' }
  if (endedBy !== null) return { state: 'met', because: null }
  return pause ? { state: 'paused', because: pause } : { state: 'running', because: null }
}
