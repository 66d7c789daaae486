import { IconCompass } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

export const guidelines: WebModule = {
  name: 'guidelines',
  rail: [
    {
      id: 'programme',
      label: 'shell:rail.programme',
      icon: IconCompass,
      path: 'programme',
      permission: 'workspace.read',
      at: 'end',
    },
  ],
  live: {
    'guideline.': (_event, api) => [api.guidelines.key()],
    'training.': (_event, api) => [api.guidelines.key()],
  },
}
