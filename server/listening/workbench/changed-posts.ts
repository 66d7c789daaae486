import type { Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { readCursor, writeCursor } from '../../platform/keyset.ts'
import type { Place } from '../candidates.ts'
import { candidatesFor } from '../search.ts'
import { loadStored, type StoredPost } from '../stored-posts.ts'
import { meeting, sideOf } from './meeting.ts'
import { relevancesOf } from './relevance.ts'
import { type ShownPost, showPosts } from './shown-posts.ts'

const STEP = 500
const BUDGET_MS = 1_500
/** By relevance, so many of the newest are put in order. */
const ORDERED_MAX = 500
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

export interface ChangedOptions {
  topicId: string
  which: 'gained' | 'lost'
  order: 'newest' | 'relevance'
  from: Date
  until: Date
  after?: string | undefined
  limit: number
}

export interface ChangedPage {
  items: ShownPost[]
  nextCursor: string | null
  searchedBackTo: Date | null
  among: number | null
}

/** The posts that a draft gains or loses, each with the reason of the draft. */
export function changedPosts(
  tx: WorkspaceTransaction,
  draft: Query,
  saved: Query | null,
  options: ChangedOptions,
): Promise<ChangedPage> {
  return options.order === 'newest' ? newestChanged(tx, draft, saved, options) : mostRelevant(tx, draft, saved, options)
}

/** Nothing was found in time: the same page can be asked for again. */
export const notSearched = (after: string | null, until: Date): ChangedPage => ({
  items: [],
  nextCursor: after,
  searchedBackTo: until,
  among: null,
})

async function newestChanged(
  tx: WorkspaceTransaction,
  draft: Query,
  saved: Query | null,
  options: ChangedOptions,
): Promise<ChangedPage> {
  const cursor = readCursor(options.after, 2)
  const after = cursor && { publishedAt: new Date(cursor[0] as string), postId: cursor[1] as string }
  const { found, last } = await walk(tx, draft, saved, options, after, options.limit)
  const page = found.slice(0, options.limit)
  const end = found.length > options.limit ? placeOf(page.at(-1)) : last
  return {
    items: await shown(tx, options, page, draft, saved),
    nextCursor: end && writeCursor(end.publishedAt, end.postId),
    searchedBackTo: found.length <= options.limit && last ? last.publishedAt : null,
    among: null,
  }
}

/** The first page pins the moment up to which posts are taken, so that later pages order the same ones. */
async function mostRelevant(
  tx: WorkspaceTransaction,
  draft: Query,
  saved: Query | null,
  options: ChangedOptions,
): Promise<ChangedPage> {
  const cursor = readCursor(options.after, 3)
  const until = cursor ? new Date(cursor[0] as string) : options.until
  const { found } = await walk(tx, draft, saved, { ...options, until }, null, ORDERED_MAX)
  const relevance = await relevancesOf(tx, options.topicId, found)
  const ranked = found
    .map((post) => ({ post, rank: relevance.get(post.row.post_id) ?? -1 }))
    .sort((a, b) => b.rank - a.rank || (a.post.row.post_id < b.post.row.post_id ? 1 : -1))
  const [rank, postId] = cursor ? [Number(cursor[1]), cursor[2] as string] : [Number.POSITIVE_INFINITY, '']
  const rest = ranked.filter((one) => one.rank < rank || (one.rank === rank && one.post.row.post_id < postId))
  const page = rest.slice(0, options.limit)
  const last = page.at(-1)
  const items = await shown(
    tx,
    options,
    page.map(({ post }) => post),
    draft,
    saved,
  )
  return {
    items: items.map((item, at) => ({ ...item, relevance: known((page[at] as { rank: number }).rank) })),
    nextCursor: rest.length > page.length && last ? writeCursor(until, `${last.rank}`, last.post.row.post_id) : null,
    searchedBackTo: null,
    among: found.length,
  }
}

const known = (rank: number): number | null => (rank < 0 ? null : rank)

/** Newest first, until `limit` and one more are found, the period ends or the time is up; `last`: where to go on. */
async function walk(
  tx: WorkspaceTransaction,
  draft: Query,
  saved: Query | null,
  { which, from, until }: ChangedOptions,
  after: Place | null,
  limit: number,
): Promise<{ found: StoredPost[]; last: Place | null }> {
  const found: StoredPost[] = []
  const asked = which === 'gained' ? draft : saved
  if (!asked) return { found, last: null }
  const { candidates } = await candidatesFor(tx, asked)
  const met = meeting({ draft, saved })
  const endsAt = performance.now() + BUDGET_MS
  for (let place: Place = after ?? { publishedAt: until, postId: FIRST_ID }; ; ) {
    const places = await candidates(place, STEP)
    const within = places.filter(({ publishedAt }) => publishedAt >= from)
    for (const post of await loadStored(tx, within, { withoutDeleted: true })) {
      if (sideOf(met(post.prepared())) !== which) continue
      found.push(post)
      if (found.length > limit) return { found, last: null }
    }
    const last = places.at(-1)
    if (!last || places.length < STEP || within.length < places.length) return { found, last: null }
    if (performance.now() > endsAt) return { found, last }
    place = last
  }
}

const placeOf = (post: StoredPost | undefined): Place | null =>
  post ? { publishedAt: post.row.published_at, postId: post.row.post_id } : null

/** What is lost shows what the saved version found in it, and why the draft misses it. */
const shown = (
  tx: WorkspaceTransaction,
  { topicId, which }: ChangedOptions,
  posts: readonly StoredPost[],
  draft: Query,
  saved: Query | null,
): Promise<ShownPost[]> => {
  const places = posts.map(({ row }) => ({ publishedAt: row.published_at, postId: row.post_id }))
  return showPosts(tx, topicId, places, draft, which === 'lost' && saved ? saved : draft)
}
