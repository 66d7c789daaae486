import { type SqlBool, sql } from 'kysely'
import {
  byAuthor,
  byPost,
  type DataRegister,
  type Eraser,
  type Exporter,
  type Found,
  personal,
  plain,
  ROWS_AT_ONCE,
  withTheRowsOf,
} from '../platform/personal-data.ts'
import { deletedWhereNamed, emptiedWhereNamed, tracePattern } from '../platform/personal-traces.ts'
import { postsErased } from './erasing.ts'

const nobodyByKey: Found = () => sql<SqlBool>`false`

const naming =
  (table: string, shown: string[], columns: string[]): Exporter =>
  ({ names }, workspaceId) =>
    sql<{ row: unknown }>`
    select jsonb_build_object(${sql.join(shown.flatMap((column) => [sql.lit(column), sql.ref(`t.${column}`)]))}) as row, t.ctid as place
    from ${sql.table(table)} t where t.workspace_id = ${workspaceId} and (${sql.join(
      columns.map((column) => sql`coalesce(${sql.ref(`t.${column}`)}::text ~* ${tracePattern(names)}, false)`),
      sql` or `,
    )})`
const quarantineNaming = naming('quarantine', ['received_at', 'reason', 'raw'], ['raw', 'detail'])
const rejectionsNaming = naming('import_rejection', ['line', 'code', 'raw'], ['raw', 'message', 'params'])

/** Streams belong to the installation: what they brought and nobody could read names a person for every workspace. */
const streamQuarantine: Eraser = {
  how: 'deleted',
  count: async (_tx, { names }) => {
    const { rows } = await sql<{ rows: string }>`select count(*) as rows from system.stream_quarantine
      where raw ~* ${tracePattern(names)}`.execute(_tx.sql)
    return Number(rows[0]?.rows ?? 0)
  },
  step: async (tx, { names }) => {
    const { numAffectedRows = 0n } = await sql`delete from system.stream_quarantine where ctid = any(array(
      select ctid from system.stream_quarantine where raw ~* ${tracePattern(names)} limit ${ROWS_AT_ONCE}))`.execute(
      tx.sql,
    )
    return Number(numAffectedRows)
  },
}

const withdrawnThere = ({ authorIds }: { authorIds: string[] }, workspaceId: string) =>
  sql<SqlBool>`subject in (select a.network_id from author a where a.workspace_id = ${workspaceId}
    and a.author_id = any(${authorIds}::uuid[]))`
/** What a network said of an account and is still being carried out. */
const streamWithdrawals: Eraser = {
  how: 'deleted',
  count: async (tx, subject) => {
    const { rows } = await sql<{ rows: string }>`select count(*) as rows from system.stream_withdrawal
      where ${withdrawnThere(subject, tx.workspaceId)}`.execute(tx.sql)
    return Number(rows[0]?.rows ?? 0)
  },
  step: async (tx, subject) => {
    const { numAffectedRows = 0n } = await sql`delete from system.stream_withdrawal
      where ${withdrawnThere(subject, tx.workspaceId)}`.execute(tx.sql)
    return Number(numAffectedRows)
  },
}

