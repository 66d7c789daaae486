import type { AlarmKind } from '../contract/measurement-alarms.ts'
import {
  arriving,
  BEGIN,
  Chance,
  DAY_MS,
  HOUR_MS,
  makeStream,
  rateAt,
  type StreamPlan,
  type StreamPost,
  type Weather,
  weatherOf,
} from './alarm-streams.ts'

/** What a desk would want to be woken for, put into a stream at instants that are known. */
export interface Burst {
  kind: AlarmKind
  shape: 'step' | 'ramp' | 'decay' | 'flip' | 'post'
  from: number
  until: number
  /** Posts an hour, as a multiple of the usual ones. */
  times: number
}

export interface PlantedStream {
  plan: StreamPlan
  posts: StreamPost[]
  bursts: Burst[]
  outage: Weather['outage']
}

export const HISTORY_DAYS = 14
export const REPLAY_DAYS = 30
const KINDS: readonly AlarmKind[] = [
  'volume',
  'negative-share',
  'volume',
  'reach',
  'volume',
  'single-voice',
  'volume',
  'volume',
  'volume',
  'volume',
]
/** A storm over a quiet topic is no multiple of next to nothing: at its height it brings this many posts an hour at least. */
export const STORM_POSTS_PER_HOUR_MIN = 360
/** Below this many posts a day, a share of negative posts says nothing within hours. */
const SHARE_POSTS_PER_DAY_MIN = 300
/** A storm that swells does so within these minutes. */
export const RAMP_MINUTES = 3

/** How storms come: see the constants. */
export interface StormShape {
  stormMin: number
  rampMinutes: number
}

export function plantedStream(
  plan: Omit<StreamPlan, 'days'>,
  { stormMin, rampMinutes }: StormShape = { stormMin: STORM_POSTS_PER_HOUR_MIN, rampMinutes: RAMP_MINUTES },
): PlantedStream {
  const whole = { ...plan, days: HISTORY_DAYS + REPLAY_DAYS }
  const weather = weatherOf(whole)
  const posts = makeStream(whole, weather)
  const chance = new Chance(plan.seed + 41)
  const busy = plan.postsPerDay >= SHARE_POSTS_PER_DAY_MIN
  const kinds = KINDS.map((kind) => (kind === 'negative-share' && !busy ? 'volume' : kind))
  const bursts = kinds.map((kind, at) => {
    const spacing = (REPLAY_DAYS / KINDS.length) * DAY_MS
    const begin = () => BEGIN + HISTORY_DAYS * DAY_MS + at * spacing + chance.share() * (spacing - 8 * HOUR_MS)
    let from = begin()
    while (isNearOutage(from, weather)) from = begin()
    return plant(kind, Math.floor(from / 1000) * 1000, { plan: whole, weather, posts, chance, stormMin, rampMinutes })
  })
  return { plan: whole, posts: arriving(posts, weather, chance), bursts, outage: weather.outage }
}

/** What happens while nothing is heard cannot be told: no burst begins shortly before, in, or right after the silence. */
const isNearOutage = (at: number, { outage }: Weather): boolean =>
  at > outage.from - 4 * HOUR_MS && at < outage.until + HOUR_MS

interface Ground extends StormShape {
  plan: StreamPlan
  weather: Weather
  posts: StreamPost[]
  chance: Chance
}

function plant(kind: AlarmKind, from: number, ground: Ground): Burst {
  switch (kind) {
    case 'volume':
      return plantVolume(from, ground)
    case 'negative-share':
      return plantShare(from, ground)
    case 'reach':
      return plantReach(from, ground)
    case 'single-voice':
      return plantVoice(from, ground)
  }
}

function plantVolume(from: number, { plan, weather, posts, chance, stormMin, rampMinutes }: Ground): Burst {
  const usual = rateAt(plan, weather, from)
  const wanted = Math.exp(chance.between(Math.log(8), Math.log(50)))
  const until = from + chance.between(30, 180) * 60_000
  const shape = chance.one(['step', 'ramp', 'decay'] as const)
  const more = Math.max(stormMin, (wanted - 1) * usual)
  const strengthAt = (at: number): number => {
    if (shape === 'step') return 1
    return shape === 'ramp'
      ? Math.min(1, (at - from) / (rampMinutes * 60_000))
      : Math.exp(-(at - from) / (until - from))
  }
  for (let at = from; at < until; at += chance.exponential(HOUR_MS / more))
    if (at > from && chance.share() < strengthAt(at))
      posts.push(postAt(at, chance, 1_000_000 + Math.floor(chance.share() * 1e5), chance.share() < 0.5))
  return { kind: 'volume', shape, from, until, times: 1 + more / Math.max(1e-9, usual) }
}

/** The same posts in a darker mood: three of four that were not negative are. */
function plantShare(from: number, { posts, chance }: Ground): Burst {
  const until = from + chance.between(2, 4) * HOUR_MS
  for (const post of posts) if (post.at >= from && post.at < until && chance.share() < 0.75) post.negative = true
  return { kind: 'negative-share', shape: 'flip', from, until, times: 1 }
}

/** Somebody whom ten times more people follow than ever heard of the topic within an hour. */
function plantReach(from: number, { posts, chance }: Ground): Burst {
  const hours = new Map<number, number>()
  for (const { at, reach } of posts)
    if (at < from) hours.set(Math.floor(at / HOUR_MS), (hours.get(Math.floor(at / HOUR_MS)) ?? 0) + reach)
  const most = Math.max(...hours.values())
  posts.push({ ...postAt(from, chance, 2_000_000, false), reach: most * 10 })
  return { kind: 'reach', shape: 'post', from, until: from + HOUR_MS, times: 1 }
}

/** One author with as many posts within two hours as everybody else in six; twelve at least. */
function plantVoice(from: number, { plan, weather, posts, chance }: Ground): Burst {
  let usual = 0
  for (let hour = 0; hour < 6; hour++) usual += rateAt(plan, weather, from - hour * HOUR_MS)
  const count = Math.max(12, Math.round(usual))
  const length = 2 * HOUR_MS
  for (let at = 0; at < count; at++)
    posts.push(postAt(from + ((at + chance.share()) / count) * length, chance, 3_000_000, false))
  const times = 1 + (count * HOUR_MS) / length / Math.max(1e-9, rateAt(plan, weather, from))
  return { kind: 'single-voice', shape: 'step', from, until: from + length, times }
}

const postAt = (at: number, chance: Chance, author: number, negative: boolean): StreamPost => ({
  at,
  arrivedAt: 0,
  author,
  reach: Math.round(60 * chance.share() ** (-1 / 1.3)),
  negative,
})
