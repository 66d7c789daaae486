import { type DataRegister, plain } from '../platform/personal-data.ts'

export const systemsData: DataRegister = [
  plain('webhook', {
    key: 'workspace_id webhook_id lease_id',
    time: 'due_at failing_since created_at',
    state: 'state',
    count: 'attempts position',
    setting: 'name url types',
    secret: 'secret',
  }),
  plain('webhook_delivery', {
    key: 'workspace_id webhook_id event_id',
    time: 'first_at last_at',
    state: 'type state',
    count: 'attempts status',
    setting: 'failure',
  }),
]
