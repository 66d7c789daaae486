import { type DataRegister, plain, staff } from '../platform/personal-data.ts'

const ofStaff = { purpose: 'operation', basis: 'contract', kept: 'membership' } as const

export const guidelinesData: DataRegister = [
  plain('guideline_setting', { key: 'workspace_id', setting: 'gate grace_days', time: 'gate_since' }),
  plain('guideline', {
    key: 'workspace_id guideline_id',
    setting: 'for_speakers',
    time: 'created_at retired_at',
  }),
  plain('guideline_version', {
    key: 'workspace_id guideline_id',
    count: 'version',
    ours: 'texts',
    setting: 'asks_again',
    time: 'valid_from published_at',
  }),
  plain('guideline_role', { key: 'workspace_id guideline_id role_id', setting: 'role' }),
  staff('acknowledgement', {
    ...ofStaff,
    personal: 'acknowledged_at language',
    columns: { key: 'workspace_id member_id guideline_id', count: 'version' },
  }),
  staff('guideline_reminder', {
    ...ofStaff,
    personal: 'told_at',
    columns: { key: 'workspace_id member_id about_id', setting: 'news mark' },
  }),
  plain('training', {
    key: 'workspace_id training_id',
    count: 'version asked_version',
    ours: 'texts',
    setting: 'pass_percent attempts_max pause_hours validity_months',
    time: 'asked_since created_at retired_at',
  }),
  staff('training_standing', {
    ...ofStaff,
    personal: 'passed_at valid_until failed_since_pause paused_until',
    columns: { key: 'workspace_id member_id training_id', count: 'passed_version counted_version' },
  }),
  plain('quiz_group', { key: 'workspace_id training_id', count: 'version ordinal', figure: 'people wrong' }),
]
