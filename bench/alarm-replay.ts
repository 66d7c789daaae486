import { ALARM_KINDS, type AlarmKind } from '../contract/measurement-alarms.ts'
import { type Baseline, learnBaseline, levelNow, VOICE_HOURS } from '../server/measurement/alarms/baseline.ts'
import { look, type MinuteCount, rarerThan } from '../server/measurement/alarms/detect.ts'
import { type Episode, STAYS_FACTOR, step } from '../server/measurement/alarms/episode.ts'
import type { HourCount } from '../server/measurement/alarms/season.ts'
import { Zone } from '../server/measurement/zone.ts'
import { HISTORY_DAYS, type PlantedStream, REPLAY_DAYS } from './alarm-bursts.ts'
import { BEGIN, DAY_MS, HOUR_MS, type StreamPost } from './alarm-streams.ts'

/** The product's detector over a stream as it arrives, a look every quarter of a minute, learning anew once a day. */
const LOOK_MS = 15_000
const LOOKBACK_MS = 360 * 60_000

export interface RaisedAlarm {
  at: number
  /** When each kind joined it. */
  kinds: Map<AlarmKind, number>
  endedAt: number | null
}

export function replay(
  stream: PlantedStream,
  timesAWeek: number,
  kinds: readonly AlarmKind[] = ALARM_KINDS,
): RaisedAlarm[] {
  const zone = new Zone('UTC')
  const counts = new Counts(stream.posts)
  const alarms: RaisedAlarm[] = []
  let baseline: Baseline | null = null
  let level = 1
  let last: (Episode & { endedAt: number | null }) | null = null
  const begin = BEGIN + HISTORY_DAYS * DAY_MS
  for (let now = begin; now < begin + REPLAY_DAYS * DAY_MS; now += LOOK_MS) {
    const news = counts.arrive(now)
    if (!baseline || (now - begin) % DAY_MS === 0)
      baseline = learnBaseline(counts.hours(BEGIN, now), counts.voices(now), zone, now)
    if (now % HOUR_MS === 0) level = levelNow(baseline, counts.hours(now - 48 * HOUR_MS, now), zone, now)
    if (!news && (!last || last.endedAt !== null)) continue
    const since: number = last?.endedAt ?? 0
    const given = { baseline, level, minutes: counts.minutes(now), voice: counts.voice(now), now, since }
    const all = look(given, kinds, zone)
    const next = step(last, rarerThan(all, kinds, timesAWeek), rarerThan(all, kinds, timesAWeek * STAYS_FACTOR), now)
    if (next.kind === 'open') alarms.push({ at: now, kinds: new Map(), endedAt: null })
    const alarm = alarms.at(-1)
    if (next.kind === 'end' && alarm) {
      last = { ...(last as Episode), endedAt: next.endedAt }
      alarm.endedAt = next.endedAt
    } else if (next.kind !== 'nothing' && next.kind !== 'end' && alarm) {
      last = { ...next.episode, endedAt: null }
      alarm.endedAt = null
      for (const kind of next.episode.kinds) if (!alarm.kinds.has(kind)) alarm.kinds.set(kind, now)
    }
  }
  return alarms
}

/** What the tables would say at an instant: only what has arrived, at the minute at which it was published. */
class Counts {
  readonly #arriving: StreamPost[]
  readonly #minutes = new Map<number, MinuteCount>()
  readonly #hours = new Map<number, HourCount>()
  /** Six hours → author → posts. */
  readonly #voices = new Map<number, Map<number, number>>()
  /** Posts of the last hours from `#oldest` on, and how many each author has among them. */
  readonly #recent: StreamPost[] = []
  readonly #said = new Map<number, number>()
  #oldest = 0
  #next = 0

  constructor(posts: readonly StreamPost[]) {
    this.#arriving = posts.toSorted((one, other) => one.arrivedAt - other.arrivedAt)
  }

  arrive(now: number): boolean {
    const before = this.#next
    for (; (this.#arriving[this.#next]?.arrivedAt ?? Number.POSITIVE_INFINITY) <= now; this.#next++)
      this.#count(this.#arriving[this.#next] as StreamPost)
    return this.#next > before
  }

  #count(post: StreamPost): void {
    const minute = Math.floor(post.at / 60_000) * 60_000
    const hour = Math.floor(post.at / HOUR_MS) * HOUR_MS
    const add = <C extends { posts: number; read: number; negative: number; reach: number }>(one: C): C => {
      one.posts++
      one.read++
      one.negative += post.negative ? 1 : 0
      one.reach += post.reach
      return one
    }
    const empty = { posts: 0, read: 0, negative: 0, reach: 0 }
    this.#minutes.set(minute, add(this.#minutes.get(minute) ?? { at: minute, ...empty }))
    this.#hours.set(hour, add(this.#hours.get(hour) ?? { at: hour, ...empty }))
    const stretch = Math.floor(post.at / (VOICE_HOURS * HOUR_MS))
    const voices = this.#voices.get(stretch) ?? new Map<number, number>()
    this.#voices.set(stretch, voices.set(post.author, (voices.get(post.author) ?? 0) + 1))
    this.#recent.push(post)
    this.#said.set(post.author, (this.#said.get(post.author) ?? 0) + 1)
  }

  minutes(now: number): MinuteCount[] {
    const found: MinuteCount[] = []
    for (let at = Math.floor((now - LOOKBACK_MS) / 60_000) * 60_000; at <= now; at += 60_000) {
      const minute = this.#minutes.get(at)
      if (minute) found.push(minute)
    }
    return found
  }

  hours(from: number, now: number): HourCount[] {
    const found: HourCount[] = []
    for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; at + HOUR_MS <= now; at += HOUR_MS)
      found.push(this.#hours.get(at) ?? { at, posts: 0, read: 0, negative: 0, reach: 0 })
    return found
  }

  voices(now: number): number[] {
    const until = Math.floor(now / (VOICE_HOURS * HOUR_MS))
    return [...this.#voices].filter(([at]) => at < until).map(([, posts]) => Math.max(...posts.values()))
  }

  voice(now: number): { posts: number; of: number } {
    const from = now - VOICE_HOURS * HOUR_MS
    // Late posts make the order of arrival differ from that of publication: what is old goes when its turn comes.
    while (this.#recent.length > this.#oldest && (this.#recent[this.#oldest] as StreamPost).at <= from) {
      const { author } = this.#recent[this.#oldest++] as StreamPost
      const left = (this.#said.get(author) as number) - 1
      if (left > 0) this.#said.set(author, left)
      else this.#said.delete(author)
    }
    return {
      posts: Math.max(0, ...this.#said.values()),
      of: this.#recent.length - this.#oldest,
    }
  }
}
