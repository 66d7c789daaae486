/** Which case a private message continues: by the code that it brings, by the account that it comes from, by the person. */
import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { StoredPost } from '../stored-post.ts'
import { codesIn } from './codes.ts'
import { addStrand, type NewStrand } from './strands.ts'

interface Known {
  threadId: string | null
  begunAt: Date | null
  conversationId: string | null
}

interface Found {
  handoverId: string | null
  conversationId: string
  createdAt: Date
  foundBy: NewStrand['foundBy']
}

/**
 * Before posts are placed: threads that an invitation claims. A thread that belongs to a case changes over only to a newer
 * invitation (the messages of one account are one thread for ever). Safe to call again: what it finds is stored once.
 */
export async function claimThreads(tx: WorkspaceTransaction, posts: StoredPost[]): Promise<void> {
  const hidden = posts
    .filter((post) => post.visibility === 'private' && !post.deleted)
    .toSorted((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())
  for (const post of hidden) {
    const known = await strandNow(tx, post)
    const found =
      (await begunByUs(tx, post, known)) ?? (post.direction === 'in' ? await handoverFor(tx, post, known) : null)
    if (!found || found.conversationId === known.conversationId) continue
    const threadId = known.threadId ?? (await threadOf(tx, post))
    const begun = await addStrand(tx, {
      threadId,
      begunAt: found.createdAt,
      conversationId: found.conversationId,
      handoverId: found.handoverId,
      foundBy: found.foundBy,
    })
    if (begun && found.handoverId !== null)
      tx.record({
        type: 'handover.joined',
        subjects: { conversationId: found.conversationId, handoverId: found.handoverId, posts: [post.postId] },
        codes: { foundBy: found.foundBy, network: post.network },
        actor: { kind: 'customer', id: null },
      })
  }
}

async function strandNow(tx: WorkspaceTransaction, post: StoredPost): Promise<Known> {
  const { rows } = await sql<Known>`
    select t.thread_id as "threadId", s.begun_at as "begunAt", s.conversation_id as "conversationId" from thread t
      left join lateral (select begun_at, conversation_id from strand where workspace_id = t.workspace_id
        and thread_id = t.thread_id order by begun_at desc limit 1) s on true
    where t.workspace_id = ${tx.workspaceId} and t.network = ${post.network} and t.scope = ${post.scope}
      and t.root_external_id = ${post.rootExternalId}`.execute(tx.sql)
  return rows[0] ?? { threadId: null, begunAt: null, conversationId: null }
}

const COLUMNS = sql`h.handover_id as "handoverId", h.conversation_id as "conversationId", h.created_at as "createdAt"`

type Scope = Pick<WorkspaceTransaction, 'workspaceId'>
/** What is looked at of a message. */
type Spoken = Pick<StoredPost, 'network' | 'authorId' | 'publishedAt'>

/** Open, newer than what the thread belongs to now, and given out before the message was said (clocks differ by minutes). */
const open = (tx: Scope, post: Spoken, { begunAt }: Pick<Known, 'begunAt'>) => sql`
  h.workspace_id = ${tx.workspaceId} and h.ended_at is null and h.expires_at > ${post.publishedAt}
  and h.created_at <= ${post.publishedAt}::timestamptz + interval '10 minutes'
  ${begunAt ? sql`and h.created_at > ${begunAt}` : sql``}`

async function handoverFor(tx: WorkspaceTransaction, post: StoredPost, known: Known): Promise<Found | null> {
  return (await byCode(tx, post, known)) ?? (await bySameAccount(tx, post, known)) ?? (await byPerson(tx, post, known))
}

/** A message of ours that answers no other began it. Served by post_root, post's unique key and delivery_post. */
async function begunByUs(tx: WorkspaceTransaction, post: StoredPost, { begunAt }: Known): Promise<Found | null> {
  const { rows } = await sql<Found>`
    select null as "handoverId", a.conversation_id as "conversationId", d.created_at as "createdAt",
      'begun-by-us' as "foundBy"
    from (
        select post_id from post where workspace_id = ${tx.workspaceId} and network = ${post.network}
          and scope = ${post.scope} and root_external_id = ${post.rootExternalId} and direction = 'out'
        union all
        select post_id from post where workspace_id = ${tx.workspaceId} and network = ${post.network}
          and scope = ${post.scope} and external_id = ${post.rootExternalId} and direction = 'out') p
      join delivery d on d.workspace_id = ${tx.workspaceId} and d.post_id = p.post_id and d.reply_to_post_id is null
        and d.visibility = 'private'
      join answer a on a.workspace_id = d.workspace_id and a.delivery_id = d.delivery_id
    where d.created_at <= ${post.publishedAt}::timestamptz + interval '10 minutes'
      ${begunAt ? sql`and d.created_at > ${begunAt}` : sql``}
    order by d.created_at desc limit 1`.execute(tx.sql)
  return rows[0] ?? null
}

/** Served by handover_code. */
async function byCode(tx: WorkspaceTransaction, post: StoredPost, known: Known): Promise<Found | null> {
  const written = await tx.sql
    .selectFrom('post')
    .select(['title', 'text', 'mentions'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', post.postId)
    .executeTakeFirst()
  const codes = written ? codesIn(written) : []
  if (codes.length === 0) return null
  const { rows } = await sql<Found>`
    select ${COLUMNS}, 'code' as "foundBy" from handover h
    where ${open(tx, post, known)} and h.code = any(${codes}::text[])
    order by h.created_at desc limit 1`.execute(tx.sql)
  return rows[0] ?? null
}

/** The account that spoke in public writes to us alone. Served by conversation_author and handover_conversation. */
const bySameAccount = async (tx: WorkspaceTransaction, post: StoredPost, known: Known): Promise<Found | null> =>
  (await sameAccountStatement(tx, post, known).execute(tx.sql)).rows[0] ?? null

export const sameAccountStatement = (
  tx: Scope,
  post: Spoken,
  known: Pick<Known, 'begunAt'>,
): RawBuilder<Found> => sql<Found>`
  select ${COLUMNS}, 'same-account' as "foundBy" from conversation c
    join handover h on h.workspace_id = c.workspace_id and h.conversation_id = c.conversation_id
    join source s on s.workspace_id = h.workspace_id and s.source_id = h.source_id and s.network = ${post.network}
  where c.workspace_id = ${tx.workspaceId} and c.author_id = ${post.authorId} and ${open(tx, post, known)}
  order by h.created_at desc limit 1`

/**
 * Another account or address of the same person, as far as somebody stated one of the two links: they proved or told it, we
 * confirmed or imported it. What was merely supposed joins nothing.
 */
const byPerson = async (tx: WorkspaceTransaction, post: StoredPost, known: Known): Promise<Found | null> =>
  (await personStatement(tx, post, known).execute(tx.sql)).rows[0] ?? null

const linked = (author: string, how: RawBuilder<unknown>) => sql`exists (select from person_link l
  where l.workspace_id = h.workspace_id and l.author_id = ${sql.ref(author)} and l.withdrawn_at is null and not l.shared
    and l.method ${how})`
const STATED = sql`in ('customer-proved', 'customer-told', 'agent-confirmed', 'imported')`
const SURE = sql`<> 'suggested'`

export const personStatement = (
  tx: Scope,
  post: Spoken,
  known: Pick<Known, 'begunAt'>,
): RawBuilder<Found> => sql<Found>`
  select ${COLUMNS}, 'contact-point' as "foundBy"
  from author mine join person p on p.workspace_id = mine.workspace_id and p.person_id = mine.person_id
    join person same on same.workspace_id = p.workspace_id and same.current_id = p.current_id
    join author theirs on theirs.workspace_id = p.workspace_id and theirs.person_id = same.person_id
    join conversation c on c.workspace_id = p.workspace_id and c.author_id = theirs.author_id
    join handover h on h.workspace_id = p.workspace_id and h.conversation_id = c.conversation_id
    join source s on s.workspace_id = h.workspace_id and s.source_id = h.source_id and s.network = ${post.network}
  where mine.workspace_id = ${tx.workspaceId} and mine.author_id = ${post.authorId} and ${open(tx, post, known)}
    and ${linked('mine.author_id', SURE)} and ${linked('theirs.author_id', SURE)}
    and (${linked('mine.author_id', STATED)} or ${linked('theirs.author_id', STATED)})
  order by h.created_at desc limit 1`

export async function threadOf(
  tx: WorkspaceTransaction,
  { network, scope, rootExternalId }: Pick<StoredPost, 'network' | 'scope' | 'rootExternalId'>,
): Promise<string> {
  await sql`
    insert into thread (workspace_id, thread_id, network, scope, root_external_id)
    values (${tx.workspaceId}, ${newId()}, ${network}, ${scope}, ${rootExternalId}) on conflict do nothing`.execute(
    tx.sql,
  )
  const { thread_id } = await tx.sql
    .selectFrom('thread')
    .select('thread_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('network', '=', network)
    .where('scope', '=', scope)
    .where('root_external_id', '=', rootExternalId)
    .executeTakeFirstOrThrow()
  return thread_id
}
