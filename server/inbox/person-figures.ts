import { sql } from 'kysely'
import { type FigureSource, figuresFrom } from '../people/index.ts'

const CONVERSATIONS_MAX = 500

/** Conversations of persons and what we answered in them (conversation_author, conversation_post_ours). */
export const conversationFigures: FigureSource = {
  of: async (tx, persons, now) => {
    const pairs = persons.flatMap(({ personId, authorIds }) => authorIds.map((authorId) => ({ personId, authorId })))
    const { rows } = await sql<{ person_id: string; conversations: number; answers: number; last_at: Date | null }>`
      select g.person_id, count(*)::int as conversations, coalesce(sum(c.answers), 0)::int as answers,
        max(c.last_post_at) as last_at
      from unnest(${pairs.map(({ personId }) => personId)}::uuid[], ${pairs.map(({ authorId }) => authorId)}::uuid[])
          as g(person_id, author_id)
        cross join lateral (
          select one.last_post_at, (select count(*) from conversation_post cp where cp.workspace_id = ${tx.workspaceId}
              and cp.conversation_id = one.conversation_id and cp.direction = 'out'
              and cp.published_at >= ${figuresFrom(now)}) as answers
          from conversation one where one.workspace_id = ${tx.workspaceId} and one.author_id = g.author_id
            and one.last_post_at >= ${figuresFrom(now)}
          order by one.last_post_at desc limit ${CONVERSATIONS_MAX}) c
      group by g.person_id`.execute(tx.sql)
    return new Map(
      rows.map(({ person_id, conversations, answers, last_at }) => [
        person_id,
        { inputs: { conversations, answers }, lastContactAt: last_at },
      ]),
    )
  },
}
