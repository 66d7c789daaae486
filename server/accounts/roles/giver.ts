import type { Permission, Role } from '../../../contract/permissions.ts'
import type { WorkspaceContext } from '../../platform/procedures.ts'

/** Whoever gives roles, with what they may give: what they may do everywhere, and not only at some source. */
export const giver = ({
  memberId,
  role,
  permissions,
  actor: { reach },
}: WorkspaceContext['me']): { memberId: string | null; role: Role | null; permissions: ReadonlySet<Permission> } => ({
  memberId,
  role,
  permissions: reach?.inWorkspace ?? permissions,
})
