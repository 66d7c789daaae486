import { IconReportAnalytics } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

export const measurement: WebModule = {
  name: 'measurement',
  rail: [
    {
      id: 'audits',
      label: 'measurement:title',
      icon: IconReportAnalytics,
      path: 'audits',
      permission: 'audits.read',
    },
  ],
  commands: [
    {
      id: 'measurement-new-audit',
      label: 'measurement:new.title',
      icon: IconReportAnalytics,
      permission: 'audits.run',
      run: ({ go }) => go('audits/new'),
    },
  ],
  live: { 'audit.': (_event, api) => [api.measurement.key()] },
}
