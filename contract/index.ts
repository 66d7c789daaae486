import { accounts } from './accounts.ts'
import { health } from './health.ts'
import { inbox } from './inbox.ts'
import { listening } from './listening.ts'
import { measurement } from './measurement.ts'
import { people } from './people.ts'
import { privacy } from './privacy.ts'
import { publishing } from './publishing.ts'

/** One entry per module, in the order of server/modules.ts. */
export const contract = { accounts, people, listening, publishing, inbox, measurement, privacy, health }

export type Contract = typeof contract
