import { IconReportAnalytics } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

export const measurement: WebModule = {
  name: 'measurement',
  rail: [
    {
      id: 'measure',
      label: 'measurement:rail',
      icon: IconReportAnalytics,
      path: 'measure',
      permission: 'audits.read',
    },
  ],
  commands: [
    {
      id: 'measurement-new-audit',
      label: 'measurement:new.title',
      icon: IconReportAnalytics,
      permission: 'audits.run',
      run: ({ go }) => go('measure/audits/new'),
    },
  ],
  live: {
    // What is gone is asked for no more: the page that deleted it is still open when this comes.
    'audit.': ({ type }, api) => [
      type === 'audit.removed' ? api.measurement.audits.list.key() : api.measurement.audits.key(),
    ],
    'alarm.': (_event, api) => [api.measurement.alarms.key()],
  },
}
