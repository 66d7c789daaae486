import { type ClockKind, type Reading, readClocks } from '../../clocks/index.ts'
import type { Facts } from './facts.ts'
import type { Promises, PromiseVersion } from './promises.ts'

/** A wait, read by what was promised as it began. */
export interface Wait {
  promise: PromiseVersion
  reading: Reading
  /** As things stood when it ended, or stand now. */
  priority: string
  teamId: string | null
}

/**
 * All waits of a conversation, of each clock the oldest first. Each is read by the version of a promise that was valid as it
 * began: what changes afterwards does not change what was promised. Pure.
 */
export function waitsOf(promises: Promises, facts: Facts, now: number): Wait[] {
  const read = new Map<PromiseVersion, Record<ClockKind, Reading[]>>()
  const waits: Wait[] = []
  for (const { from, until, promise } of periodsOf(promises, facts)) {
    const readings = read.get(promise) ?? readClocks(promise.policy, facts.events, now)
    read.set(promise, readings)
    for (const reading of Object.values(readings).flat()) {
      if (reading.epoch.startedAt < from || reading.epoch.startedAt >= until) continue
      const end = reading.epoch.endedAt ?? now
      waits.push({ promise, reading, priority: priorityAt(facts, end), teamId: teamAt(facts, reading.epoch.endedAt) })
    }
  }
  return waits
}

interface Period {
  from: number
  until: number
  promise: PromiseVersion
}

/** From which instant on which version reads the waits that begin. */
function periodsOf(promises: Promises, facts: Facts): Period[] {
  return promises.boundaries.flatMap((from, at) => {
    const promise = promiseAt(promises, facts, from)
    return promise ? [{ from, until: promises.boundaries[at + 1] ?? Number.POSITIVE_INFINITY, promise }] : []
  })
}

/** What somebody chose; otherwise the narrowest that fits, account before network before language; of equals the oldest. */
function promiseAt({ all }: Promises, facts: Facts, at: number): PromiseVersion | null {
  const standing = [...all.values()].flatMap(({ versions, removedAt }) => {
    const version = at < removedAt ? versions.findLast(({ validFrom }) => validFrom <= at) : undefined
    return version ? [version] : []
  })
  const chosen = standing.find(({ clockPolicyId }) => clockPolicyId === facts.chosenPolicyId)
  if (chosen) return chosen
  let best: { version: PromiseVersion; narrowness: number } | null = null
  for (const version of standing) {
    const narrowness = narrownessFor(version, facts)
    if (narrowness !== null && (!best || narrowness > best.narrowness)) best = { version, narrowness }
  }
  return best?.version ?? null
}

/** Null where it does not fit. */
function narrownessFor(
  { applies }: PromiseVersion,
  { sourceId, network, language, openedBecause }: Facts,
): number | null {
  // Who only speaks about us expects no answer.
  if (openedBecause === 'mention' && !applies.mentions) return null
  const asked: [readonly string[], string | null, number][] = [
    [applies.sourceIds, sourceId, 4],
    [applies.networks, network, 2],
    [applies.languages, language, 1],
  ]
  let narrowness = 0
  for (const [list, value, weight] of asked) {
    if (list.length === 0) continue
    if (value === null || !list.includes(value)) return null
    narrowness += weight
  }
  return narrowness
}

function priorityAt({ events, priority }: Facts, at: number): string {
  const last = events.findLast((event) => event.kind === 'changed' && event.priority !== undefined && event.at <= at)
  return last?.kind === 'changed' ? (last.priority ?? priority) : priority
}

/** Null is no instant: now. */
const teamAt = ({ teams, teamId }: Facts, at: number | null): string | null =>
  at === null ? teamId : (teams.findLast((team) => team.at <= at)?.teamId ?? null)
