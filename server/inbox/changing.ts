import { type RawBuilder, sql } from 'kysely'
import type { ConversationChange, ConversationFilters } from '../../contract/inbox-conversations.ts'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden, Invalid } from '../platform/errors.ts'
import type { Actor } from '../platform/events.ts'
import { mayAtSource } from '../platform/reach.ts'
import { standingOf } from './bookkeeping.ts'
import { type ConversationRow, lockConversations } from './conversation.ts'
import { loadKnown } from './known-posts.ts'
import { liveLeases } from './leases.ts'
import { matchingIds } from './list.ts'
import { requireMembers } from './notes.ts'
import { ASSIGNMENT } from './notification-kinds.ts'
import { prioritise } from './priority.ts'
import { type Leaving, recordLeaving } from './unanswered/leaving.ts'

export type Which = { conversationIds: string[] } | { filters: ConversationFilters }

export interface ChangeReport {
  changed: string[]
  unchanged: number
  refused: { conversationId: string; because: 'not-found' | 'lease-held' | 'not-at-this-source' | 'needs-reason' }[]
  more: boolean
}

const SNOOZE_DAYS_MAX = 365

/**
 * One change for one conversation or for many, in one transaction: all of it happens, and the report says exactly what.
 * What a colleague is writing on right now is not closed or snoozed under their hands; what is negative and unanswered is
 * closed with a reason or by a rule (`ruleId`, or the transaction's actor is one), or not at all.
 */
export async function changeConversations(
  tx: WorkspaceTransaction,
  which: Which,
  change: ConversationChange,
  { now, mayManage, ruleId }: { now: Date; mayManage: boolean; ruleId?: string },
): Promise<ChangeReport> {
  await requireSensible(tx, change, now)
  const { ids, more } =
    'conversationIds' in which ? { ids: which.conversationIds, more: false } : await matching(tx, which, mayManage)
  const rows = await lockConversations(tx, [...new Set(ids)])
  const refused: ChangeReport['refused'] = [...new Set(ids)]
    .filter((id) => !rows.has(id))
    .map((conversationId) => ({ conversationId, because: 'not-found' }))
  for (const [conversationId, row] of rows) {
    if (mayAtSource(tx, row.source_id)) continue
    refused.push({ conversationId, because: 'not-at-this-source' })
    rows.delete(conversationId)
  }
  const leases = disturbsWriting(change) ? await liveLeases(tx, [...rows.keys()]) : new Map()
  const leaving = change.change === 'close' ? leavingBy(tx, change, ruleId) : null
  const free = [...rows.values()].filter((row) => {
    const lease = leases.get(row.conversation_id)
    const held = lease && !lease.mine
    const silent = change.change === 'close' && row.negative_since !== null && leaving === null
    if (!held && !silent) return true
    refused.push({ conversationId: row.conversation_id, because: held ? 'lease-held' : 'needs-reason' })
    return false
  })
  const changed = await apply(tx, free, change, leaving)
  return { changed, unchanged: namesColleague(tx, which) ? 0 : free.length - changed.length, refused, more }
}

/** Then only what was really done is told, not how much there was. */
const namesColleague = (tx: WorkspaceTransaction, which: Which): boolean =>
  'filters' in which && which.filters.memberId !== undefined && which.filters.memberId !== tx.actor.id

/** By a filter that names a colleague only those who manage the inbox change anything: it tells how much lies there. */
async function matching(tx: WorkspaceTransaction, which: { filters: ConversationFilters }, mayManage: boolean) {
  if (namesColleague(tx, which) && !mayManage) throw new Forbidden('filter-names-colleague')
  return matchingIds(tx, which.filters)
}

const disturbsWriting = ({ change }: ConversationChange): boolean => change === 'close' || change === 'snooze'

async function requireSensible(tx: WorkspaceTransaction, change: ConversationChange, now: Date): Promise<void> {
  if (change.change === 'snooze') {
    const days = (change.until.getTime() - now.getTime()) / 86_400_000
    if (!(days > 0 && days <= SNOOZE_DAYS_MAX)) throw new Invalid('snooze-time', { daysMax: SNOOZE_DAYS_MAX })
  }
  if (change.change === 'assign') await requireAssignee(tx, change)
  if (change.change === 'tag') await requireTags(tx, [...change.add, ...change.remove])
}

