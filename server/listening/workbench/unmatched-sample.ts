import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Sql } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { type NormalPost, type PostPlace, postKey } from '../normalise.ts'

/**
 * A random sample of what a stream brings, because what nobody asked for is not stored and a query tried on stored posts
 * alone would never meet it. Each post has the same chance (Bernoulli), set by the stream's own pace so that about
 * `perDay` are kept a day; how many were heard is written with them, so that counts scale. Only the text is kept, for days.
 *
 * Intake only fills a bounded buffer, which is written beside it: a write that fails or is slow loses the sample of these
 * seconds, together with their counts, and never holds a post up.
 */
export const SAMPLE_KEPT_DAYS = 3
const BUFFER_MAX = 500
const FLUSH_MS = 5_000
const CHANCE_AT_FIRST = 0.01
/** How quickly the chance follows the pace of a stream: the weight of the last flush. */
const PACE_WEIGHT = 0.3
const TEXT_CHARACTERS_MAX = 5_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

interface Sampled {
  post: NormalPost
  keptBy: readonly string[]
}

interface Buffered {
  heard: number
  sampled: Sampled[]
  since: number
  chance: number
  postsPerMs: number | null
}

/** One for the process; streams side by side. */
export class UnmatchedSampler {
  readonly #services: Services
  readonly #random: () => number
  readonly #streams = new Map<string, Buffered>()
  /** One after the other. */
  #writing: Promise<void> = Promise.resolve()
  #writes = 0

  constructor(services: Services, random: () => number = Math.random) {
    this.#services = services
    this.#random = random
  }

