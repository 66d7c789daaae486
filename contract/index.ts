import { accounts } from './accounts.ts'
import { inbox } from './inbox.ts'
import { listening } from './listening.ts'
import { people } from './people.ts'
import { publishing } from './publishing.ts'

/** One entry per module, in the order of server/modules.ts. */
export const contract = { accounts, people, listening, publishing, inbox }

export type Contract = typeof contract
