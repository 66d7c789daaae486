import { sql } from 'kysely'
import type { ConversationItem } from '../../contract/inbox-conversations.ts'
import { authorBriefs, personsOfAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { ConversationRow } from './conversation.ts'
import { liveLeases } from './leases.ts'

const SNIPPET_CHARACTERS = 200

interface Row extends ConversationRow {
  last_post: {
    direction: 'in' | 'out'
    snippet: string
    deleted: boolean
    has_media: boolean
    visibility: 'public' | 'private'
  } | null
  topic_ids: string[]
  tags: { tagId: string; name: string; colour: string }[]
  undelivered: ConversationItem['undelivered']
}

/** In the order of the ids, each of a handful of queries for all of them together. */
export async function presentConversations(
  tx: WorkspaceTransaction,
  conversationIds: string[],
): Promise<ConversationItem[]> {
  if (conversationIds.length === 0) return []
  const rows = await loadRows(tx, conversationIds)
  const authorIds = [...new Set(rows.map((row) => row.author_id))]
  const authors = await authorBriefs(tx, authorIds)
  const persons = await personsOfAuthors(tx, authorIds)
  const leases = await liveLeases(tx, conversationIds)
  const items = new Map(
    rows.map((row) => {
      const author = authors.get(row.author_id)
      if (!author) throw new Error(`conversation ${row.conversation_id} has no author`)
      const lease = leases.get(row.conversation_id)
      return [
        row.conversation_id,
        {
          ...present(row),
          author,
          person: persons.get(row.author_id) ?? null,
          lease: lease
            ? { holder: lease.holder, mine: lease.mine, takenAt: lease.takenAt, expiresAt: lease.expiresAt }
            : null,
        },
      ]
    }),
  )
  return conversationIds.flatMap((id) => items.get(id) ?? [])
}

/** Sub-selects by primary key or by conversation, so that the cost is that of the page and not of the inbox. */
async function loadRows(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.*,
      (select json_build_object('direction', p.direction, 'snippet', left(p.text, ${SNIPPET_CHARACTERS}),
          'deleted', p.deleted_at is not null, 'has_media', p.media <> '[]', 'visibility', p.visibility)
        from post p where p.workspace_id = c.workspace_id and p.post_id = c.last_post_id) as last_post,
      array(select ct.topic_id::text from conversation_topic ct where ct.workspace_id = c.workspace_id
        and ct.conversation_id = c.conversation_id order by ct.topic_id) as topic_ids,
      (select coalesce(json_agg(json_build_object('tagId', t.tag_id, 'name', t.name, 'colour', t.colour) order by t.name), '[]')
        from conversation_tag ct join tag t on t.workspace_id = ct.workspace_id and t.tag_id = ct.tag_id
        where ct.workspace_id = c.workspace_id and ct.conversation_id = c.conversation_id) as tags,
      (select case when bool_or(d.state = 'unknown') then 'unknown' when bool_or(d.state = 'refused') then 'refused'
          when bool_or(d.state in ('queued', 'sending')) then 'on-its-way' end
        from answer a join delivery d on d.workspace_id = a.workspace_id and d.delivery_id = a.delivery_id
        where a.workspace_id = c.workspace_id and a.conversation_id = c.conversation_id
          and a.version >= (select coalesce(max(later.version), 0) from answer later
            where later.workspace_id = c.workspace_id and later.conversation_id = c.conversation_id)) as undelivered
    from conversation c
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${conversationIds}::uuid[])`.execute(tx.sql)
  return rows
}

const present = (row: Row): Omit<ConversationItem, 'author' | 'person' | 'lease'> => ({
  conversationId: row.conversation_id,
  threadId: row.thread_id,
  version: row.version,
  state: row.state,
  priority: row.priority,
  snoozedUntil: row.snoozed_until,
  network: row.network,
  sourceId: row.source_id,
  language: row.language,
  lastPost:
    row.last_post && row.last_post_id
      ? {
          postId: row.last_post_id,
          direction: row.last_post.direction,
          snippet: row.last_post.snippet,
          deleted: row.last_post.deleted,
          hasMedia: row.last_post.has_media,
          visibility: row.last_post.visibility,
        }
      : null,
  lastPostAt: row.last_post_at,
  postCount: row.post_count,
  waitingSince: row.waiting_since,
  negativeSince: row.negative_since,
  dueAt: row.due_at,
  answeredAt: row.answered_at,
  openedAt: row.opened_at,
  openedBecause: row.opened_because,
  closedAt: row.closed_at,
  assignedMemberId: row.assigned_member_id,
  assignedTeamId: row.assigned_team_id,
  topicIds: row.topic_ids,
  tags: row.tags,
  undelivered: row.undelivered,
})