export async function requireAssignee(
  tx: WorkspaceTransaction,
  { memberId, teamId }: { memberId: string | null; teamId: string | null },
): Promise<void> {
  if (memberId) await requireMembers(tx, [memberId])
  if (teamId) await requireRows(tx, 'team', [teamId], 'team-unknown')
}

export const requireTags = (tx: WorkspaceTransaction, tagIds: string[]): Promise<void> =>
  requireRows(tx, 'tag', [...new Set(tagIds)], 'tag-unknown')

async function requireRows(
  tx: WorkspaceTransaction,
  table: 'team' | 'tag',
  ids: string[],
  code: string,
): Promise<void> {
  const { rows } = await sql`
    select from ${sql.table(table)} where workspace_id = ${tx.workspaceId}
      and ${sql.ref(`${table}_id`)} = any(${ids}::uuid[])`.execute(tx.sql)
  if (rows.length < ids.length) throw new Invalid(code)
}

/** What takes a negative conversation off the list when it is closed; null: nothing does. */
function leavingBy(
  { actor }: WorkspaceTransaction,
  { reason }: Extract<ConversationChange, { change: 'close' }>,
  ruleId: string | undefined,
): Leaving | null {
  const rule = ruleId ?? (actor.kind === 'rule' ? actor.id : null)
  if (rule) return { how: 'rule', ruleId: rule }
  return reason ? { how: 'reason', reason: reason.code, note: reason.note } : null
}

/** Returns the ids of those that were not so already. */
async function apply(
  tx: WorkspaceTransaction,
  rows: ConversationRow[],
  change: ConversationChange,
  leaving: Leaving | null,
): Promise<string[]> {
  switch (change.change) {
    case 'assign':
      return assign(tx, rows, change.memberId, change.teamId)
    case 'tag':
      return tag(tx, rows, change.add, change.remove)
    case 'close':
      return close(
        tx,
        rows.filter((row) => row.state !== 'closed' || row.negative_since !== null),
        leaving,
      )
    case 'snooze':
      return snooze(
        tx,
        idsOf(rows.filter((row) => row.snoozed_until?.getTime() !== change.until.getTime())),
        change.until,
      )
    case 'prioritise':
      return prioritise(tx, rows, change.priority)
    case 'reopen':
      return reopen(tx, idsOf(rows.filter((row) => row.state !== 'open')), 'member')
  }
}

const idsOf = (rows: ConversationRow[]): string[] => rows.map((row) => row.conversation_id)

async function assign(
  tx: WorkspaceTransaction,
  rows: ConversationRow[],
  memberId: string | null,
  teamId: string | null,
): Promise<string[]> {
  const ids = idsOf(rows.filter((row) => row.assigned_member_id !== memberId || row.assigned_team_id !== teamId))
  await update(tx, ids, sql`assigned_member_id = ${memberId}, assigned_team_id = ${teamId}`)
  for (const conversationId of ids) {
    const subjects: Record<string, string> = { conversationId }
    if (memberId) subjects.memberId = memberId
    if (teamId) subjects.teamId = teamId
    tx.record({ type: 'conversation.assigned', subjects, codes: { toNobody: !memberId && !teamId } })
  }
  if (memberId)
    await notify(
      tx,
      ASSIGNMENT,
      ids.map((id) => ({ memberId, id })),
    )
  return ids
}

async function tag(
  tx: WorkspaceTransaction,
  rows: ConversationRow[],
  add: string[],
  remove: string[],
): Promise<string[]> {
  const ids = idsOf(rows)
  const added = await sql<{ id: string }>`
    insert into conversation_tag (workspace_id, conversation_id, tag_id)
    select ${tx.workspaceId}, c, t from unnest(${ids}::uuid[]) c, unnest(${add}::uuid[]) t
    on conflict do nothing returning conversation_id as id`.execute(tx.sql)
  const removed = await sql<{ id: string }>`
    delete from conversation_tag where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::uuid[])
      and tag_id = any(${remove}::uuid[]) and not tag_id = any(${add}::uuid[])
    returning conversation_id as id`.execute(tx.sql)
  const changed = [...new Set([...added.rows, ...removed.rows].map((row) => row.id))]
  for (const conversationId of changed)
    tx.record({ type: 'conversation.tagged', subjects: { conversationId, added: add, removed: remove } })
  return changed
}

