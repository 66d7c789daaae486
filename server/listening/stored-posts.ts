import { type RawBuilder, sql } from 'kysely'
import { type PreparedPost, prepare } from '../matching/index.ts'
import { authorInSegment } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Sentiment } from '../text/index.ts'
import { currentOf, type Place } from './candidates.ts'
import type { PostRow } from './reading.ts'
import { setAside } from './triage/noise.ts'

export interface PostFilter {
  network?: string | undefined
  language?: string | undefined
  direction?: 'in' | 'out' | undefined
  from?: Date | undefined
  until?: Date | undefined
  /** Tombstones have nothing left that could match. */
  withoutDeleted: boolean
  /** Private messages are no matter of topics. */
  visibility?: 'public' | undefined
  topicId?: string | undefined
  /** Set aside by a topic, or by none. */
  noise?: 'only' | 'without' | undefined
  sentiment?: Sentiment | undefined
  intent?: string | undefined
  offensive?: boolean | undefined
  /** Whose author is a person in this segment now. */
  segmentId?: string | undefined
  /** By any account that is linked to this person now. */
  personId?: string | undefined
  addressed?: boolean | undefined
}

export interface StoredPost {
  row: PostRow
  /** Prepared when first asked: a listing without a query needs none. */
  prepared(): PreparedPost
}

type JoinedRow = PostRow & {
  author_handle: string | null
  author_name: string | null
  author_followers: string | null
  author_network_id: string
  source_name: string | null
}

const NAMES = sql`, a.handle as author_handle, a.name as author_name, a.followers as author_followers,
  a.network_id as author_network_id, coalesce(s.name, i.file_name) as source_name`
const NAMED_BY = sql`join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
  left join source s on s.workspace_id = p.workspace_id and s.source_id = p.source_id
  left join import i on i.workspace_id = p.workspace_id and i.import_id = p.import_id`

/** The posts at these places that pass the filter, in the order of the places. */
export async function loadStored(tx: WorkspaceTransaction, places: Place[], filter: PostFilter): Promise<StoredPost[]> {
  if (places.length === 0) return []
  const { rows } = await sql<JoinedRow>`
    select p.* ${NAMES} from post p ${NAMED_BY}
    where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${places.map((place) => place.postId)}::uuid[])
      ${await conditionsOf(tx, filter)}`.execute(tx.sql)
  const byId = new Map(rows.map((row) => [row.post_id, row]))
  return places.flatMap(({ postId }) => {
    const row = byId.get(postId)
    return row ? [{ row, prepared: () => prepare(matchable(row)) }] : []
  })
}

/** What a query asks of a post. Names are read only for queries that ask for them. */
const CONTENT = sql`p.post_id, p.published_at, p.title, p.text, p.language, p.network, p.site, p.url, p.parent_external_id, p.media,
  p.links, p.mentions`

/** The same posts with nothing but what decides whether they match: for counts, not for showing. */
export async function loadMatchable(
  tx: WorkspaceTransaction,
  places: Place[],
  filter: PostFilter,
  withNames: boolean,
): Promise<{ place: Place; prepared: PreparedPost }[]> {
  if (places.length === 0) return []
  const { rows } = await sql<JoinedRow>`
    select ${CONTENT} ${withNames ? NAMES : sql``} from post p ${withNames ? NAMED_BY : sql``}
    where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${places.map((place) => place.postId)}::uuid[])
      ${await conditionsOf(tx, filter)}`.execute(tx.sql)
  const byId = new Map(rows.map((row) => [row.post_id, row]))
  return places.flatMap((place) => {
    const row = byId.get(place.postId)
    return row ? [{ place, prepared: prepare(matchable(row)) }] : []
  })
}

export interface TestedPost {
  stored: StoredPost
  /** Which of the filters it passes, in their order. */
  passes: boolean[]
}

/** Posts that pass one of several filters at least, each asked of all of them in one statement. */
export async function loadWithTests(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
  filters: readonly PostFilter[],
): Promise<TestedPost[]> {
  if (postIds.length === 0 || filters.length === 0) return []
  const tests: RawBuilder<unknown>[] = []
  for (const filter of filters) tests.push(sql`(true ${await conditionsOf(tx, filter)})`)
  const { rows } = await sql<JoinedRow & { passes: boolean[] }>`
    select p.* ${NAMES}, array[${sql.join(tests)}] as passes from post p ${NAMED_BY}
    where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${postIds}::uuid[])
    order by p.published_at desc, p.post_id desc`.execute(tx.sql)
  return rows
    .filter(({ passes }) => passes.includes(true))
    .map((row) => ({ stored: { row, prepared: once(() => prepare(matchable(row))) }, passes: row.passes }))
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

async function conditionsOf(tx: WorkspaceTransaction, filter: PostFilter): Promise<RawBuilder<unknown>> {
  const conditions = [
    filter.network ? sql`and p.network = ${filter.network}` : sql``,
    filter.language ? sql`and p.language = ${filter.language}` : sql``,
    filter.direction ? sql`and p.direction = ${filter.direction}` : sql``,
    filter.until ? sql`and p.published_at < ${filter.until}` : sql``,
    filter.from ? sql`and p.published_at >= ${filter.from}` : sql``,
    filter.withoutDeleted ? sql`and p.deleted_at is null` : sql``,
    filter.visibility ? sql`and p.visibility = ${filter.visibility}` : sql``,
    filter.sentiment ? sql`and p.sentiment = ${filter.sentiment}` : sql``,
    filter.intent ? sql`and p.intent = ${filter.intent}` : sql``,
    filter.offensive === undefined ? sql`` : sql`and p.offensive = ${filter.offensive}`,
    filter.segmentId ? sql`and ${await authorInSegment(tx, filter.segmentId, sql`p.author_id`, new Date())}` : sql``,
    filter.addressed === undefined ? sql`` : sql`and p.addressed = ${filter.addressed}`,
    filter.personId
      ? sql`and exists (select from author w join person o on o.workspace_id = w.workspace_id and o.person_id = w.person_id
          where w.workspace_id = ${tx.workspaceId} and w.author_id = p.author_id
            and o.current_id = ${currentOf(tx, filter.personId)})`
      : sql``,
    filter.topicId
      ? sql`and exists (select from mention m where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${filter.topicId}
          and m.post_id = p.post_id)`
      : sql``,
    filter.noise ? sql`and ${filter.noise === 'without' ? sql`not ` : sql``}${setAside(tx, filter.topicId)}` : sql``,
  ]
  return sql.join(conditions, sql` `)
}

const matchable = (row: JoinedRow) => ({
  title: row.title,
  text: row.text,
  language: row.language,
  network: row.network,
  scope: row.scope,
  site: row.site,
  url: row.url,
  publishedAt: row.published_at,
  author: {
    handle: row.author_handle ?? null,
    name: row.author_name ?? null,
    // For comparisons only; whoever shows the number takes the text.
    followers: (row.author_followers ?? null) === null ? null : Number(row.author_followers),
    networkId: row.author_network_id ?? '',
  },
  isReply: row.parent_external_id !== null,
  hasMedia: Array.isArray(row.media) && row.media.length > 0,
  links: row.links,
  mentions: row.mentions,
  sourceName: row.source_name ?? null,
})
