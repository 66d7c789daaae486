import { accounts } from './accounts.ts'

/** One entry per module, in the order of server/modules.ts. */
export const contract = { accounts }

export type Contract = typeof contract
