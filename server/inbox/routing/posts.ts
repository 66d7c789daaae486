import { sql } from 'kysely'
import { type Calendar, serviceMsBetween } from '../../clocks/index.ts'
import { loadStored, type StoredPost } from '../../listening/index.ts'
import { segmentsOfAuthors, standingOfAuthors } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { RoutedPost, RuleBook } from '../../routing/index.ts'
import { knownBefore } from './known-before.ts'

/** A calendar counts service time: open is whatever has some in the minute that begins. */
const MINUTE_MS = 60_000
const NO_SCORES = { value: null, influence: null, advocate: null, detractor: null }

export interface Gathering {
  book: Pick<RuleBook, 'about'>
  calendars: ReadonlyMap<string, Calendar>
  now: Date
}

/**
 * What the rules may ask of these posts, by id; deleted ones are absent. A handful of queries for all of them, and none for
 * what no rule asks. Served by primary keys, mention_post and author's own key.
 */
export async function gatherPosts(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
  { book, calendars, now }: Gathering,
): Promise<Map<string, RoutedPost>> {
  const asks = (...about: string[]) => about.some((each) => (book.about as ReadonlySet<string>).has(each))
  const places = [...new Set(postIds)].map((postId) => ({ postId, publishedAt: now }))
  const stored = (await loadStored(tx, places, { withoutDeleted: true })).filter(({ row }) => row.direction === 'in')
  const authorIds = [...new Set(stored.map(({ row }) => row.author_id))]
  const standings = asks('score') ? await standingOfAuthors(tx, authorIds) : new Map()
  const known = asks('person') ? await knownBefore(tx, postIds) : new Set<string>()
  const segments = asks('segment') ? await segmentsOfAuthors(tx, authorIds, now) : new Map()
  const mentions = asks('topic', 'relevance') ? await mentionsOf(tx, stored) : new Map()
  return new Map(
    stored.map((post) => [
      post.row.post_id,
      {
        ...factsOf(post),
        topicIds: mentions.get(post.row.post_id)?.topicIds ?? [],
        judgements: mentions.get(post.row.post_id)?.judgements ?? [],
        openCalendarIds: asks('time') ? openAt(calendars, post.row.heard_at) : [],
        author: {
          known: known.has(post.row.post_id),
          segmentIds: segments.get(post.row.author_id) ?? [],
          scores: standings.get(post.row.author_id)?.scores ?? NO_SCORES,
          followers: post.prepared().post.author.followers,
        },
      },
    ]),
  )
}

const factsOf = ({ row, prepared }: StoredPost) => ({
  postId: row.post_id,
  prepared,
  sourceId: row.source_id,
  network: row.network,
  language: row.language,
  sentiment: row.sentiment,
  intent: row.intent,
  understood: row.understood_by !== null,
  offensive: row.offensive === true,
  addressed: row.addressed,
})

function openAt(calendars: ReadonlyMap<string, Calendar>, at: Date): string[] {
  const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
  return [...calendars].flatMap(([calendarId, calendar]) =>
    serviceMsBetween(calendar, minute, minute + MINUTE_MS) > 0 ? [calendarId] : [],
  )
}

interface Mentions {
  topicIds: string[]
  judgements: string[]
}

/** A person's word on a post wins over what its topic learned; a topic that does not judge says nothing. */
async function mentionsOf(tx: WorkspaceTransaction, stored: StoredPost[]): Promise<Map<string, Mentions>> {
  const { rows } = await sql<{ post_id: string; topic_id: string; rejected: boolean; judgement: string }>`
    select m.post_id, m.topic_id, m.state = 'rejected' as rejected, case m.state when 'kept' then 'for-us' when 'rejected' then 'not-for-us'
      else case when coalesce(r.switched_on, false) then coalesce(m.judged_as, 'unjudged') else 'unjudged' end end as judgement
    from mention m left join topic_relevance r on r.workspace_id = m.workspace_id and r.topic_id = m.topic_id
    where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${stored.map(({ row }) => row.post_id)}::uuid[])
    order by m.topic_id`.execute(tx.sql)
  const mentions = new Map<string, Mentions>()
  for (const { post_id, topic_id, rejected, judgement } of rows) {
    const of = mentions.get(post_id) ?? { topicIds: [], judgements: [] }
    if (!rejected) of.topicIds.push(topic_id)
    of.judgements.push(judgement)
    mentions.set(post_id, of)
  }
  return mentions
}
