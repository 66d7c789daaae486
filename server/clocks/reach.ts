import { addServiceMs, type Calendar, serviceMsBetween } from './calendar.ts'
import type { BeyondHorizon } from './desk-hours.ts'
import type { Epoch, Piece } from './epochs.ts'

/** 'paused': nobody knows when the pause ends. 'no-target': none is in force. */
export type Reached = number | BeyondHorizon | 'paused' | 'no-target'

/** What decides: of an epoch that ended, what held until then, as if it had gone on. */
export function decidingPieces({ pieces, endedAt }: Epoch): readonly Piece[] {
  if (endedAt === null) return pieces
  const [first] = pieces
  return pieces.filter((piece) => piece === first || piece.from < endedAt)
}

/**
 * The first instant at which the counted time comes to a threshold that may hang on the target in force at that instant.
 * So a target that is lowered is due at the earliest when it was lowered, and what was due once stays due.
 */
export function whenReached(
  calendar: Calendar,
  pieces: readonly Piece[],
  thresholdOf: (targetMs: number) => number,
): Reached {
  let counted = 0
  for (const [at, { from, pause, targetMs }] of pieces.entries()) {
    const until = pieces[at + 1]?.from ?? null
    const missing = targetMs === null ? Number.POSITIVE_INFINITY : thresholdOf(targetMs) - counted
    if (missing <= 0) return from
    if (pause !== null) {
      if (until === null) return targetMs === null ? 'no-target' : 'paused'
      continue
    }
    if (targetMs === null && until === null) return 'no-target'
    const reached = targetMs === null ? 'beyond-horizon' : addServiceMs(calendar, from, missing)
    if (until === null || (reached !== 'beyond-horizon' && reached <= until)) return reached
    counted += serviceMsBetween(calendar, from, until)
  }
  return 'no-target'
}

/** Service milliseconds that an epoch has counted by an instant. */
export function countedMs(calendar: Calendar, pieces: readonly Piece[], by: number): number {
  let counted = 0
  for (const [at, { from, pause }] of pieces.entries()) {
    if (from >= by) break
    if (pause === null) counted += serviceMsBetween(calendar, from, Math.min(pieces[at + 1]?.from ?? by, by))
  }
  return counted
}
