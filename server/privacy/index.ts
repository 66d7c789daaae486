import { privacy as contract } from '../../contract/privacy.ts'
import { eraseEventContent } from '../platform/event-log.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { readTrail } from './trail.ts'

const trail = implementer<WorkspaceContext>()(contract.trail)

/** `eventTypes`: every type that the modules above declare, handed down by modules.ts. */
export const privacy = (eventTypes: () => string[]): Module => ({
  name: 'privacy',
  router: {
    trail: {
      list: trail.list.handler(({ input, context: { tx } }) => readTrail(tx, input)),
      erase: trail.erase.handler(async ({ input, context: { tx } }) => ({
        erased: await eraseEventContent(tx, input.eventIds),
      })),
      types: trail.types.handler(async () => ({ types: eventTypes() })),
    },
  },
  eventPermissions: { 'trail.content-erased': 'trail.read' },
})
