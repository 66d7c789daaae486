import type { Permission, Role } from '../../../contract/permissions.ts'
import type { WorkspaceContext } from '../../platform/procedures.ts'
import { permissionsAt, permissionsEverywhere } from '../../platform/reach.ts'

/** Whoever gives roles, and what they may give: nobody gives what they do not have there themselves. */
export interface Giver {
  memberId: string | null
  /** For a key whoever made it: what is closed to somebody is not opened by their key. */
  answerableId: string | null
  role: Role | null
  /** In the workspace: who has more is out of their hands. */
  permissions: ReadonlySet<Permission>
  /** In the workspace and at every source: a role in the workspace holds at those too that are closed to its giver. */
  everywhere: ReadonlySet<Permission>
  at(sourceId: string): ReadonlySet<Permission>
}

export const giver = ({
  memberId,
  answerableMemberId,
  role,
  permissions,
  actor: { reach },
}: WorkspaceContext['me']): Giver => ({
  memberId,
  answerableId: answerableMemberId ?? memberId,
  role,
  permissions: reach?.inWorkspace ?? permissions,
  everywhere: reach ? permissionsEverywhere(reach) : permissions,
  at: (sourceId) => (reach ? permissionsAt(reach, sourceId) : permissions),
})
