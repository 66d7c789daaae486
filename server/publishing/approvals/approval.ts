import { type Selectable, sql } from 'kysely'
import type { Approval } from '../../../contract/publishing-approvals.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { DB } from '../../platform/database-types.generated.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Reach } from '../../platform/reach.ts'
import type { AttachedFile } from '../delivery.ts'
import { loadJudgements } from '../policy/judgements.ts'

export type ApprovalRow = Selectable<DB['approval']>

/** Who looks: what they may do with an approval is said with it. */
export interface Looker {
  id: string | null
  mayAt: Reach['mayAt']
}

export interface AgainstVersion {
  conversationId: string
  againstVersion: string
}

export const attachmentsOf = (row: Pick<ApprovalRow, 'attachments'>): AttachedFile[] =>
  row.attachments as unknown as AttachedFile[]

export const authorOf = (row: ApprovalRow) => ({ kind: row.author_kind, id: row.author_id })

/** Whoever decides, edits or ends one holds its row first: of two who do, the second finds it decided. */
export async function lockApproval(tx: WorkspaceTransaction, approvalId: string): Promise<ApprovalRow> {
  const row = await tx.sql
    .selectFrom('approval')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('approval_id', '=', approvalId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('approval-unknown')
  return row
}

/** In the order in which the answer names them: the first says what it replies to. */
export async function conversationsOf(tx: WorkspaceTransaction, approvalId: string): Promise<AgainstVersion[]> {
  const rows = await tx.sql
    .selectFrom('approval_conversation')
    .select(['conversation_id', 'against_version'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('approval_id', '=', approvalId)
    .orderBy('ordinal')
    .execute()
  return rows.map((row) => ({ conversationId: row.conversation_id, againstVersion: row.against_version }))
}

/**
 * Another person than the one who wrote the words, allowed to approve there. What an approver made of somebody's text, its
 * author may let go: two people then know it.
 */
export const mayApprove = (row: ApprovalRow, { id, mayAt }: Looker): boolean =>
  row.state === 'open' &&
  id !== null &&
  row.written_by !== id &&
  (mayAt('answers.approve', row.source_id) || (row.author_id === id && mayAt('answers.draft', row.source_id)))

const mayEdit = (row: ApprovalRow, { id, mayAt }: Looker): boolean =>
  row.state === 'open' && id !== null && mayAt('answers.approve', row.source_id)

/** Loads together, in the order of the ids; unknown ids are left out. */
export async function presentApprovals(
  tx: WorkspaceTransaction,
  approvalIds: readonly string[],
  looker: Looker,
): Promise<Approval[]> {
  if (approvalIds.length === 0) return []
  const rows = await read(tx, approvalIds)
  const judgements = await loadJudgements(
    tx,
    rows.map((row) => row.judgement_id),
  )
  const byId = new Map(rows.map((row) => [row.approval_id, row]))
  return approvalIds.flatMap((approvalId): Approval[] => {
    const row = byId.get(approvalId)
    const judgement = row && judgements.get(row.judgement_id)
    return judgement ? [present(row, judgement, looker)] : []
  })
}

type Read = ApprovalRow & {
  source_name: string
  network: string
  stand_in_id: string | null
  decider: string | null
  conversation_ids: string[]
  answered: { text: string; language: string | null; author: string | null; url: string | null; at: Date } | null
}

async function read(tx: WorkspaceTransaction, approvalIds: readonly string[]): Promise<Read[]> {
  const { rows } = await sql<
    Omit<Read, 'answered'> &
      Record<'p_text' | 'p_language' | 'p_author' | 'p_url', string | null> & { p_at: Date | null }
  >`
    select a.*, s.name as source_name, s.network, i.stand_in_id,
      case a.decided_by_kind when 'guest' then g.name when 'member' then m.name end as decider,
      array(select c.conversation_id::text from approval_conversation c where c.workspace_id = a.workspace_id
        and c.approval_id = a.approval_id order by c.ordinal) as conversation_ids,
      concat_ws(E'\n', p.title, p.text) as p_text, p.language as p_language, coalesce(w.name, w.handle) as p_author,
      p.url as p_url, p.published_at as p_at
    from approval a join source s on s.workspace_id = a.workspace_id and s.source_id = a.source_id
      left join stand_in i on i.workspace_id = a.workspace_id and i.member_id = a.asked_member_id and i.until > now()
      left join member m on m.workspace_id = a.workspace_id and m.member_id = a.decided_by
      left join approval_guest g on g.workspace_id = a.workspace_id and g.guest_id = a.decided_by
      left join post p on p.workspace_id = a.workspace_id and p.post_id = a.reply_to_post_id
      left join author w on w.workspace_id = p.workspace_id and w.author_id = p.author_id
    where a.workspace_id = ${tx.workspaceId} and a.approval_id = any(${[...approvalIds]}::uuid[])`.execute(tx.sql)
  return rows.map(({ p_text, p_language, p_author, p_url, p_at, ...row }) => ({
    ...row,
    answered: p_at ? { text: p_text ?? '', language: p_language, author: p_author, url: p_url, at: p_at } : null,
  }))
}

function present(row: Read, judgement: Approval['judgement'], looker: Looker): Approval {
  const { verdict, findings, always, version } = judgement
  return {
    approvalId: row.approval_id,
    state: row.state,
    sourceId: row.source_id,
    sourceName: row.source_name,
    network: row.network,
    replyTo:
      row.answered && row.reply_to_post_id
        ? {
            postId: row.reply_to_post_id,
            text: row.answered.text,
            language: row.answered.language,
            author: row.answered.author,
            url: row.answered.url,
            publishedAt: row.answered.at,
          }
        : null,
    conversationIds: row.conversation_ids,
    written: row.written,
    text: row.text,
    language: row.language,
    attachments: attachmentsOf(row),
    closes: row.closes,
    author: authorOf(row),
    writtenBy: row.written_by,
    askedMemberId: row.asked_member_id,
    standInId: row.stand_in_id,
    editedFrom: row.edited_from,
    judgement: { verdict, findings, always, version },
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by_kind ? { kind: row.decided_by_kind, id: row.decided_by, name: row.decider } : null,
    deliveryId: row.delivery_id,
    mayApprove: mayApprove(row, looker),
    mayEdit: mayEdit(row, looker),
    mayWithdraw: row.state === 'open' && looker.id !== null && row.author_id === looker.id,
  }
}

export async function presentApproval(tx: WorkspaceTransaction, approvalId: string, looker: Looker): Promise<Approval> {
  const [approval] = await presentApprovals(tx, [approvalId], looker)
  if (!approval) throw new NotFound('approval-unknown')
  return approval
}
