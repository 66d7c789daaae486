import { type SqlBool, sql } from 'kysely'
import { eraseOwnPosts } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import {
  byAuthor,
  byConversation,
  type DataRegister,
  type DataSubject,
  deleted,
  type Eraser,
  type Exporter,
  emptied,
  type Found,
  personal,
  plain,
  ROWS_AT_ONCE,
} from '../platform/personal-data.ts'
import { deletedWhereNamed, oneAfterTheOther, wordsRemoved } from '../platform/personal-traces.ts'
import { eraseAttachments } from '../publishing/index.ts'
import { forgetMedia } from './media-cache.ts'
import { moderationData } from './moderation/personal-data.ts'
import { suggestedData } from './suggested/personal-data.ts'

const nobodyByKey: Found = () => sql<SqlBool>`false`

/** Threads that one of their posts began. */
const rootOf: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`exists (select from post p where p.workspace_id = ${workspaceId} and p.author_id = any(${authorIds}::uuid[])
    and p.network = t.network and p.scope = t.scope and p.external_id = t.root_external_id)`

/** What we said to them stands in listening as posts of ours. */
const ourAnswersEmptied: Eraser = {
  how: 'emptied',
  count: async (tx, subject) => (await saidByUs(tx, subject)).length,
  step: async (tx, subject, services) => {
    const postIds = await saidByUs(tx, subject)
    await forgetMedia(services, postIds)
    return eraseOwnPosts(tx, postIds, services)
  },
}

