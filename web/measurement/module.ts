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
    'audit.': (_event, api) => [api.measurement.audits.key()],
    'alarm.': (_event, api) => [api.measurement.alarms.key()],
  },
}
