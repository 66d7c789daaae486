import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { dataFolder } from '../scripts/data-folder.ts'
import { numbersFrom } from './random.ts'

/**
 * Streams of posts for the alarms: the rhythm of the week is that of real topics (tweets to six airlines, tweets to support
 * teams) or drawn, everything else is generated, because only then it is known what is a burst and what is not. What
 * makes real streams hard is in them: days that are up or down, hours too, posts that come in clusters, growth, a holiday, a
 * source that is silent for hours and then brings everything at once, authors from unknown to famous.
 */
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
/** A Monday, 0 o'clock UTC. */
export const BEGIN = Date.UTC(2026, 0, 5)

export interface Rhythm {
  name: string
  /** 168 weights with mean 1, Monday 0 o'clock first. */
  hours: number[]
}

export interface StreamPost {
  at: number
  arrivedAt: number
  author: number
  reach: number
  negative: boolean
}

export interface StreamPlan {
  name: string
  rhythm: Rhythm
  postsPerDay: number
  days: number
  seed: number
}

export class Chance {
  readonly #next: () => number
  constructor(seed: number) {
    this.#next = numbersFrom(seed)
  }
  share = (): number => (this.#next() + 0.5) / 2 ** 32
  between = (low: number, high: number): number => low + this.share() * (high - low)
  normal = (): number => Math.sqrt(-2 * Math.log(this.share())) * Math.cos(2 * Math.PI * this.share())
  exponential = (mean: number): number => -mean * Math.log(this.share())
  one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.share() * items.length)] as Item
  }
}

const WHOLE_DAY_SHARE = 0.2

/** From the public data where it is there. */
export function realRhythms(): Rhythm[] {
  const folder = dataFolder()
  if (!folder) return []
  const rows = (file: string) =>
    parse(readFileSync(join(folder, file)), { columns: true, relax_quotes: true, relax_column_count: true }) as Record<
      string,
      string
    >[]
  const airlines = Map.groupBy(rows('airline_tweets/Tweets.csv'), (row) => row.airline ?? '')
  const weeks = [...airlines].map(([name, tweets]) => ({
    name: `airline ${name}`,
    hours: weekOf(tweets.map((row) => Date.parse((row.tweet_created ?? '').replace(' ', 'T').replace(' ', '')))),
  }))
  const support = rows('twcs/twcs_first_rows.csv').filter((row) => row.inbound === 'True')
  return [...weeks, { name: 'support teams', hours: dayOf(support.map((row) => Date.parse(row.created_at ?? ''))) }]
}

/** Another family, for choosing settings: two humps a day, of drawn hours and heights, and a drawn weekend. */
export function drawnRhythm(seed: number): Rhythm {
  const chance = new Chance(seed + 7_000)
  const [first, second] = [chance.between(7, 12), chance.between(17, 22)]
  const [height, night, weekend] = [chance.between(0.4, 1.5), chance.between(0.02, 0.3), chance.between(0.4, 1.3)]
  const hump = (hour: number, centre: number, width: number) => Math.exp(-(((hour - centre) / width) ** 2))
  const hours = Array.from({ length: 168 }, (_, cell) => {
    const hour = cell % 24
    return (night + hump(hour, first, 3) + height * hump(hour, second, 2.5)) * (cell >= 120 ? weekend : 1)
  })
  return { name: `drawn ${seed}`, hours: scaled(hours) }
}

function weekOf(instants: number[]): number[] {
  const counts = new Array<number>(168).fill(1)
  const days = new Set(instants.map((at) => Math.floor(at / DAY_MS)))
  // Days at the rim of the collection are cut off, and days that it has next to nothing of.
  const inside = [...days].sort().slice(1, -1)
  const postsOf = (day: number) => instants.filter((at) => Math.floor(at / DAY_MS) === day).length
  const most = Math.max(...inside.map(postsOf))
  const whole = new Set(inside.filter((day) => postsOf(day) >= most * WHOLE_DAY_SHARE))
  const seen = new Array<number>(7).fill(0)
  for (const day of whole) seen[weekdayOf(day * DAY_MS)] = (seen[weekdayOf(day * DAY_MS)] as number) + 1
  for (const at of instants) {
    const cell = weekdayOf(at) * 24 + new Date(at).getUTCHours()
    if (whole.has(Math.floor(at / DAY_MS)))
      counts[cell] = (counts[cell] as number) + 1 / (seen[weekdayOf(at)] as number)
  }
  const days7 = Array.from({ length: 7 }, (_, day) => counts.slice(day * 24, day * 24 + 24))
  const usual = days7.filter((_, day) => seen[day]).reduce((sum, hours) => sum + total(hours), 0)
  const mean = usual / Math.max(1, seen.filter(Boolean).length)
  const profile = Array.from({ length: 24 }, (_, hour) => total(days7.map((hours) => hours[hour] as number)))
  // A weekday that the collection lacks has the usual hours.
  const filled = days7.map((hours, day) =>
    seen[day] ? hours : profile.map((value) => (value / total(profile)) * mean),
  )
  return scaled(filled.flat())
}

