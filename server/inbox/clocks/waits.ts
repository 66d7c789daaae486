import { CLOCKS, type ClockName } from '../../../contract/clock-words.ts'
import { type Reading, readClocks } from '../../clocks/index.ts'
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
 * began, for the language in which was spoken then: what changes afterwards does not change what was promised. Another promise that is chosen reads what is not over yet
 * and what begins from then on. Pure.
 */
export function waitsOf(promises: Promises, facts: Facts, now: number): Wait[] {
  const reader = readerOf(promises, facts, now)
  const waits = CLOCKS.flatMap((clock) => readingsOf(clock, facts, reader))
  const names = new Set<string>()
  return waits.map(({ promise, reading }) => {
    const { epoch } = reading
    const key = freeKey(names, reading, promise)
    return {
      promise,
      reading: { ...reading, epoch: { ...epoch, key } },
      priority: priorityAt(facts, epoch.endedAt ?? now),
      teamId: teamAt(facts, epoch.endedAt),
    }
  })
}

type Read = Pick<Wait, 'promise' | 'reading'>
type Reader = (clock: ClockName, chosenId: string | null) => Read[]

/** What each clock says under a choice: whichever promise was valid as a wait began reads it. */
function readerOf(promises: Promises, facts: Facts, now: number): Reader {
  const read = new Map<PromiseVersion, Record<ClockName, Reading[]>>()
  const known = new Map<string | null, Period[]>()
  return (clock, chosenId) => {
    const periods = known.get(chosenId) ?? periodsOf(promises, facts, chosenId)
    known.set(chosenId, periods)
    return periods.flatMap(({ from, until, promise }) => {
      const readings = read.get(promise) ?? readClocks(promise.policy, facts.events, now)
      read.set(promise, readings)
      return readings[clock]
        .filter(({ epoch }) => epoch.startedAt >= from && epoch.startedAt < until)
        .map((reading) => ({ promise, reading }))
    })
  }
}

/** One choice after the other: what was over when the next was made stays as it was read. */
function readingsOf(clock: ClockName, { chosen }: Facts, read: Reader): Read[] {
  const kept: Read[] = []
  let over = Number.NEGATIVE_INFINITY
  for (const [at, chosenId] of [null, ...chosen.map(({ clockPolicyId }) => clockPolicyId)].entries()) {
    const until = chosen[at]?.at ?? Number.POSITIVE_INFINITY
    for (const one of read(clock, chosenId)) {
      const { startedAt, endedAt } = one.reading.epoch
      if (startedAt < over) continue
      if ((endedAt ?? Number.POSITIVE_INFINITY) > until) break
      kept.push(one)
      over = endedAt ?? over
    }
  }
  return kept
}

/** Promises that take other answers for one may name two waits alike: the later one is named by its promise too. */
function freeKey(names: Set<string>, { clock, epoch: { key } }: Reading, promise: PromiseVersion): string {
  const free = names.has(`${clock} ${key}`) ? `${key} ${promise.clockPolicyId} ${promise.version}` : key
  names.add(`${clock} ${free}`)
  return free
}

interface Period {
  from: number
  until: number
  promise: PromiseVersion
}

/** From which instant on which version reads the waits that begin. */
function periodsOf(promises: Promises, facts: Facts, chosenId: string | null): Period[] {
  const turns = new Set([...promises.boundaries, ...facts.languages.map(({ at }) => at)])
  const instants = [...turns].sort((a, b) => a - b)
  return instants.flatMap((from, at) => {
    const promise = promiseAt(promises, facts, chosenId, from)
    return promise ? [{ from, until: instants[at + 1] ?? Number.POSITIVE_INFINITY, promise }] : []
  })
}

/** What somebody chose; otherwise the narrowest that fits, account before network before language; of equals the oldest. */
function promiseAt({ all }: Promises, facts: Facts, chosenId: string | null, at: number): PromiseVersion | null {
  const standing = [...all.values()].flatMap(({ versions, removedAt }) => {
    const version = at < removedAt ? versions.findLast(({ validFrom }) => validFrom <= at) : undefined
    return version ? [version] : []
  })
  const chosen = standing.find(({ clockPolicyId }) => clockPolicyId === chosenId)
  if (chosen) return chosen
  let best: { version: PromiseVersion; narrowness: number } | null = null
  for (const version of standing) {
    const narrowness = narrownessFor(version, facts, at)
    if (narrowness !== null && (!best || narrowness > best.narrowness)) best = { version, narrowness }
  }
  return best?.version ?? null
}

/** Null where it does not fit. */
function narrownessFor(
  { applies }: PromiseVersion,
  { sourceId, network, languages, openedBecause }: Facts,
  at: number,
): number | null {
  // Who only speaks about us expects no answer.
  if (openedBecause === 'mention' && !applies.mentions) return null
  const asked: [readonly string[], string | null, number][] = [
    [applies.sourceIds, sourceId, 4],
    [applies.networks, network, 2],
    [applies.languages, languages.findLast((one) => one.at <= at)?.language ?? null, 1],
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
