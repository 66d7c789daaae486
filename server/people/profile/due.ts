import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { StoredEvent } from '../../platform/event-log.ts'
import type { Subscription } from '../../platform/subscriptions.ts'

/**
 * After these events something that a summary or a key is made of may be otherwise. Whom they concern stands in their
 * subjects. What only time changes (a purchase gets older than a year) is found by the loop.
 */
const TYPES = [
  'posts.heard',
  'posts.edited',
  'posts.deleted',
  'posts.expired',
  'post.labelled',
  'post.label-taken-back',
  'authors.profiled',
  'author.renamed',
  'person.begun',
  'person.changed',
  'person.tagged',
  'person.field-set',
  'person.split',
  'persons.merged',
  'identity.moved',
  'identity.cut',
  'operation.undone',
  'link.made',
  'link.withdrawn',
  'conversation.opened',
  'conversation.continued',
  'delivery.sent',
  'answer.queued',
  'consent.recorded',
  'consent.withdrawn',
  'objection.made',
  'objection.lifted',
  'purchases.changed',
  'purchase.withdrawn',
] as const

/** Marks persons as due; the loop makes their summaries and keys anew. */
export const personNews: Subscription = {
  name: 'person-summaries',
  types: TYPES,
  handle: async (tx, events) => {
    const of = (...names: string[]) => [...new Set(events.flatMap((event) => idsOf(event, names)))]
    const persons = of('person', 'persons', 'personId', 'personIds', 'into', 'from')
    const authors = of('author', 'authors', 'authorId', 'authorIds')
    await markDue(
      tx,
      await concerned(tx, {
        persons,
        authors,
        posts: of('posts', 'post', 'postId'),
        conversations: of('conversationId'),
        purchases: of('purchase'),
      }),
    )
  },
}

const idsOf = ({ subjects }: StoredEvent, names: string[]): string[] =>
  names.flatMap((name) => {
    const ids = subjects[name]
    return ids === undefined ? [] : Array.isArray(ids) ? ids : [ids]
  })

/** Persons as they were named and as they are now: the one who ceased to be current loses their summary. */
async function concerned(
  tx: WorkspaceTransaction,
  {
    persons,
    authors,
    posts,
    conversations,
    purchases,
  }: Record<'persons' | 'authors' | 'posts' | 'conversations' | 'purchases', string[]>,
): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from person where workspace_id = ${tx.workspaceId} and person_id = any(${persons}::uuid[])
    union select current_id from person where workspace_id = ${tx.workspaceId} and person_id = any(${persons}::uuid[])
    union select person_id from author where workspace_id = ${tx.workspaceId} and author_id = any(${authors}::uuid[])
    union select a.person_id from post p join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
      where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${posts}::uuid[])
    union select a.person_id from conversation c join author a on a.workspace_id = c.workspace_id and a.author_id = c.author_id
      where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${conversations}::uuid[])
    union select m.current_id from purchase b join person m on m.workspace_id = b.workspace_id and m.person_id = b.person_id
      where b.workspace_id = ${tx.workspaceId} and b.purchase_id = any(${purchases}::uuid[])
    union select a.person_id from purchase b join author a on a.workspace_id = b.workspace_id and a.network = b.customer_kind
        and a.scope = b.customer_scope and a.network_id = b.customer_id
      where b.workspace_id = ${tx.workspaceId} and b.purchase_id = any(${purchases}::uuid[])`.execute(tx.sql)
  return rows.flatMap((row) => (row.person_id === null ? [] : [row.person_id]))
}

/** Whoever is due already stays so from then on. */
export async function markDue(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`
    insert into person_due (workspace_id, person_id, due_at)
    select ${tx.workspaceId}, person_id, clock_timestamp() from unnest(${personIds}::uuid[]) as p(person_id) order by person_id
    on conflict do nothing`.execute(tx.sql)
}
