import { byAuthor, type DataRegister, deleted, personal, plain, rowsWhere } from '../../platform/personal-data.ts'
import { type RetentionKind, rowsOlderThan } from '../../platform/retention.ts'

export const moderationData: DataRegister = [
  personal('moderation', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'moderation',
    personal: 'action reason note undo_reference',
    columns: {
      key: 'workspace_id moderation_id batch_id source_id post_id author_id asked_by lease_token',
      time: 'asked_at due_at done_at undone_at',
      state: 'asked_by_kind state failure',
      count: 'attempts',
    },
    found: byAuthor(),
    // Whoever asks is told that they were hidden or blocked, and why.
    export: rowsWhere('moderation', byAuthor(), [
      'action',
      'reason',
      'note',
      'state',
      'asked_at',
      'done_at',
      'undone_at',
    ]),
    erase: deleted('moderation', byAuthor()),
  }),
  plain('moderation_policy', { key: 'workspace_id', setting: 'action who' }),
]

/** Two years of history are what guidance on provocation looks at; a block that stands is kept, or nobody could lift it. */
export const moderationRetention: RetentionKind = {
  kind: 'moderation',
  defaultDays: 730,
  minDays: 30,
  maxDays: 1_825,
  because: 'accountability',
  ...rowsOlderThan({
    table: 'moderation',
    since: `case when t.state = 'done' and t.undo_reference is not null and t.action in ('block', 'mute') then null else t.asked_at end`,
    shown: 't.action',
  }),
}
