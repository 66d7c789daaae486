import { accounts } from './accounts.ts'
import { listening } from './listening.ts'
import { people } from './people.ts'

/** One entry per module, in the order of server/modules.ts. */
export const contract = { accounts, people, listening }

export type Contract = typeof contract