/** Closed without an answer, everything known is laid aside; a post that nobody saw yet still opens it again. */
async function close(tx: WorkspaceTransaction, rows: ConversationRow[], leaving: Leaving | null): Promise<string[]> {
  const ids = idsOf(rows)
  await update(
    tx,
    ids,
    sql`state = 'closed', closed_at = now(), snoozed_until = null, waiting_since = null, negative_since = null`,
  )
  await sql`
    update conversation_post set settled_at = now() where workspace_id = ${tx.workspaceId}
      and conversation_id = any(${ids}::uuid[]) and direction = 'in' and settled_at is null`.execute(tx.sql)
  for (const conversationId of ids)
    tx.record({
      type: 'conversation.closed',
      subjects: { conversationId, ...(leaving?.how === 'rule' ? { ruleId: leaving.ruleId } : {}) },
      codes:
        leaving?.how === 'reason'
          ? { because: 'by-hand', reason: leaving.reason }
          : { because: leaving?.how === 'rule' ? 'rule' : 'by-hand' },
      ...(leaving?.how === 'reason' && leaving.note !== '' ? { content: { reason: leaving.note } } : {}),
    })
  if (leaving) recordLeaving(tx, idsOf(rows.filter((row) => row.negative_since !== null)), leaving)
  return ids
}

async function snooze(tx: WorkspaceTransaction, ids: string[], until: Date): Promise<string[]> {
  await restoreWaiting(tx, ids)
  await update(tx, ids, sql`state = 'snoozed', snoozed_until = ${until}, closed_at = null`)
  for (const conversationId of ids)
    tx.record({
      type: 'conversation.snoozed',
      subjects: { conversationId },
      codes: { until: until.toISOString() },
    })
  return ids
}

/** What the last closing laid aside waits again. */
export async function reopen(
  tx: WorkspaceTransaction,
  ids: string[],
  because: 'member' | 'snooze-ended' | 'answer-failed',
): Promise<string[]> {
  await restoreWaiting(tx, ids)
  await update(tx, ids, sql`state = 'open', closed_at = null, snoozed_until = null`)
  for (const conversationId of ids)
    tx.record({ type: 'conversation.reopened', subjects: { conversationId }, codes: { because } })
  return ids
}

async function restoreWaiting(tx: WorkspaceTransaction, ids: string[]): Promise<void> {
  await sql`
    update conversation_post cp set settled_at = null from conversation c
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${ids}::uuid[]) and c.state = 'closed'
      and cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id
      and cp.settled_at = c.closed_at`.execute(tx.sql)
  await recountWaiting(tx, ids)
}

/**
 * Works out anew who waits, after answers or closings were taken back or somebody said what a post is. The caller holds the
 * rows. `leaving` says why a conversation is no longer negative and unanswered, where one is not.
 */
export async function recountWaiting(
  tx: WorkspaceTransaction,
  ids: string[],
  leaving: Leaving = { how: 'answer' },
  actor?: Actor,
): Promise<void> {
  if (ids.length === 0) return
  const known = await loadKnown(tx, ids)
  const standings = ids.map((id) => standingOf(known.get(id) ?? []))
  const { rows } = await sql<{ id: string; left: boolean }>`
    update conversation c set waiting_since = g.waiting_since, negative_since = g.negative_since
    from unnest(${ids}::uuid[], ${standings.map((one) => one.waitingSince)}::timestamptz[],
        ${standings.map((one) => one.negativeSince)}::timestamptz[]) as g(conversation_id, waiting_since, negative_since)
      join conversation before on before.workspace_id = ${tx.workspaceId}
        and before.conversation_id = g.conversation_id
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = g.conversation_id
    returning c.conversation_id as id, before.negative_since is not null and c.negative_since is null as left`.execute(
    tx.sql,
  )
  recordLeaving(
    tx,
    rows.filter((row) => row.left).map((row) => row.id),
    leaving,
    actor,
  )
}

async function update(tx: WorkspaceTransaction, ids: string[], set: RawBuilder<unknown>): Promise<void> {
  if (ids.length === 0) return
  await sql`update conversation set ${set}
    where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::uuid[])`.execute(tx.sql)
}
