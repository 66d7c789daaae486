import type { AlarmKind } from '../../../contract/measurement-alarms.ts'
import type { Finding } from './detect.ts'

/**
 * One burst is one alarm: it opens with the first finding, takes in further kinds, stays open while things are less than
 * usual, and ends after a quiet while that fits the window in which it was found; longer windows, which still hold it then, keep it open no longer. Once open it needs less to stay open
 * than it needed to open (hysteresis), and what flares up soon after its end opens it again. Pure.
 */
export interface Episode {
  kinds: AlarmKind[]
  lastUnusualAt: number
  quietMinutes: number
}

export type Step =
  | { kind: 'nothing' }
  | { kind: 'open' | 'reopen' | 'stay'; episode: Episode }
  | { kind: 'end'; endedAt: number }

/** To stay open, chance may bring it this much more often than to open. */
export const STAYS_FACTOR = 10
const QUIET_MINUTES_MIN = 30
const REOPENS_MINUTES = 120

/**
 * `findings` are rare enough to open an alarm, `lingering` rare enough to keep one. `last`: the topic's open alarm, or
 * its last one with when it ended.
 */
export function step(
  last: (Episode & { endedAt: number | null }) | null,
  findings: readonly Finding[],
  lingering: readonly Finding[],
  now: number,
): Step {
  if (last && last.endedAt === null) return goOn(last, findings, lingering, now)
  if (findings.length === 0) return { kind: 'nothing' }
  const quietMinutes = quietAfter(findings)
  const soon = last !== null && now - (last.endedAt ?? 0) <= REOPENS_MINUTES * 60_000
  const kinds = kindsOf([...(soon ? last.kinds : []), ...findings.map(({ kind }) => kind)])
  return { kind: soon ? 'reopen' : 'open', episode: { kinds, lastUnusualAt: now, quietMinutes } }
}

function goOn(last: Episode, findings: readonly Finding[], lingering: readonly Finding[], now: number): Step {
  const joining = findings.filter(({ kind }) => !last.kinds.includes(kind))
  const held = Math.max(last.quietMinutes, joining.length > 0 ? quietAfter(joining) : 0)
  // Longer windows still hold what is over: they only matter where they found it.
  const isUnusual = joining.length > 0 || lingering.some(({ minutes }) => minutes <= 2 * held)
  const lastUnusualAt = isUnusual ? now : last.lastUnusualAt
  if (now - lastUnusualAt >= held * 60_000) return { kind: 'end', endedAt: lastUnusualAt }
  const kinds = kindsOf([...last.kinds, ...joining.map(({ kind }) => kind)])
  return { kind: 'stay', episode: { kinds, lastUnusualAt, quietMinutes: held } }
}

/** The shortest window that found it says how fast things go. */
const quietAfter = (findings: readonly Finding[]): number =>
  Math.max(QUIET_MINUTES_MIN, Math.min(...findings.map(({ minutes }) => minutes)) / 2)

const kindsOf = (kinds: readonly AlarmKind[]): AlarmKind[] => [...new Set(kinds)]
