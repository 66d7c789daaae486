import { type DataRegister, plain, staff } from '../platform/personal-data.ts'

export const planData: DataRegister = [
  plain('goal', {
    key: 'workspace_id goal_id',
    ours: 'name reason',
    setting: 'figure direction target due_on',
    state: 'state',
    time: 'created_at',
  }),
  // Members, and others who have a part in the programme: the press office, an agency.
  staff('stakeholder', {
    purpose: 'operation',
    basis: 'contract',
    kept: 'membership',
    personal: 'name part',
    columns: {
      key: 'workspace_id stakeholder_id member_id',
      ours: 'needs decides_on speaks_about',
      time: 'created_at',
    },
  }),
  plain('scenario', {
    key: 'workspace_id scenario_id',
    count: 'version',
    ours: 'name situation steps',
    setting: 'template',
    time: 'created_at retired_at',
  }),
  plain('walk', {
    key: 'workspace_id walk_id scenario_id',
    ours: 'steps summary',
    state: 'outcome',
    time: 'begun_at ended_at',
  }),
  plain('open_point', {
    key: 'workspace_id open_point_id walk_id',
    ours: 'text',
    time: 'created_at settled_at',
  }),
]
