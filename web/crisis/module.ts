import { IconFlame } from '@tabler/icons-react'
import { lazy } from 'react'
import type { WebModule } from '../platform/module.ts'

export const crisis: WebModule = {
  name: 'crisis',
  rail: [{ id: 'crisis', label: 'shell:rail.crisis', icon: IconFlame, path: 'crisis', permission: 'workspace.read' }],
  notice: lazy(async () => ({ default: (await import('./crisis-banner.tsx')).CrisisBanner })),
  live: {
    'crisis.': (_event, api) => [api.crisis.key()],
    'playbook.': (_event, api) => [api.crisis.playbooks.key()],
    'statement.': (_event, api) => [api.crisis.statements.key()],
    'drill.': (_event, api) => [api.crisis.drills.key()],
    'alarm.': (_event, api) => [api.crisis.proposals.key()],
    'delivery.frozen': (_event, api) => [api.crisis.frozen.key()],
  },
}
