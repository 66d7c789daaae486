import { sql } from 'kysely'
import { evaluate, type Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { readCursor, writeCursor } from '../../platform/keyset.ts'
import type { FoundPost } from '../found-post.ts'
import { loadStored, type PostFilter } from '../stored-posts.ts'
import { NEWEST_FIRST } from './learning.ts'
import { LAST_ID } from './topic-rows.ts'

const STEP_MIN = 200
const STEP_MAX = 2_000
const BUDGET_MS = 1_500

/** Where a walk has come. Posts that are not judged yet come after all others, newest first: none is left out. */
interface UsefulPlace {
  relevance: number | null
  publishedAt: Date
  postId: string
}

export interface UsefulWalk {
  found: FoundPost[]
  /** Where to go on; null at the end. */
  nextCursor: string | null
  /** The time was up before the page was full. */
  cut: boolean
}

/** The mentions of a topic, the most useful first. */
export async function walkUseful(
  tx: WorkspaceTransaction,
  topicId: string,
  query: Query | null,
  filter: PostFilter,
  /** Of posts that were found, those that the list shows. */
  shown: (found: FoundPost[]) => Promise<FoundPost[]>,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<UsefulWalk> {
  const endsAt = performance.now() + BUDGET_MS
  const found: { post: FoundPost; place: UsefulPlace }[] = []
  let place = readPlace(after)
  for (let step = Math.max(STEP_MIN, limit + 1); ; step = Math.min(step * 2, STEP_MAX)) {
    const { places, last } = await nextPlaces(tx, topicId, place, step)
    const byId = new Map(places.map((one) => [one.postId, one]))
    const matching = (await loadStored(tx, places, filter)).flatMap((stored): FoundPost[] => {
      const match = query && evaluate(query, stored.prepared())
      return query && !match ? [] : [{ stored, spans: match?.spans ?? [] }]
    })
    for (const post of await shown(matching))
      found.push({ post, place: byId.get(post.stored.row.post_id) as UsefulPlace })
    const page = found.slice(0, limit).map(({ post }) => post)
    if (found.length > limit) return { found: page, nextCursor: write(found[limit - 1]?.place ?? null), cut: false }
    if (!last) return { found: page, nextCursor: null, cut: false }
    place = last
    if (performance.now() > endsAt) return { found: page, nextCursor: write(place), cut: true }
  }
}

const UNJUDGED: UsefulPlace = { relevance: null, publishedAt: NEWEST_FIRST, postId: LAST_ID }

/** Judged ones by mention_useful, then the others by mention_topic; a step reads a bounded number of rows. */
async function nextPlaces(
  tx: WorkspaceTransaction,
  topicId: string,
  place: UsefulPlace | null,
  step: number,
): Promise<{ places: UsefulPlace[]; last: UsefulPlace | null }> {
  const columns = sql`relevance, published_at as "publishedAt", post_id as "postId"`
  const ofTopic = sql`workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`
  if (place === null || place.relevance !== null) {
    const before = place ? sql`and (relevance, post_id) < (${place.relevance}::real, ${place.postId}::uuid)` : sql``
    const { rows } =
      await sql<UsefulPlace>`select ${columns} from mention where ${ofTopic} and relevance is not null ${before}
      order by relevance desc, post_id desc limit ${step}`.execute(tx.sql)
    return { places: rows, last: rows.length < step ? UNJUDGED : (rows.at(-1) ?? UNJUDGED) }
  }
  const { rows } = await sql<UsefulPlace>`select ${columns} from mention where ${ofTopic}
      and (published_at, post_id) < (${place.publishedAt}::timestamptz, ${place.postId}::uuid)
    order by published_at desc, post_id desc limit ${step}`.execute(tx.sql)
  const last = rows.length < step ? null : rows.at(-1)
  return {
    places: rows.filter(({ relevance }) => relevance === null),
    last: last ? { ...last, relevance: null } : null,
  }
}

function readPlace(after: string | undefined): UsefulPlace | null {
  const cursor = readCursor(after, 3)
  if (!cursor) return null
  const [relevance, publishedAt, postId] = cursor as [string, string, string]
  return { relevance: relevance === '' ? null : Number(relevance), publishedAt: new Date(publishedAt), postId }
}

const write = (place: UsefulPlace | null): string | null =>
  place && writeCursor(place.relevance === null ? '' : String(place.relevance), place.publishedAt, place.postId)
