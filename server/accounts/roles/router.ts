import { roles as contract } from '../../../contract/accounts-roles.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { assignedFrom } from './assigned-role.ts'
import { giver } from './giver.ts'
import { createRole, listRoles, removeRole, updateRole } from './roles.ts'
import { listSourceRoles, setSourceRole } from './source-roles.ts'

const roles = implementer<WorkspaceContext>()(contract)

export const rolesRouter = {
  list: roles.list.handler(async ({ context: { tx } }) => ({ items: await listRoles(tx) })),
  create: roles.create.handler(async ({ input, context: { tx, me } }) => ({
    roleId: await createRole(tx, giver(me).permissions, input),
  })),
  update: roles.update.handler(async ({ input: { roleId, version, ...change }, context: { tx, me } }) => ({
    version: await updateRole(tx, giver(me), roleId, version, change),
  })),
  remove: roles.remove.handler(async ({ input: { roleId, version, toRole, toRoleId }, context: { tx, me } }) => {
    const to = assignedFrom({ role: toRole, roleId: toRoleId })
    await removeRole(tx, giver(me), roleId, version, to)
    return {}
  }),
  sourceRoles: roles.sourceRoles.handler(async ({ input, context: { tx } }) => ({
    items: await listSourceRoles(tx, input.memberId),
  })),
  setSourceRole: roles.setSourceRole.handler(async ({ input: { role, roleId, ...key }, context: { tx, me } }) => {
    await setSourceRole(tx, giver(me), key, roleId ? { roleId } : (role ?? null))
    return {}
  }),
}
