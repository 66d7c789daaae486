import { sql } from 'kysely'
import { readWorkspace } from '../accounts/index.ts'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Actor } from '../platform/events.ts'
import type { OpenedConversation } from './belonging.ts'
import { type Standing, standingOf } from './bookkeeping.ts'
import type { ConversationRow } from './conversation.ts'
import type { Change, Counted } from './counting.ts'
import { liveLeases } from './leases.ts'
import { NEWER_POST } from './notification-kinds.ts'
import { recordLeaving } from './unanswered/leaving.ts'

const CUSTOMER: Actor = { kind: 'customer', id: null }

export interface Changed {
  conversation: ConversationRow
  counted: Counted
}

interface Next extends Changed {
  standing: Standing
  state: ConversationRow['state']
  because: 'newer-post' | 'answered-elsewhere' | 'deleted' | null
}

/**
 * Writes what the conversations are now, and what follows: a closed or snoozed one opens again when the customer said
 * something that nobody dealt with; one that was answered in the network's own app closes, unless somebody is writing.
 */
export async function applyStanding(
  tx: WorkspaceTransaction,
  changed: Changed[],
  opened: Map<string, OpenedConversation>,
): Promise<void> {
  if (changed.length === 0) return
  const leases = await liveLeases(
    tx,
    changed.map(({ conversation }) => conversation.conversation_id),
  )
  const next = changed.map((one) => decide(one, leases.has(one.conversation.conversation_id)))
  await write(tx, next)
  await passOn(tx, next)
  for (const one of next) record(tx, one, opened.get(one.conversation.conversation_id))
  await tellReaders(tx, next, opened)
}

function decide({ conversation, counted }: Changed, held: boolean): Next {
  const standing = standingOf(counted.posts)
  const stays = { conversation, counted, standing, state: conversation.state, because: null }
  const has = (kind: Change['kind']) => counted.changes.some((change) => change.kind === kind)
  const waitsAnew = counted.changes.some(
    ({ kind, post, turned }) => (kind === 'post' || kind === 'return' || turned) && standing.waiting.has(post.postId),
  )
  if (waitsAnew) return conversation.state === 'open' ? stays : { ...stays, state: 'open', because: 'newer-post' }
  if (conversation.state === 'closed' || standing.waitingSince !== null) return stays
  if (has('elsewhere') && !held) return { ...stays, state: 'closed', because: 'answered-elsewhere' }
  if (has('deletion') && standing.allDeleted) return { ...stays, state: 'closed', because: 'deleted' }
  return stays
}

