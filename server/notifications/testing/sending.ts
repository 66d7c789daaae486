import { modules } from '../../modules.ts'
import { registryOf } from '../kinds.ts'
import type { Sending } from '../mailing.ts'

/** With every kind that the product knows, to members who are always at work. */
export const sending = (): Sending => ({
  registry: registryOf(modules.flatMap((module) => module.notifications ?? [])),
  offDuty: async () => new Map(),
})