export const listeningData: DataRegister = [
  plain('source', {
    key: 'workspace_id source_id own_author_id',
    time: 'due_at lease_until last_success_at last_heard_at last_failure_at failure_until created_at removed_at quota_resets_at newest_at silent_since',
    state: 'network keeps hears_stream state last_failure last_failure_detail',
    count: 'failures heard_count kept_count budget_posts budget_micros quota_limit quota_left',
    setting: 'name settings identity cursor',
    secret: 'credentials',
  }),
  plain('source_day', {
    key: 'workspace_id source_id',
    time: 'day',
    count: 'asked failed heard kept matched usage_micros fixed_micros longest_silence_seconds',
  }),
  plain('source_gap', {
    key: 'workspace_id source_id gap_id',
    time: 'from_at until_at',
    state: 'because outcome',
    count: 'kept',
  }),
  plain('network_price', {
    key: 'workspace_id',
    state: 'network currency',
    count: 'request_micros post_micros month_micros',
  }),
  plain('topic', {
    key: 'workspace_id topic_id lookback_post_id',
    time: 'lookback_from created_at removed_at',
    state: 'kind languages state opens_conversations',
    count: 'version lookback_found',
    setting: 'name query',
  }),
  plain('topic_version', {
    key: 'workspace_id topic_id changed_by',
    time: 'changed_at',
    state: 'languages',
    count: 'version',
    setting: 'query reason',
  }),
  plain('topic_relevance', {
    key: 'workspace_id topic_id line_posts judging_post_id',
    time: 'background_learned_at background_due_at judging_from begun_at',
    state: 'switched_on noise',
    count: 'version background_version background_posts background_query scorer_version labels hints scorer_query',
    figure: 'background scorer',
  }),
  plain('mention', {
    key: 'workspace_id topic_id post_id',
    time: 'published_at',
    state: 'state counted_as judged_as',
    count: 'topic_version counted_reach relevance',
  }),
  plain('mention_count', {
    key: 'workspace_id topic_id',
    time: 'minute',
    state: 'network hourly',
    count: 'posts negative neutral positive reach',
  }),
  plain('daily_count', {
    key: 'workspace_id topic_id',
    time: 'day',
    state: 'network language',
    count: 'posts authors',
  }),
  plain('daily_seal', { key: 'workspace_id', time: 'day sealed_until' }),
  personal('post', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal:
      'external_id reference title text url parent_external_id parent_reference root_external_id root_reference media links mentions sentiment intent content_hash',
    columns: {
      key: 'workspace_id post_id source_id import_id author_id group_id',
      time: 'published_at heard_at edited_at deleted_at',
      state:
        'network scope direction addressed visibility automatic vouched language site deleted_because kept_because indexed offensive understood_by',
      count: 'sentiment_probability',
    },
    found: byAuthor(),
    erase: postsErased,
  }),
  personal('post_term', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal: 'term',
    columns: { key: 'workspace_id post_id', time: 'published_at' },
    found: byPost(),
    erase: withTheRowsOf(),
    export: { within: 'post' },
  }),
  personal('post_label', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal: 'value model_value',
    columns: { key: 'workspace_id post_id labelled_by', time: 'labelled_at', state: 'what understood_by' },
    found: byPost(),
    erase: withTheRowsOf(),
  }),
  personal('post_mask', {
    whose: 'author',
    purpose: 'operation',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal: 'words',
    columns: { key: 'workspace_id post_id masked_by', time: 'masked_at' },
    found: byPost(),
    erase: withTheRowsOf(),
    // The access copy holds the post as they said it.
    export: { within: 'post' },
  }),
  personal('verdict', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal: 'words reason',
    columns: {
      key: 'workspace_id verdict_id topic_id post_id sorted_by',
      time: 'sorted_at taken_back_at',
      state: 'side thought sorted_by_kind',
      count: 'version thought_probability',
    },
    found: byPost(),
    erase: { words: 'null', reason: 'null' },
  }),
  personal('relevance_hint', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal: 'side',
    columns: { key: 'workspace_id topic_id post_id', time: 'hinted_at' },
    found: byPost(),
  }),
  personal('workbench_label', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'heard-posts',
    personal: 'side asked',
    columns: { key: 'workspace_id topic_id subject_id sorted_by', time: 'sorted_at', state: 'subject' },
    found: byPost('subject_id'),
  }),
  plain('tally', {
    key: 'workspace_id topic_id',
    time: 'starts_at',
    state: 'span closed anonymous',
    count: 'topic_version posts',
    figure: 'terms links threads waves voices',
  }),
  plain('tally_entry', {
    key: 'workspace_id entry_id topic_id',
    time: 'hour',
    state: 'removes',
    count: 'topic_version posts',
    figure: 'terms links threads waves voices',
  }),
  personal('quarantine', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'quarantine',
    personal: 'detail raw',
    columns: { key: 'workspace_id quarantine_id source_id', time: 'received_at', state: 'reason' },
    found: nobodyByKey,
    erase: deletedWhereNamed('quarantine', ['raw', 'detail']),
    export: quarantineNaming,
  }),
  personal('import', {
    whose: 'customer',
    purpose: 'contract',
    basis: 'legitimate-interest',
    kept: 'imports',
    personal: 'rehearsal',
    columns: {
      key: 'workspace_id import_id created_by',
      time: 'created_at finished_at lease_until started_at',
      state: 'state cancel_requested kind rehearsed',
      count: 'file_bytes rows posts duplicates rejected authors bytes_read',
      ours: 'file_name file_path settings failure position counts',
      secret: 'file_hash',
    },
    found: nobodyByKey,
    erase: emptiedWhereNamed('import', ['rehearsal']),
    export: { within: 'import_rejection' },
  }),
  personal('import_rejection', {
    whose: 'author',
    purpose: 'contract',
    basis: 'legitimate-interest',
    kept: 'imports',
    personal: 'params message raw',
    columns: { key: 'workspace_id import_id', state: 'code column', count: 'line' },
    found: nobodyByKey,
    erase: deletedWhereNamed('import_rejection', ['raw', 'message', 'params']),
    export: rejectionsNaming,
  }),
  personal('impersonation', {
    whose: 'author',
    purpose: 'protection',
    basis: 'legitimate-interest',
    kept: 'authors',
    personal: 'reasons decided_on decided_because strength',
    columns: {
      key: 'workspace_id author_id own_author_id decided_by',
      time: 'decided_at found_at',
      state: 'picture state',
    },
    found: byAuthor(),
  }),
  plain('impersonation_walk', { key: 'workspace_id after_author_id', time: 'heard_until', setting: 'compared_with' }),
  plain('understanding_walk', { key: 'workspace_id after_post_id', state: 'done', setting: 'understood_by' }),
  plain('system.listening_change', { key: 'workspace_id', state: 'streams', count: 'version' }),
  plain('system.stream', {
    time: 'connected_at last_item_at last_failure_at lease_until',
    state: 'name cursor last_failure lease_owner',
    count: 'heard_count kept_count',
  }),
  plain('system.stream_day', { time: 'day', state: 'stream', count: 'heard' }),
  personal('system.stream_quarantine', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'quarantine',
    personal: 'raw',
    columns: { key: 'stream_quarantine_id', time: 'received_at', state: 'stream reason' },
    found: nobodyByKey,
    erase: streamQuarantine,
    export: { within: 'quarantine' },
  }),
  personal('system.stream_sample', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legitimate-interest',
    kept: 'sample',
    personal: 'title text',
    columns: {
      key: 'sample_id kept_by',
      time: 'heard_at published_at',
      state: 'stream network language is_reply has_media',
      secret: 'address_hash',
    },
    found: nobodyByKey,
    erase: withTheRowsOf(),
    export: { within: 'post' },
  }),
  plain('system.stream_sample_hour', { time: 'hour', state: 'stream', count: 'heard sampled' }),
  plain('system.stream_sample_refusal', { key: 'workspace_id', time: 'refused_at' }),
  personal('system.stream_withdrawal', {
    whose: 'author',
    purpose: 'listening',
    basis: 'legal-obligation',
    kept: 'sample',
    personal: 'subject',
    columns: { time: 'at received_at', state: 'network scope kind' },
    found: nobodyByKey,
    erase: streamWithdrawals,
    export: { within: 'author' },
  }),
]