/** The language of the newest post that has one, so that it does not depend on the order of hearing. */
function languageOf({ counted }: Changed): string | null {
  const theirs = counted.posts.filter((post) => post.direction === 'in' && post.language !== null && !post.deleted)
  return theirs.toSorted((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())[0]?.language ?? null
}

async function write(tx: WorkspaceTransaction, next: Next[]): Promise<void> {
  const rows = next.map((one) => ({
    conversation_id: one.conversation.conversation_id,
    version: String(one.counted.version),
    heard_version: String(one.counted.heard),
    state: one.state,
    language: languageOf(one) ?? one.conversation.language,
    last_post_id: one.standing.lastPostId,
    last_post_at: one.standing.lastPostAt ?? one.conversation.last_post_at,
    post_count: one.standing.postCount,
    waiting_since: one.standing.waitingSince,
    negative_since: one.standing.negativeSince,
    answered_at: one.standing.answeredAt,
  }))
  await sql`
    update conversation c set version = g.version, heard_version = g.heard_version, state = g.state,
      language = g.language, last_post_id = g.last_post_id, last_post_at = g.last_post_at, post_count = g.post_count,
      waiting_since = g.waiting_since, negative_since = g.negative_since, answered_at = g.answered_at,
      snoozed_until = case when g.state = 'snoozed' then c.snoozed_until end,
      closed_at = case when g.state = 'closed' then coalesce(c.closed_at, clock_timestamp()) end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(conversation_id uuid, version bigint,
      heard_version bigint, state text, language text, last_post_id uuid, last_post_at timestamptz, post_count int,
      waiting_since timestamptz, negative_since timestamptz, answered_at timestamptz)
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = g.conversation_id`.execute(tx.sql)
}

/** What opens again goes to whom it belonged, unless that was long ago or they are no longer here. */
async function passOn(tx: WorkspaceTransaction, next: Next[]): Promise<void> {
  const reopened = next.filter((one) => one.because === 'newer-post' && one.conversation.assigned_member_id)
  if (reopened.length === 0) return
  const { settings } = await readWorkspace(tx)
  await sql`
    update conversation c set assigned_member_id = null
    from jsonb_to_recordset(${JSON.stringify(
      reopened.map(({ conversation }) => ({
        conversation_id: conversation.conversation_id,
        closed_at: conversation.closed_at,
      })),
    )}::jsonb) as g(conversation_id uuid, closed_at timestamptz)
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = g.conversation_id
      and (g.closed_at < now() - make_interval(days => ${settings.reopenDays}) or not exists (
        select from member m where m.workspace_id = c.workspace_id and m.member_id = c.assigned_member_id
          and m.state = 'active'))`.execute(tx.sql)
}

function record(tx: WorkspaceTransaction, one: Next, opened: OpenedConversation | undefined): void {
  const { conversation, counted } = one
  const conversationId = conversation.conversation_id
  const posts = (...kinds: Change['kind'][]): string[] =>
    counted.changes.filter((change) => kinds.includes(change.kind)).map(({ post }) => post.postId)
  const version = String(counted.version)
  const heard = posts('post', 'edit', 'deletion', 'return')
  if (opened)
    tx.record({
      type: 'conversation.opened',
      subjects: { conversationId, authorId: conversation.author_id, posts: heard },
      codes: { because: opened.because, network: conversation.network, version },
      ...(opened.because === 'agent' ? {} : { actor: CUSTOMER }),
    })
  else if (heard.length > 0)
    tx.record({
      type: 'conversation.continued',
      subjects: { conversationId, posts: heard },
      codes: { version, edits: posts('edit').length, deletions: posts('deletion').length },
      actor: CUSTOMER,
    })
  const elsewhere = posts('elsewhere')
  if (elsewhere.length > 0)
    tx.record({
      type: 'conversation.answered-elsewhere',
      subjects: { conversationId, posts: elsewhere },
      codes: { version },
    })
  if (conversation.negative_since && !one.standing.negativeSince) {
    const withdrawn = posts('deletion').length > 0
    // Who answered in the network's own app is not known; it was not the customer.
    recordLeaving(tx, [conversationId], { how: withdrawn ? 'withdrawn' : 'answer' }, withdrawn ? CUSTOMER : undefined)
  }
  if (one.state === conversation.state) return
  const type = one.state === 'closed' ? 'conversation.closed' : 'conversation.reopened'
  tx.record({ type, subjects: { conversationId }, codes: { because: one.because } })
}

/** Whoever works on it hears of a newer post: the assigned member, the holder of the lease, writers of drafts. */
async function tellReaders(
  tx: WorkspaceTransaction,
  next: Next[],
  opened: Map<string, OpenedConversation>,
): Promise<void> {
  const continued = next.filter(
    ({ conversation, counted }) =>
      !opened.has(conversation.conversation_id) && counted.changes.some(({ kind }) => kind !== 'echo'),
  )
  const conversationIds = continued.map(({ conversation }) => conversation.conversation_id)
  if (conversationIds.length === 0) return
  const { rows } = await sql<{ memberId: string; id: string }>`
    select c.assigned_member_id as "memberId", c.conversation_id as id from conversation c
      where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${conversationIds}::uuid[])
        and c.assigned_member_id is not null
    union
    select l.holder_id, l.conversation_id from lease l
      where l.workspace_id = ${tx.workspaceId} and l.conversation_id = any(${conversationIds}::uuid[])
        and l.holder_kind = 'member' and l.expires_at > now()
    union
    select d.member_id, d.conversation_id from draft d
      where d.workspace_id = ${tx.workspaceId} and d.conversation_id = any(${conversationIds}::uuid[])`.execute(tx.sql)
  await notify(tx, NEWER_POST, rows)
}
