import { type SqlBool, sql } from 'kysely'
import {
  type DataRegister,
  deleted,
  type Eraser,
  emptied,
  type Found,
  personal,
  plain,
  ROWS_AT_ONCE,
  withTheRowsOf,
} from '../platform/personal-data.ts'
import { oneAfterTheOther, wordsRemoved } from '../platform/personal-traces.ts'
import { type RetentionKind, rowsOlderThan } from '../platform/retention.ts'
import { eraseAttachments } from './forgetting.ts'

/** What we said to somebody: from a conversation with them, or beneath a post of theirs. */
const answersTo: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`(t.reply_to_post_id in (select p.post_id from post p
      where p.workspace_id = ${workspaceId} and p.author_id = any(${authorIds}::uuid[]))
    or t.delivery_id in (select n.delivery_id from answer n
      join conversation c on c.workspace_id = n.workspace_id and c.conversation_id = n.conversation_id
      where n.workspace_id = ${workspaceId} and c.author_id = any(${authorIds}::uuid[])))`

/** What is on its way to the network is let go; it is emptied by the next step. */
const settled: Found = (subject, workspaceId) =>
  sql<SqlBool>`${answersTo(subject, workspaceId)} and t.state <> 'sending'`

/** The pictures that we showed them, or were to show them, go with their files. Counted with the texts that they stand in. */
const attachmentsErased = (table: 'delivery' | 'approval', which: Found): Eraser => ({
  how: 'emptied',
  count: async () => 0,
  step: async (tx, subject, services) => {
    const id = sql.ref(`${table}_id`)
    const { rows } = await sql<{ attachments: { attachmentId: string }[] }>`
      with found as (
        select t.${id} as id, t.attachments from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId}
          and t.attachments <> '[]' and ${which(subject, tx.workspaceId)}
        order by t.${id} limit ${ROWS_AT_ONCE} for update),
      emptied as (
        update ${sql.table(table)} e set attachments = '[]' from found
        where e.workspace_id = ${tx.workspaceId} and e.${id} = found.id)
      select attachments from found`.execute(tx.sql)
    const ids = rows.flatMap(({ attachments }) => attachments.map(({ attachmentId }) => attachmentId))
    await eraseAttachments(services, tx, ids)
    return rows.length
  },
})

const deliveriesErased: Eraser = oneAfterTheOther(
  attachmentsErased('delivery', settled),
  emptied('delivery', settled, {
    text: "''",
    title: 'null',
    attachments: "'[]'::jsonb",
    payload: 'null::jsonb',
    external_id: 'null',
    url: 'null',
    reference: 'null',
    failure_detail: 'null',
    state: "case when t.state in ('queued', 'unknown') then 'cancelled' else t.state end",
    due_at: "case when t.state in ('queued', 'unknown') then null else t.due_at end",
  }),
  wordsRemoved('delivery', ['title', 'text'], ['payload']),
)

/** Answers to somebody that were asked for. */
const approvalsOf: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`(t.reply_to_post_id in (select p.post_id from post p
      where p.workspace_id = ${workspaceId} and p.author_id = any(${authorIds}::uuid[]))
    or t.approval_id in (select a.approval_id from approval_conversation a
      join conversation c on c.workspace_id = a.workspace_id and c.conversation_id = a.conversation_id
      where a.workspace_id = ${workspaceId} and c.author_id = any(${authorIds}::uuid[])))`

/** What they were to be told goes, asked or decided; what others say of them in texts to others loses their names. */
const deletedApprovals: Eraser = oneAfterTheOther(
  attachmentsErased('approval', approvalsOf),
  deleted('approval', approvalsOf),
  wordsRemoved('approval', ['title', 'written', 'text']),
)

/** What was to be said, and what was remarked on it, beside what was said in the end. */
export const publishingRetention: RetentionKind[] = [
  {
    kind: 'approvals',
    defaultDays: 365,
    minDays: 30,
    maxDays: 1_825,
    because: 'accountability',
    ...rowsOlderThan({ table: 'approval', since: 't.decided_at', shown: 't.text' }),
  },
]

export const publishingData: DataRegister = [
  personal('delivery', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'title text attachments payload external_id url reference failure_detail removed_because',
    columns: {
      key: 'workspace_id delivery_id source_id reply_to_post_id created_by lease_token post_id judgement_id recipient_author_id',
      time: 'created_at frozen_at undo_until due_at lease_until troubled_since sent_at removed_at',
      state:
        'visibility network language created_by_kind state doubted needs_decision failure judgement_clears before_policy',
      count: 'attempts',
      secret: 'network_key',
    },
    found: answersTo,
    erase: deliveriesErased,
  }),
  personal('approval', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'approvals',
    personal: 'title written text attachments',
    columns: {
      key: `workspace_id approval_id source_id judgement_id reply_to_post_id author_id written_by asked_member_id
        edited_from decided_by delivery_id recipient_author_id`,
      time: 'asked_at expires_at decided_at',
      state: 'kind language closes author_kind state decided_by_kind',
      count: 'undo_seconds',
    },
    found: approvalsOf,
    erase: deletedApprovals,
  }),
  plain('approval_conversation', { key: 'workspace_id approval_id conversation_id', count: 'ordinal against_version' }),
  personal('approval_remark', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'approvals',
    personal: 'text',
    columns: { key: 'workspace_id remark_id approval_id by_id', time: 'remarked_at', state: 'by_kind' },
    found: (subject, workspaceId) =>
      sql<SqlBool>`t.approval_id in (select approval_id from approval t where t.workspace_id = ${workspaceId}
        and ${approvalsOf(subject, workspaceId)})`,
    erase: oneAfterTheOther(withTheRowsOf(), wordsRemoved('approval_remark', ['text'])),
  }),
  // Of somebody at a client or a lawyer's: theirs is the name that our member gave them.
  plain('approval_guest', {
    key: 'workspace_id guest_id approval_id invited_by',
    time: 'created_at expires_at revoked_at opened_at',
    ours: 'name',
    secret: 'token_hash',
  }),
  plain('publishing_setting', { key: 'workspace_id', setting: 'undo_seconds approval_hours' }),
  plain('policy_version', {
    key: 'workspace_id saved_by',
    count: 'version',
    ours: 'document note',
    time: 'saved_at',
  }),
  // Codes and places of what was found, never its words.
  plain('judgement', {
    key: 'workspace_id judgement_id source_id',
    count: 'policy_version',
    state: 'kind origin verdict findings clearance clears',
    time: 'judged_at',
    secret: 'said_hash',
  }),
  plain('finding_report', {
    key: 'workspace_id',
    state: 'check_id code',
    count: 'policy_version',
    time: 'reported_at',
    secret: 'said_hash',
  }),
  plain('finding_review', { key: 'workspace_id post_id', state: 'check_id wrong', time: 'reviewed_at' }),
  plain('stand_in', { key: 'workspace_id member_id stand_in_id', time: 'until' }),
  plain('attachment', {
    key: 'workspace_id attachment_id uploaded_by',
    time: 'created_at',
    count: 'bytes',
    ours: 'name media_type alt',
    secret: 'hash',
  }),
]
