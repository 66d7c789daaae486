import type { SPAN_CODES } from '../../contract/clock-words.ts'
import { stretchesBetween } from './calendar.ts'
import type { Stretch } from './desk-hours.ts'
import type { PauseCode, Piece } from './epochs.ts'
import type { Policy } from './policy.ts'
import { decidingPieces } from './reach.ts'
import type { Reading } from './reading.ts'
import type { DayMark } from './year.ts'

export type SpanCode = (typeof SPAN_CODES)[number]

export interface Span {
  /** Epoch milliseconds. */
  from: number
  until: number
  counted: boolean
  why: SpanCode
  /** Of the holiday or the special or closed day. */
  name: DayMark['name']
  /** Of real time, to the millisecond. */
  minutes: number
}

/**
 * The whole time of a reading, from its beginning to its end or to `now`, without gaps; the counted minutes add up to
 * `elapsedMinutes`. Costs about a microsecond for each span; nothing of it is needed to read a clock.
 */
export function explainReading({ calendar }: Policy, { epoch }: Reading, now: number): Span[] {
  const pieces = decidingPieces(epoch)
  const end = epoch.endedAt ?? now
  const spans: Span[] = []
  for (const [at, piece] of pieces.entries()) {
    const until = Math.min(pieces[at + 1]?.from ?? end, end)
    if (piece.pause) add(spans, paused(piece, piece.pause, until))
    else for (const stretch of stretchesBetween(calendar, piece.from, until)) add(spans, spanOf(stretch))
  }
  return spans
}

const paused = ({ from }: Piece, why: PauseCode, until: number): Span => ({
  from,
  until,
  counted: false,
  why,
  name: null,
  minutes: (until - from) / 60_000,
})

function spanOf({ from, until, isOpen, mark }: Stretch): Span {
  const isMarked = mark !== null && isOpen === (mark.why === 'special-day')
  const why = isMarked ? mark.why : isOpen ? 'open' : 'outside-hours'
  return { from, until, counted: isOpen, why, name: isMarked ? mark.name : null, minutes: (until - from) / 60_000 }
}

/** A new target cuts the time, but changes nothing of what is said of it. */
function add(spans: Span[], span: Span): void {
  if (span.from >= span.until) return
  const last = spans.at(-1)
  if (last && last.why === span.why && last.name === span.name) {
    last.until = span.until
    last.minutes = (last.until - last.from) / 60_000
  } else spans.push(span)
}
