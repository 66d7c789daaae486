import { type SqlBool, sql } from 'kysely'
import { type DataRegister, type Found, personal, plain } from '../platform/personal-data.ts'
import { deletedWhereNamed } from '../platform/personal-traces.ts'

/** Reports name posts by id, and are read with what is still there; only those of a file hold words. */
const nobodyByKey: Found = () => sql<SqlBool>`false`

export const measurementData: DataRegister = [
  plain('alarm', {
    key: 'workspace_id alarm_id topic_id acknowledged_by',
    time: 'began_at raised_at last_unusual_at ended_at told_at acknowledged_at snoozed_until',
    state: 'strength',
    count: 'quiet_minutes posts expected told_posts',
    setting: 'kinds',
    figure: 'findings cause',
  }),
  plain('alarm_baseline', {
    key: 'workspace_id topic_id',
    time: 'counted_from learned_at level_at',
    count: 'level',
    figure: 'baseline',
  }),
  plain('alarm_message', {
    key: 'workspace_id message_id topic_id alarm_id member_id',
    time: 'due_at created_at',
    state: 'channel because state',
    count: 'attempts status',
    setting: 'failure',
  }),
  plain('alarm_rule', {
    key: 'workspace_id topic_id member_ids',
    time: 'looked_at',
    state: 'watching sensitivity webhook_content',
    count: 'quiet_from quiet_until',
    setting: 'kinds webhook_url',
    secret: 'webhook_secret',
  }),
  personal('audit', {
    whose: 'author',
    purpose: 'measurement',
    basis: 'legitimate-interest',
    kept: 'audits',
    personal: 'report settings',
    columns: {
      key: 'workspace_id audit_id created_by lease_id',
      time: 'created_at finished_at expires_at lease_until',
      state: 'state',
      count: 'reading rows rows_expected attempts',
      ours: 'brand source_name failure',
    },
    found: nobodyByKey,
    erase: deletedWhereNamed('audit', ['report', 'settings'], 'brand'),
    export: { within: 'post' },
  }),
]
