import { sql } from 'kysely'
import { type FigureSource, figuresFrom } from '../people/index.ts'

/** Posts of one account that are counted, newest first: more say nothing more about a person. */
const POSTS_MAX = 2_000

interface Row {
  person_id: string
  posts: number
  ours: number
  positive: number
  negative: number
  praises: number
  complaints: number
  last_at: Date | null
  language: string | null
}

/**
 * What persons said in public (post_author): figures are read by people who may not read the inbox. Sentiment and intent count in posts about us alone: addressed to us, or found by a
 * topic of kind brand and not sorted out.
 */
export const postFigures: FigureSource = {
  of: async (tx, persons, now) => {
    const pairs = persons.flatMap(({ personId, authorIds }) => authorIds.map((authorId) => ({ personId, authorId })))
    const { rows } = await sql<Row>`
      select g.person_id, count(*)::int as posts, count(*) filter (where p.ours)::int as ours,
        count(*) filter (where p.ours and p.sentiment = 'positive')::int as positive,
        count(*) filter (where p.ours and p.sentiment = 'negative')::int as negative,
        count(*) filter (where p.ours and p.intent = 'praise')::int as praises,
        count(*) filter (where p.ours and p.intent = 'complaint')::int as complaints,
        max(p.published_at) as last_at, mode() within group (order by p.language) as language
      from unnest(${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ authorId }) => authorId)}::uuid[])
          as g(person_id, author_id)
        cross join lateral (
          select one.published_at, one.language, one.sentiment, one.intent, one.addressed or exists (
            select from mention m where m.workspace_id = ${tx.workspaceId} and m.post_id = one.post_id
              and m.state <> 'rejected' and m.judged_as is distinct from 'not-for-us'
              and m.topic_id = any(array(select topic_id from topic where workspace_id = ${tx.workspaceId} and kind = 'brand'))
          ) as ours
          from post one where one.workspace_id = ${tx.workspaceId} and one.author_id = g.author_id
            and one.published_at >= ${figuresFrom(now)} and one.deleted_at is null and one.visibility = 'public'
          order by one.published_at desc, one.post_id desc limit ${POSTS_MAX}) p
      group by g.person_id`.execute(tx.sql)
    return new Map(
      rows.map((row) => [
        row.person_id,
        {
          inputs: {
            posts: row.posts,
            postsAboutUs: row.ours,
            positivePosts: row.positive,
            negativePosts: row.negative,
            praises: row.praises,
            complaints: row.complaints,
          },
          lastPostAt: row.last_at,
          language: row.language,
        },
      ]),
    )
  },
}
