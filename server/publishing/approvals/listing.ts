import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { approvals } from '../../../contract/publishing-approvals.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { type Looker, presentApproval, presentApprovals } from './approval.ts'
import { guestsOf } from './guest-links.ts'

type Input = z.output<NonNullable<(typeof approvals.list)['~orpc']['inputSchema']>>
type Opened = z.output<NonNullable<(typeof approvals.get)['~orpc']['outputSchema']>>

const COUNTED_MAX = 100
const REMARKS_MAX = 200
/** Of a conversation: open ones, and what came back last. */
const OF_CONVERSATION_MAX = 5

/** Open ones by when they end (approval_open); others newest first (approval_newest). */
export async function listApprovals(tx: WorkspaceTransaction, input: Input, looker: Looker) {
  const open = input.show === 'open'
  const column = open ? 'expires_at' : 'asked_at'
  const order = open ? 'asc' : 'desc'
  let query = tx.sql
    .selectFrom('approval')
    .select(['approval_id', `${column} as at`])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy(column, order)
    .orderBy('approval_id', order)
    .limit(input.limit + 1)
  if (input.show === 'mine') query = query.where('author_id', '=', looker.id)
  else query = query.where('state', open ? '=' : '<>', 'open')
  const cursor = readCursor(input.after, 2)
  if (cursor)
    query = query.where(
      sql<SqlBool>`(${sql.ref(column)}, approval_id) ${sql.raw(open ? '>' : '<')} (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
    )
  const rows = await query.execute()
  const page = pageOf(rows, input.limit, (row) => writeCursor(row.at, row.approval_id))
  const ids = page.items.map((row) => row.approval_id)
  return { items: await presentApprovals(tx, ids, looker), nextCursor: page.nextCursor }
}

/** What waits for this reader: asked of nobody, of them, or of somebody they stand in for; and not written by them. */
export async function countWaiting(tx: WorkspaceTransaction, { id, mayAt }: Looker): Promise<number> {
  if (id === null) return 0
  const { rows } = await sql<{ source_id: string }>`
    select a.source_id from approval a
      left join stand_in i on i.workspace_id = a.workspace_id and i.member_id = a.asked_member_id and i.until > now()
    where a.workspace_id = ${tx.workspaceId} and a.state = 'open' and a.written_by <> ${id}
      and coalesce(i.stand_in_id, a.asked_member_id, ${id}) = ${id}
    order by a.expires_at limit ${COUNTED_MAX}`.execute(tx.sql)
  return rows.filter((row) => mayAt('answers.approve', row.source_id)).length
}

/** Served by approval_conversation_conversation. */
export async function approvalsOfConversation(tx: WorkspaceTransaction, conversationId: string, looker: Looker) {
  const { rows } = await sql<{ approval_id: string }>`
    select a.approval_id from approval_conversation c
      join approval a on a.workspace_id = c.workspace_id and a.approval_id = c.approval_id
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = ${conversationId} and a.state <> 'edited'
    order by a.state = 'open' desc, a.asked_at desc limit ${OF_CONVERSATION_MAX}`.execute(tx.sql)
  const ids = rows.map((row) => row.approval_id)
  return presentApprovals(tx, ids, looker)
}

export async function openApproval(tx: WorkspaceTransaction, approvalId: string, looker: Looker): Promise<Opened> {
  const approval = await presentApproval(tx, approvalId, looker)
  const before = approval.editedFrom
    ? await tx.sql
        .selectFrom('approval')
        .select('written')
        .where('workspace_id', '=', tx.workspaceId)
        .where('approval_id', '=', approval.editedFrom)
        .executeTakeFirst()
    : undefined
  return {
    ...approval,
    before: before?.written ?? null,
    remarks: await remarksOf(tx, approvalId),
    guests: await guestsOf(tx, approvalId),
  }
}

async function remarksOf(tx: WorkspaceTransaction, approvalId: string): Promise<Opened['remarks']> {
  const { rows } = await sql<{
    remark_id: string
    text: string
    by_kind: 'member' | 'bot' | 'guest'
    by_id: string
    name: string | null
    remarked_at: Date
  }>`
    select r.remark_id, r.text, r.by_kind, r.by_id, r.remarked_at,
      case r.by_kind when 'guest' then g.name when 'member' then m.name end as name
    from approval_remark r
      left join member m on m.workspace_id = r.workspace_id and m.member_id = r.by_id
      left join approval_guest g on g.workspace_id = r.workspace_id and g.guest_id = r.by_id
    where r.workspace_id = ${tx.workspaceId} and r.approval_id = ${approvalId}
    order by r.remarked_at limit ${REMARKS_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    remarkId: row.remark_id,
    text: row.text,
    by: { kind: row.by_kind, id: row.by_id, name: row.name },
    at: row.remarked_at,
  }))
}
