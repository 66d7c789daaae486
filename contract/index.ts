/** One entry per module, in the order of server/modules.ts. */
export const contract = {}

export type Contract = typeof contract
