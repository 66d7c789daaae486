import { IconActivityHeartbeat } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

export const health: WebModule = {
  name: 'health',
  rail: [
    {
      id: 'health',
      label: 'shell:rail.health',
      icon: IconActivityHeartbeat,
      path: 'health',
      permission: 'health.read',
      at: 'end',
    },
  ],
  live: { 'source.': (_event, api) => [api.health.key()] },
}
