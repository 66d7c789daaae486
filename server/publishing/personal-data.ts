import { type SqlBool, sql } from 'kysely'
import {
  type DataRegister,
  type Eraser,
  emptied,
  type Found,
  personal,
  plain,
  ROWS_AT_ONCE,
} from '../platform/personal-data.ts'
import { oneAfterTheOther, wordsRemoved } from '../platform/personal-traces.ts'
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

/** The pictures that we showed them go with their files. Counted with the answers that they stand in. */
const attachmentsErased: Eraser = {
  how: 'emptied',
  count: async () => 0,
  step: async (tx, subject, services) => {
    const { rows } = await sql<{ attachments: { attachmentId: string }[] }>`
      with found as (
        select t.delivery_id, t.attachments from delivery t where t.workspace_id = ${tx.workspaceId}
          and t.attachments <> '[]' and ${settled(subject, tx.workspaceId)}
        order by t.delivery_id limit ${ROWS_AT_ONCE} for update),
      emptied as (
        update delivery d set attachments = '[]' from found
        where d.workspace_id = ${tx.workspaceId} and d.delivery_id = found.delivery_id)
      select attachments from found`.execute(tx.sql)
    const ids = rows.flatMap(({ attachments }) => attachments.map(({ attachmentId }) => attachmentId))
    await eraseAttachments(services, tx, ids)
    return rows.length
  },
}

const deliveriesErased: Eraser = oneAfterTheOther(
  attachmentsErased,
  emptied('delivery', settled, {
    text: "''",
    attachments: "'[]'::jsonb",
    payload: 'null::jsonb',
    external_id: 'null',
    url: 'null',
    reference: 'null',
    failure_detail: 'null',
    state: "case when t.state in ('queued', 'unknown') then 'cancelled' else t.state end",
    due_at: "case when t.state in ('queued', 'unknown') then null else t.due_at end",
  }),
  wordsRemoved('delivery', ['text'], ['payload']),
)

export const publishingData: DataRegister = [
  personal('delivery', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'text attachments payload external_id url reference failure_detail removed_because',
    columns: {
      key: 'workspace_id delivery_id source_id reply_to_post_id created_by lease_token post_id',
      time: 'created_at frozen_at undo_until due_at lease_until troubled_since sent_at removed_at',
      state: 'network language created_by_kind state doubted needs_decision failure',
      count: 'attempts',
      secret: 'network_key',
    },
    found: answersTo,
    erase: deliveriesErased,
  }),
  plain('attachment', {
    key: 'workspace_id attachment_id uploaded_by',
    time: 'created_at',
    count: 'bytes',
    ours: 'name media_type alt',
    secret: 'hash',
  }),
]
