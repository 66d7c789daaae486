import { sql } from 'kysely'
import { loadPosts, type PostView } from '../../listening/index.ts'
import { authorBriefs } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { G2_MIN, logLikelihood, termRuns, termsOf, withoutRepeats } from '../../text/index.ts'
import { HOUR_MS } from '../zone.ts'

/** What an alarm is about, as ids and counts: texts and names are read when somebody looks, so that what is gone stays gone. */
export interface Cause {
  posts: { postId: string; like: number }[]
  /** Only what several authors wrote: a word of one person is that person's. */
  terms: { term: string; posts: number }[]
  authors: { authorId: string; posts: number }[]
  networks: { network: string; posts: number }[]
}

const POSTS_READ_MAX = 400
const BACKGROUND_POSTS_MAX = 600
const BACKGROUND_DAYS = 14
const TEXT_CHARACTERS_MAX = 1_000
const POSTS_SHOWN = 5
const AUTHORS_SHOWN = 5
const TERMS_SHOWN = 6
const TERM_AUTHORS_MIN = 3

interface Said {
  post_id: string
  group_id: string
  author_id: string
  network: string
  text: string
  language: string | null
  followers: string
}

/** From the newest posts since it began. Served by mention_topic. */
export async function findCause(tx: WorkspaceTransaction, topicId: string, beganAt: Date, now: Date): Promise<Cause> {
  const said = await readSaid(tx, topicId, beganAt, now, POSTS_READ_MAX)
  const before = new Date(beganAt.getTime() - BACKGROUND_DAYS * 24 * HOUR_MS)
  const background = await readSaid(tx, topicId, before, beganAt, BACKGROUND_POSTS_MAX)
  return {
    posts: topPosts(said),
    terms: risingTerms(said, background),
    authors: topAuthors(said),
    networks: countBy(said, ({ network }) => network).map(([network, posts]) => ({ network, posts })),
  }
}

async function readSaid(tx: WorkspaceTransaction, topicId: string, from: Date, until: Date, most: number) {
  const { rows } = await saidQuery(tx, topicId, from, until, most).execute(tx.sql)
  return rows
}

export const saidQuery = (
  tx: WorkspaceTransaction,
  topicId: string,
  from: Date,
  until: Date,
  most: number,
) => sql<Said>`
  select p.post_id, coalesce(p.group_id, p.post_id) as group_id, p.author_id, p.network,
    left(concat_ws(' ', p.title, p.text), ${TEXT_CHARACTERS_MAX}) as text, p.language, coalesce(a.followers, 0)::text as followers
  from (select post_id from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and published_at >= ${from} and published_at < ${until} order by published_at desc, post_id desc limit ${most}) m
    join post p on p.workspace_id = ${tx.workspaceId} and p.post_id = m.post_id and p.direction = 'in' and p.deleted_at is null
    join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id`

/** One of each group of like posts, the most repeated first, then those that most people may see. */
function topPosts(said: readonly Said[]): Cause['posts'] {
  const groups = [...Map.groupBy(said, ({ group_id }) => group_id).values()].map((group) => {
    const heard = group.toSorted((one, other) => compareCounts(other.followers, one.followers))
    return { first: heard[0] as Said, like: group.length }
  })
  return groups
    .sort((one, other) => other.like - one.like || compareCounts(other.first.followers, one.first.followers))
    .slice(0, POSTS_SHOWN)
    .map(({ first, like }) => ({ postId: first.post_id, like }))
}

const compareCounts = (one: string, other: string): number =>
  BigInt(one) < BigInt(other) ? -1 : BigInt(one) > BigInt(other) ? 1 : 0

/** Those whom most people follow, and those who say most. */
function topAuthors(said: readonly Said[]): Cause['authors'] {
  const authors = [...Map.groupBy(said, ({ author_id }) => author_id).entries()]
  const heard = authors.toSorted(([, one], [, other]) =>
    compareCounts(other[0]?.followers ?? '0', one[0]?.followers ?? '0'),
  )
  const busy = authors.filter(([, posts]) => posts.length > 1).sort(([, one], [, other]) => other.length - one.length)
  const both = new Map([...busy.slice(0, 2), ...heard].slice(0, AUTHORS_SHOWN + 2))
  return [...both].slice(0, AUTHORS_SHOWN).map(([authorId, posts]) => ({ authorId, posts: posts.length }))
}

const NO_WORDS: ReadonlySet<string> = new Set()

/** Terms that stand in more of the burst's posts than in those before, by more than chance (G²). */
function risingTerms(said: readonly Said[], background: readonly Said[]): Cause['terms'] {
  const now = countTerms(said)
  const before = countTerms(background)
  const rising = [...now.values()].flatMap((term) => {
    const earlier = before.get(term.key)?.posts ?? 0
    if (term.authors.size < TERM_AUTHORS_MIN) return []
    if (term.posts / said.length <= earlier / Math.max(1, background.length)) return []
    const g2 = logLikelihood(term.posts, said.length, earlier, background.length)
    return background.length === 0 || g2 >= G2_MIN ? [{ ...term, g2: background.length === 0 ? term.posts : g2 }] : []
  })
  return withoutRepeats(
    rising.sort((one, other) => other.g2 - one.g2),
    TERMS_SHOWN,
  ).map(({ surface, posts }) => ({ term: surface, posts }))
}

function countTerms(said: readonly Said[]) {
  const terms = new Map<string, { key: string; surface: string; posts: number; authors: Set<string> }>()
  for (const { text, language, author_id } of said)
    for (const { key, surface } of termsOf(termRuns(text, language, NO_WORDS), () => true)) {
      const term = terms.get(key) ?? { key, surface, posts: 0, authors: new Set<string>() }
      term.posts++
      term.authors.add(author_id)
      terms.set(key, term)
    }
  return terms
}

function countBy<Item>(items: readonly Item[], of: (item: Item) => string): [string, number][] {
  const groups = [...Map.groupBy(items, of)].map(([key, group]): [string, number] => [key, group.length])
  return groups.sort(([, one], [, other]) => other - one)
}

/** As it may be shown now: what was deleted or erased since is gone from it. */
export async function presentCause(tx: WorkspaceTransaction, cause: Cause) {
  const posts = new Map(
    (
      await loadPosts(
        tx,
        cause.posts.map(({ postId }) => postId),
      )
    ).map((post): [string, PostView] => [post.postId, post]),
  )
  const authors = await authorBriefs(
    tx,
    cause.authors.map(({ authorId }) => authorId),
  )
  const followers = await readFollowers(tx, [...authors.keys()])
  return {
    posts: cause.posts.flatMap(({ postId, like }) => {
      const post = posts.get(postId)
      return post && !post.deleted ? [{ post, like }] : []
    }),
    // Words of posts that are closed to the reader may be among them: no post says whose word it was.
    terms: tx.actor.reach?.hides.posts ? [] : cause.terms,
    authors: cause.authors.flatMap(({ authorId, posts: said }) => {
      const author = authors.get(authorId)
      if (!author) return []
      const name = author.name ?? author.handle ?? '–'
      return [{ authorId, name, posts: said, followers: followers.get(authorId) ?? null }]
    }),
    networks: cause.networks,
  }
}

async function readFollowers(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
): Promise<Map<string, string | null>> {
  const { rows } = await sql<{ author_id: string; followers: string | null }>`
    select author_id, followers::text as followers from author
    where workspace_id = ${tx.workspaceId} and author_id = any(${[...authorIds]}::uuid[])`.execute(tx.sql)
  return new Map(rows.map((row) => [row.author_id, row.followers]))
}