function dayOf(instants: number[]): number[] {
  const counts = new Array<number>(24).fill(2)
  for (const at of instants) counts[new Date(at).getUTCHours()] = (counts[new Date(at).getUTCHours()] as number) + 1
  return scaled(Array.from({ length: 168 }, (_, cell) => (counts[cell % 24] as number) * (cell >= 120 ? 0.7 : 1)))
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const weekdayOf = (at: number): number => (new Date(at).getUTCDay() + 6) % 7
const scaled = (hours: number[]): number[] => hours.map((value) => (value * hours.length) / total(hours))

export interface Weather {
  /** Factor of each hour since the beginning. */
  level: number[]
  outage: { from: number; until: number }
  negativeShare: number[]
}

const DAY_WAVER = 0.2
const HOUR_WAVER = 0.15
const CLUSTERED_SHARE = 0.3
const CLUSTER_MINUTES = 15
const HOLIDAY_LEVEL = 0.35
const OUTAGE_HOURS = 7

export function weatherOf({ days, seed }: StreamPlan): Weather {
  const chance = new Chance(seed + 11)
  const growth = chance.between(-0.05, 0.1) / 7
  const holiday = Math.floor(chance.between(16, days - 1))
  const outageFrom = BEGIN + Math.floor(chance.between(16, days - 1) * 24) * HOUR_MS
  const base = chance.between(0.15, 0.4)
  let [day, mood] = [0, 0]
  const level: number[] = []
  const negativeShare: number[] = []
  for (let at = 0; at < days; at++) {
    day = 0.6 * day + DAY_WAVER * 0.8 * chance.normal()
    mood = 0.5 * mood + 0.2 * chance.normal()
    const odds = (base / (1 - base)) * Math.exp(mood)
    for (let hour = 0; hour < 24; hour++) {
      const usual = Math.exp(day + HOUR_WAVER * chance.normal()) * (1 + growth * at)
      level.push(usual * (at === holiday ? HOLIDAY_LEVEL : 1))
      negativeShare.push(odds / (1 + odds))
    }
  }
  return { level, negativeShare, outage: { from: outageFrom, until: outageFrom + OUTAGE_HOURS * HOUR_MS } }
}

export const rateAt = (plan: StreamPlan, weather: Weather, at: number): number => {
  const hour = Math.floor((at - BEGIN) / HOUR_MS)
  return (plan.postsPerDay / 24) * (plan.rhythm.hours[hour % 168] as number) * (weather.level[hour] ?? 1)
}

/** Posts in the order in which they are published. */
export function makeStream(plan: StreamPlan, weather: Weather): StreamPost[] {
  const chance = new Chance(plan.seed + 23)
  const authors = Math.max(30, Math.round(plan.postsPerDay * 4))
  const reaches = Array.from({ length: authors }, () => Math.round(60 * chance.share() ** (-1 / 1.3)))
  const posts: StreamPost[] = []
  const post = (at: number) => {
    const hour = Math.floor((at - BEGIN) / HOUR_MS)
    if (hour >= weather.level.length) return
    const author = Math.floor(authors * chance.share() ** 1.6)
    const negative = chance.share() < (weather.negativeShare[hour] as number)
    posts.push({ at, arrivedAt: 0, author, reach: reaches[author] as number, negative })
  }
  for (let hour = 0; hour < weather.level.length; hour++) {
    const start = BEGIN + hour * HOUR_MS
    const roots = rateAt(plan, weather, start) * (1 - CLUSTERED_SHARE)
    for (let at = chance.exponential(HOUR_MS / roots); at < HOUR_MS; at += chance.exponential(HOUR_MS / roots)) {
      let reply = start + at
      post(reply)
      while (chance.share() < CLUSTERED_SHARE) {
        reply += chance.exponential(CLUSTER_MINUTES * 60_000)
        post(reply)
      }
    }
  }
  return arriving(posts, weather, chance)
}

/** Most posts are here within seconds; what a silent source holds back comes when it speaks again. */
export function arriving(posts: StreamPost[], { outage }: Weather, chance: Chance): StreamPost[] {
  for (const post of posts) {
    post.arrivedAt = post.at + chance.exponential(8_000)
    if (post.arrivedAt >= outage.from && post.arrivedAt < outage.until) post.arrivedAt = outage.until
  }
  return posts.sort((one, other) => one.at - other.at)
}
