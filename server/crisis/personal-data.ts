import { type DataRegister, plain } from '../platform/personal-data.ts'

export const crisisData: DataRegister = [
  plain('playbook', {
    key: 'workspace_id playbook_id',
    count: 'version',
    ours: 'name situation steps',
    setting: 'template',
    time: 'created_at removed_at',
  }),
  plain('holding_statement', {
    key: 'workspace_id statement_id topic_id written_by approved_by',
    count: 'version',
    ours: 'name texts',
    state: 'state',
    time: 'approved_at created_at removed_at',
  }),
  plain('crisis', {
    key: 'workspace_id crisis_id topic_id alarm_id team_id declared_by ended_by',
    ours: 'name steps lessons',
    setting: 'freezes_posts freezes_automatic freezes_macros',
    time: 'declared_at ended_at',
    figure: 'figures',
  }),
  plain('crisis_entry', {
    key: 'workspace_id entry_id crisis_id written_by',
    state: 'kind',
    ours: 'text',
    time: 'written_at',
  }),
  plain('crisis_release', {
    key: 'workspace_id crisis_id frozen_id released_by',
    state: 'what',
    ours: 'reason',
    time: 'released_at',
  }),
  plain('crisis_proposal', {
    key: 'workspace_id proposal_id alarm_id conversation_id rule_id topic_id settled_by',
    state: 'state',
    ours: 'reason',
    time: 'proposed_at settled_at',
  }),
  plain('drill', {
    key: 'workspace_id drill_id sandbox_id member_ids created_by',
    setting: 'storm size minutes languages keep_days',
    state: 'state failure',
    count: 'told planned',
    time: 'created_at begun_at ended_at kept_until lease_until',
    ours: 'lessons',
    figure: 'card',
  }),
  // Nobody said it: the twin's cast did.
  plain('drill_post', {
    key: 'workspace_id drill_id external_id',
    state: 'part',
    ours: 'handle text',
    time: 'said_at',
  }),
]
