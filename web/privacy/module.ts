import { IconHistory, IconShieldLock } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

/** No live keys: what is new waits behind the pill, so that nothing moves under the reader. */
export const privacy: WebModule = {
  name: 'privacy',
  rail: [
    {
      id: 'protection',
      label: 'shell:rail.protection',
      icon: IconShieldLock,
      path: 'protection',
      permission: 'privacy.manage',
      at: 'end',
    },
    {
      id: 'activity',
      label: 'shell:rail.privacy',
      icon: IconHistory,
      path: 'activity',
      permission: 'trail.read',
      at: 'end',
    },
  ],
}