  /** `keptBy`: by post key the workspaces that stored it. Does not wait for anything. */
  take(stream: string, posts: readonly NormalPost[], keptBy: ReadonlyMap<string, readonly string[]>): void {
    if (this.#services.config.unmatchedSamplePerDay === 0) return
    const buffered = this.#bufferOf(stream)
    buffered.heard += posts.length
    for (const post of posts) {
      if (this.#random() >= buffered.chance || buffered.sampled.length >= BUFFER_MAX) continue
      buffered.sampled.push({ post, keptBy: keptBy.get(post.key) ?? [] })
    }
    if (performance.now() - buffered.since >= FLUSH_MS) void this.flush(stream)
  }

  /** What was deleted or changed on the network goes from the sample too, also where it is still on its way there. */
  async withdraw(places: readonly PostPlace[]): Promise<void> {
    if (places.length === 0 || this.#services.config.unmatchedSamplePerDay === 0) return
    const gone = new Set(places.map(postKey))
    for (const buffered of this.#streams.values())
      buffered.sampled = buffered.sampled.filter(({ post }) => !gone.has(post.key))
    const hashes = places.map((place) => addressHash(this.#services, place))
    if (this.#writes > 0) this.#write(() => deleteSampled(this.#services, hashes))
    await deleteSampled(this.#services, hashes)
  }

  /** Writes what was taken of a stream; never throws. */
  flush(stream: string): Promise<void> {
    const buffered = this.#bufferOf(stream)
    this.#streams.set(stream, this.#next(buffered))
    if (buffered.heard > 0) this.#write(() => writeSample(this.#services, stream, buffered.heard, buffered.sampled))
    return this.#writing
  }

  #write(write: () => Promise<void>): void {
    this.#writes++
    this.#writing = this.#writing
      .then(write)
      .catch((error) => this.#services.log.warn({ err: error }, 'could not write the unmatched sample'))
      .finally(() => this.#writes--)
  }

  #bufferOf(stream: string): Buffered {
    const known = this.#streams.get(stream)
    if (known) return known
    const chance = CHANCE_AT_FIRST
    const fresh: Buffered = { heard: 0, sampled: [], since: performance.now(), chance, postsPerMs: null }
    this.#streams.set(stream, fresh)
    return fresh
  }

  #next({ heard, since, postsPerMs }: Buffered): Buffered {
    const now = performance.now()
    const pace = heard / Math.max(1, now - since)
    const smoothed = postsPerMs === null ? pace : PACE_WEIGHT * pace + (1 - PACE_WEIGHT) * postsPerMs
    const wanted = this.#services.config.unmatchedSamplePerDay / DAY_MS
    return {
      heard: 0,
      sampled: [],
      since: now,
      chance: smoothed > wanted ? wanted / smoothed : 1,
      postsPerMs: smoothed,
    }
  }
}

const samplers = new WeakMap<Services, UnmatchedSampler>()

export function unmatchedSamplerOf(services: Services): UnmatchedSampler {
  const known = samplers.get(services) ?? new UnmatchedSampler(services)
  samplers.set(services, known)
  return known
}

/** Of a stream that a workspace hears which did not refuse; else nothing is written, counts neither. */
async function writeSample(
  services: Services,
  stream: string,
  heard: number,
  sampled: readonly Sampled[],
): Promise<void> {
  const now = services.clock.now()
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  const rows = JSON.stringify(
    sampled.map(({ post, keptBy }) => ({
      network: post.network,
      title: post.title,
      text: post.text.slice(0, TEXT_CHARACTERS_MAX),
      language: post.language,
      is_reply: post.parent !== null,
      has_media: post.media.length > 0,
      published_at: post.publishedAt,
      kept_by: keptBy,
      address_hash: addressHash(services, post).toString('hex'),
    })),
  )
  await sql`
    with wanted as (
      select from system.listening_change c where ${stream} = any(c.streams)
        and not exists (select from system.stream_sample_refusal r where r.workspace_id = c.workspace_id) limit 1),
    given as (
      select r.* from wanted, jsonb_to_recordset(${rows}::jsonb)
        as r(network text, title text, text text, language text, is_reply boolean, has_media boolean,
          published_at timestamptz, kept_by uuid[], address_hash text)),
    written as (
      insert into system.stream_sample (sample_id, stream, heard_at, network, title, text, language, is_reply, has_media,
        published_at, address_hash, kept_by)
      select gen_random_uuid(), ${stream}, ${now}, network, title, text, language, is_reply, has_media, published_at,
        decode(address_hash, 'hex'), kept_by from given
      on conflict (address_hash) do nothing returning 1)
    insert into system.stream_sample_hour as s (stream, hour, heard, sampled)
    select ${stream}, ${hour}, ${heard}, (select count(*) from written) from wanted
    on conflict (stream, hour) do update set heard = s.heard + excluded.heard, sampled = s.sampled + excluded.sampled`.execute(
    services.database.system,
  )
}

/** Of no use to anybody without the installation's keys. */
function addressHash(services: Services, place: PostPlace): Buffer {
  const key = keys.get(services) ?? services.secrets.derive('unmatched-sample')
  keys.set(services, key)
  return createHmac('sha256', key).update(postKey(place)).digest()
}
const keys = new WeakMap<Services, string>()

/** With its place in the counts. */
async function deleteSampled(services: Services, hashes: readonly Buffer[]): Promise<void> {
  await sql`
    with gone as (delete from system.stream_sample where address_hash = any(${hashes}::bytea[]) returning stream, heard_at)
    update system.stream_sample_hour h set sampled = h.sampled - g.count from (
      select stream, date_trunc('hour', heard_at at time zone 'UTC') at time zone 'UTC' as hour, count(*)::int as count
      from gone group by 1, 2) g
    where h.stream = g.stream and h.hour = g.hour`.execute(services.database.system)
}

/** Rows past their days, or all where the installation keeps none; and those of streams that nobody wants sampled. */
export async function forgetOldSample(services: Services): Promise<void> {
  const system = services.database.system
  const isOff = services.config.unmatchedSamplePerDay === 0
  const before = new Date(services.clock.now().getTime() - (isOff ? 0 : SAMPLE_KEPT_DAYS * DAY_MS))
  await sql`delete from system.stream_sample where heard_at <= ${before}`.execute(system)
  await sql`delete from system.stream_sample_hour where hour <= ${before}`.execute(system)
  await forgetUnwanted(system)
}

export async function forgetUnwanted(system: Sql): Promise<void> {
  for (const table of ['stream_sample', 'stream_sample_hour'])
    await sql`delete from ${sql.table(`system.${table}`)} s where not exists (
      select from system.listening_change c where s.stream = any(c.streams)
        and not exists (select from system.stream_sample_refusal r where r.workspace_id = c.workspace_id))`.execute(
      system,
    )
}