async function saidByUs(tx: WorkspaceTransaction, { authorIds }: DataSubject): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select distinct p.post_id from conversation c
      join conversation_post t on t.workspace_id = c.workspace_id and t.conversation_id = c.conversation_id
      join post p on p.workspace_id = t.workspace_id and p.post_id = t.post_id
    where c.workspace_id = ${tx.workspaceId} and c.author_id = any(${authorIds}::uuid[]) and t.direction = 'out'
      and p.deleted_because is distinct from 'erasure' limit ${POSTS_AT_ONCE}`.execute(tx.sql)
  return rows.map((row) => row.post_id)
}
const POSTS_AT_ONCE = 200

/** Pictures that were to go to them. Counted with the drafts. */
const draftPicturesErased: Eraser = {
  how: 'deleted',
  count: async () => 0,
  step: async (tx, subject, services) => {
    const { rows } = await sql<{ attachments: string[] }>`
      with found as (
        select t.ctid, t.attachments from draft t where t.workspace_id = ${tx.workspaceId}
          and cardinality(t.attachments) > 0 and ${byConversation(subject, tx.workspaceId)}
        limit ${ROWS_AT_ONCE} for update),
      emptied as (
        update draft d set attachments = '{}' from found where d.workspace_id = ${tx.workspaceId} and d.ctid = found.ctid)
      select attachments from found`.execute(tx.sql)
    await eraseAttachments(
      services,
      tx,
      rows.flatMap(({ attachments }) => attachments),
    )
    return rows.length
  },
}

/** Pictures of their posts lie in the cache for a day. */
const cacheEmptied: Eraser = {
  how: 'deleted',
  count: async () => 0,
  step: async (tx, { authorIds }, services) => {
    const { rows } = await sql<{ post_id: string }>`
      select post_id from post where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[])
        and deleted_because is distinct from 'erasure'`.execute(tx.sql)
    await forgetMedia(
      services,
      rows.map((row) => row.post_id),
    )
    return 0
  },
}

/** Nobody has to look after it any more. */
const conversationsErased: Eraser = emptied('conversation', byAuthor(), {
  language: 'null',
  state: "'closed'",
  closed_at: 'coalesce(t.closed_at, now())',
  waiting_since: 'null',
  negative_since: 'null',
  snoozed_until: 'null',
})

const tagsGiven: Exporter = (subject, workspaceId) => sql<{ row: unknown }>`
  select jsonb_build_object('tag', g.name) as row, t.ctid as place from conversation_tag t
    join tag g on g.workspace_id = t.workspace_id and g.tag_id = t.tag_id
  where t.workspace_id = ${workspaceId} and ${byConversation(subject, workspaceId)}`

export const inboxData: DataRegister = [
  personal('thread', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'root_external_id',
    columns: { key: 'workspace_id thread_id', time: 'created_at', state: 'network scope' },
    found: rootOf,
    erase: {
      root_external_id: `(select 'erased:' || p.post_id from post p where p.workspace_id = t.workspace_id
        and p.network = t.network and p.scope = t.scope and p.external_id = t.root_external_id)`,
    },
    export: { within: 'post' },
  }),
  personal('conversation', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'language',
    columns: {
      key: 'workspace_id conversation_id thread_id author_id assigned_member_id assigned_team_id last_post_id source_id four_eyes_rule_id',
      time: 'snoozed_until opened_at closed_at last_post_at waiting_since negative_since answered_at due_at',
      state: 'state network opened_because priority',
      count: 'version heard_version post_count',
    },
    found: byAuthor(),
    erase: oneAfterTheOther(cacheEmptied, conversationsErased),
  }),
  personal('conversation_post', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'content_hash',
    columns: {
      key: 'workspace_id conversation_id post_id delivery_id answered_by',
      time: 'published_at settled_at turned_negative_at',
      state: 'direction deleted negative',
      count: 'version',
    },
    found: byConversation,
    erase: oneAfterTheOther(ourAnswersEmptied, emptied('conversation_post', byConversation, { content_hash: "''" })),
    export: { within: 'post' },
  }),
  personal('conversation_tag', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'tag_id',
    columns: { key: 'workspace_id conversation_id' },
    found: byConversation,
    export: tagsGiven,
  }),
  plain('conversation_topic', { key: 'workspace_id conversation_id topic_id' }),
  personal('answer', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'written',
    columns: {
      key: 'workspace_id delivery_id conversation_id',
      time: 'failed_at created_at',
      state: 'closes',
      count: 'against_version version heard_version',
    },
    found: byConversation,
    erase: { written: "''" },
    export: { within: 'delivery' },
  }),
  // Which threads are one case: ids, and in which way the customer's message found it.
  plain('handover', {
    key: 'workspace_id handover_id conversation_id source_id created_by',
    time: 'created_at expires_at ended_at',
    secret: 'code',
  }),
  plain('strand', {
    key: 'workspace_id thread_id conversation_id handover_id',
    time: 'begun_at',
    state: 'found_by',
  }),
  plain('lease', { key: 'workspace_id conversation_id holder_id', time: 'taken_at expires_at', state: 'holder_kind' }),
  personal('draft', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'conversations',
    personal: 'text',
    columns: {
      key: 'workspace_id conversation_id member_id attachments macro_id',
      time: 'saved_at',
      state: 'visibility',
      count: 'against_version',
    },
    found: byConversation,
    erase: oneAfterTheOther(draftPicturesErased, deleted('draft', byConversation), wordsRemoved('draft', ['text'])),
  }),
  personal('note', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'notes',
    personal: 'text',
    columns: {
      key: 'workspace_id note_id conversation_id member_id mentions',
      time: 'created_at edited_at deleted_at',
    },
    found: byConversation,
    erase: oneAfterTheOther(deleted('note', byConversation), wordsRemoved('note', ['text'])),
  }),
  plain('routing_version', {
    key: 'workspace_id made_by',
    time: 'made_at',
    count: 'version returned_to',
    setting: 'rules note',
  }),
  // Which of our conditions held, in our words: neither what they said nor what is known of them.
  plain('rule_run', {
    key: 'workspace_id conversation_id rule_id post_id',
    time: 'at',
    state: 'because did',
    setting: 'name',
    count: 'position ordinal version',
  }),
  plain('calendar', { key: 'workspace_id calendar_id', time: 'created_at removed_at', setting: 'name' }),
  plain('calendar_version', {
    key: 'workspace_id calendar_id',
    time: 'valid_from made_at',
    count: 'version',
    setting: 'rules',
  }),
  plain('clock_policy', { key: 'workspace_id clock_policy_id', time: 'created_at removed_at', setting: 'name' }),
  plain('clock_policy_version', {
    key: 'workspace_id clock_policy_id calendar_id',
    time: 'valid_from made_at',
    count: 'version',
    setting: 'applies rules',
  }),
  plain('clock', {
    key: 'workspace_id conversation_id epoch clock_policy_id ended_with team_id',
    time: 'started_at ended_at due_at read_at',
    state: 'kind ended_by state because due_unknown priority',
    count: 'policy_version target_minutes counted_ms',
  }),
  plain('clock_watch', { key: 'workspace_id conversation_id', time: 'look_at' }),
  plain('clock_step', { key: 'workspace_id conversation_id epoch step', time: 'done_at', state: 'kind outcome' }),
  plain('clock_recount', { key: 'workspace_id after_id', time: 'since' }),
  plain('reminder', { key: 'workspace_id conversation_id member_id', time: 'due_at' }),
  ...moderationData,
  ...suggestedData,
  plain('tag', { key: 'workspace_id tag_id', setting: 'name colour' }),
  plain('macro', {
    key: 'workspace_id macro_id created_by',
    time: 'created_at',
    state: 'language',
    setting: 'name text actions variants',
  }),
  personal('saved_view', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'settings',
    personal: 'filters',
    columns: { key: 'workspace_id saved_view_id member_id', time: 'created_at', ours: 'name' },
    found: nobodyByKey,
    erase: deletedWhereNamed('saved_view', ['filters']),
    export: { within: 'author' },
  }),
]
