import { accounts } from './accounts.ts'
import { columns } from './columns.ts'
import { crisis } from './crisis.ts'
import { guidelines } from './guidelines.ts'
import { health } from './health.ts'
import { inbox } from './inbox.ts'
import { listening } from './listening.ts'
import { measurement } from './measurement.ts'
import { notifications } from './notifications.ts'
import { people } from './people.ts'
import { plan } from './plan.ts'
import { privacy } from './privacy.ts'
import { proofs } from './proofs.ts'
import { publishing } from './publishing.ts'
import { systems } from './systems.ts'

/** One entry per module, in the order of server/modules.ts. */
export const contract = {
  accounts,
  guidelines,
  plan,
  notifications,
  people,
  listening,
  publishing,
  inbox,
  columns,
  systems,
  measurement,
  crisis,
  privacy,
  proofs,
  health,
}

export type Contract = typeof contract
