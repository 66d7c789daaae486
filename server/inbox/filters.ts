import { type RawBuilder, sql } from 'kysely'
import { type ConversationFilters, DUE_SOON_MINUTES } from '../../contract/inbox-conversations.ts'
import { authorInSegment, handleKey, prefixEnd } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import type { Veil } from '../platform/procedures.ts'
import { hidesSome } from '../platform/reach.ts'
import { splitText, wordKeys } from '../text/index.ts'

/** Words of a search; more narrow nothing that a person means. */
const WORDS_MAX = 8

/**
 * The conditions on `conversation c` that a filter stands for. Plain columns use the index of the first of: author,
 * member, team, network, language, priority, state; everything else is looked up per row.
 */
export async function conditionsOf(
  tx: WorkspaceTransaction,
  filters: ConversationFilters,
): Promise<RawBuilder<unknown>[]> {
  const workspace = sql`c.workspace_id = ${tx.workspaceId}`
  const conditions: RawBuilder<unknown>[] = [workspace]
  if (filters.state) conditions.push(sql`c.state = ${filters.state}`)
  if (filters.assignee === 'me') conditions.push(sql`c.assigned_member_id = ${requireMe(tx)}`)
  if (filters.assignee === 'nobody') conditions.push(sql`c.assigned_member_id is null and c.assigned_team_id is null`)
  if (filters.memberId) conditions.push(...conditionsOnMember(tx, filters.memberId))
  if (filters.teamId) conditions.push(sql`c.assigned_team_id = ${filters.teamId}`)
  if (filters.authorId) conditions.push(sql`c.author_id = ${filters.authorId}`)
  if (filters.personId)
    conditions.push(sql`c.author_id in (select a.author_id from author a join person p on p.workspace_id = a.workspace_id
        and p.current_id = a.person_id
      where a.workspace_id = ${tx.workspaceId} and p.workspace_id = ${tx.workspaceId} and p.person_id = ${filters.personId})`)
  if (filters.segmentId) conditions.push(await authorInSegment(tx, filters.segmentId, sql`c.author_id`, new Date()))
  if (filters.network) conditions.push(sql`c.network = ${filters.network}`)
  if (filters.language) conditions.push(sql`c.language = ${filters.language}`)
  if (filters.priority) conditions.push(sql`c.priority = ${filters.priority}`)
  if (filters.waiting === 'yes') conditions.push(sql`c.waiting_since is not null`)
  if (filters.unanswered === 'negative') conditions.push(sql`c.negative_since is not null`)
  if (filters.due) conditions.push(...conditionsOnDue(tx, filters))
  if (filters.waiting === 'no') conditions.push(sql`c.waiting_since is null`)
  if (filters.tagId)
    conditions.push(sql`exists (select from conversation_tag ct where ct.workspace_id = ${tx.workspaceId}
      and ct.conversation_id = c.conversation_id and ct.tag_id = ${filters.tagId})`)
  if (filters.topicId)
    conditions.push(sql`exists (select from conversation_topic ct where ct.workspace_id = ${tx.workspaceId}
      and ct.conversation_id = c.conversation_id and ct.topic_id = ${filters.topicId})`)
  if (filters.text) conditions.push(...textConditions(tx, filters.text))
  return conditions
}

/** Of a colleague only what is still to be done is found (staff protection, docs/decisions/0007-no-figures-per-member.md). */
const conditionsOnMember = (tx: WorkspaceTransaction, memberId: string): RawBuilder<unknown>[] => [
  sql`c.assigned_member_id = ${memberId}`,
  ...(memberId === tx.actor.id ? [] : [sql`c.state <> 'closed'`]),
]

/** How late a colleague is, is nothing that a list says: what lies with them can be sorted by it, and no more. */
function conditionsOnDue(tx: WorkspaceTransaction, { due, memberId }: ConversationFilters): RawBuilder<unknown>[] {
  if (due !== 'any' && memberId && memberId !== tx.actor.id) throw new Invalid('filter-names-colleague')
  const known = sql`c.due_at is not null`
  if (due === 'late') return [known, sql`c.due_at <= now()`]
  if (due === 'soon')
    return [known, sql`c.due_at > now()`, sql`c.due_at <= now() + make_interval(mins => ${DUE_SOON_MINUTES})`]
  return [known]
}

export const allOf = (conditions: RawBuilder<unknown>[]): RawBuilder<unknown> => sql.join(conditions, sql` and `)

function requireMe({ actor }: WorkspaceTransaction): string {
  if (actor.kind === 'member' && actor.id) return actor.id
  throw new Invalid('filter-needs-member')
}

/** Whoever sees pseudonyms does not ask by handle: what is found would say whose they are. */
export async function refuseHandles(
  veil: Veil | undefined,
  tx: WorkspaceTransaction,
  filters: readonly { text?: string | undefined }[],
): Promise<void> {
  const asked = filters.find(({ text }) => text?.startsWith('@'))
  if (asked) await veil?.ask(tx, { handle: asked.text })
}

/** `@name`: the beginning of a handle. Otherwise every word stands in one post or another of the conversation. */
function textConditions(tx: WorkspaceTransaction, text: string): RawBuilder<unknown>[] {
  if (text.startsWith('@')) {
    const prefix = handleKey(text)
    if (!prefix) return []
    return [
      sql`c.author_id in (select a.author_id from author a where a.workspace_id = ${tx.workspaceId}
        and a.handle_key >= ${prefix} and a.handle_key < ${prefixEnd(prefix)})`,
    ]
  }
  // Words are kept without their source: what a post says that is closed to the reader, its case must not give away.
  const mayBeRead = hidesSome(tx, 'inbox')
    ? sql`and exists (select from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = pt.post_id)`
    : sql``
  const words = splitText(text).filter((token) => token.kind === 'word')
  return words.slice(0, WORDS_MAX).map(({ text: word }) => {
    const { keys, german } = wordKeys(word)
    const terms = german ? [...keys, german] : [...keys]
    return sql`c.conversation_id in (select cp.conversation_id from post_term pt
      join conversation_post cp on cp.workspace_id = ${tx.workspaceId} and cp.post_id = pt.post_id and cp.published_at = pt.published_at
      where pt.workspace_id = ${tx.workspaceId} and pt.term = any(${terms}::text[]) ${mayBeRead})`
  })
}
