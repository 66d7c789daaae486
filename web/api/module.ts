import { IconCode } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

/** Reached from the keys in the settings and from the palette; too rare a place for the rail. */
export const api: WebModule = {
  name: 'api',
  commands: [{ id: 'api', label: 'api:title', icon: IconCode, run: ({ go }) => go('api') }],
}
