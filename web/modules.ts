import { accounts } from './accounts/module.ts'
import { api } from './api/module.ts'
import { columns } from './columns/module.ts'
import { crisis } from './crisis/module.ts'
import { guidelines } from './guidelines/module.ts'
import { health } from './health/module.ts'
import { inbox } from './inbox/module.ts'
import { listening } from './listening/module.ts'
import { measurement } from './measurement/module.ts'
import { notifications } from './notifications/module.ts'
import { people } from './people/module.ts'
import { plan } from './plan/module.ts'
import type { WebModule } from './platform/module.ts'
import { privacy } from './privacy/module.ts'
import { proofs } from './proofs/module.ts'
import { publishing } from './publishing/module.ts'

/** THE ordered list: the order of the rail. Each module also brings its routes to web/router.ts. */
export const modules: WebModule[] = [
  inbox,
  columns,
  notifications,
  listening,
  people,
  publishing,
  measurement,
  crisis,
  guidelines,
  plan,
  privacy,
  proofs,
  health,
  accounts,
  api,
]
