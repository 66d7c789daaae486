import { type DataRegister, staff } from '../platform/personal-data.ts'

export const notificationsData: DataRegister = [
  staff('notification', {
    purpose: 'operation',
    basis: 'contract',
    kept: 'membership',
    personal: 'kind',
    columns: {
      key: 'workspace_id notification_id member_id subject_id gathered_by conversation_id alarm_id proof_question_id',
      time: 'at read_at mail_due_at mailed_at push_due_at pushed_at',
      state: 'in_app subject_kind news',
      count: 'times',
    },
  }),
  staff('notification_setting', {
    purpose: 'operation',
    basis: 'contract',
    kept: 'membership',
    personal: 'kind',
    columns: { key: 'workspace_id member_id', state: 'in_app by_mail by_push off_shift with_content' },
  }),
  staff('push_device', {
    purpose: 'operation',
    basis: 'contract',
    kept: 'membership',
    personal: 'name',
    columns: {
      key: 'workspace_id device_id member_id session_id',
      time: 'created_at last_used_at',
      secret: 'endpoint_hash subscription',
    },
  }),
]
