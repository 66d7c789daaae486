import type { Permission } from '../../contract/permissions.ts'
import { privacy as contract } from '../../contract/privacy.ts'
import { eraseEventContent } from '../platform/event-log.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { readTrail } from './trail.ts'

const trail = implementer<WorkspaceContext>()(contract.trail)

/** `eventPermissions`: every type that the modules declare, and who may see it, handed down by modules.ts. */
export const privacy = (eventPermissions: () => ReadonlyMap<string, Permission>): Module => ({
  name: 'privacy',
  router: {
    trail: {
      list: trail.list.handler(({ input, context: { tx, me } }) => {
        const permissions = eventPermissions()
        const may = (permission: Permission) => me.permissions.has(permission)
        return readTrail(tx, input, { may, events: (type) => may(permissions.get(type) ?? 'privacy.manage') })
      }),
      erase: trail.erase.handler(async ({ input, context: { tx } }) => ({
        erased: await eraseEventContent(tx, input.eventIds, input.reason),
      })),
      types: trail.types.handler(async () => ({ types: [...eventPermissions().keys()].sort() })),
    },
  },
  eventPermissions: { 'trail.content-erased': 'trail.read' },
})
