import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

const TEAMS_MAX = 1000

export interface Team {
  teamId: string
  name: string
  memberIds: string[]
}

export async function listTeams(tx: WorkspaceTransaction): Promise<Team[]> {
  const teams = await tx.sql
    .selectFrom('team')
    .select(['team_id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(TEAMS_MAX)
    .execute()
  const members = await tx.sql
    .selectFrom('team_member')
    .select(['team_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return teams.map((team) => ({
    teamId: team.team_id,
    name: team.name,
    memberIds: members.filter((row) => row.team_id === team.team_id).map((row) => row.member_id),
  }))
}

/** Creates the team, or changes what is given. Throws Conflict when the name is taken. */
export async function saveTeam(
  tx: WorkspaceTransaction,
  teamId: string | null,
  change: { name?: string | undefined; memberIds?: string[] | undefined },
): Promise<string> {
  const id = teamId ?? newId()
  if (change.name !== undefined) {
    const taken = await tx.sql
      .selectFrom('team')
      .select('team_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('name', '=', change.name)
      .where('team_id', '!=', id)
      .executeTakeFirst()
    if (taken) throw new Conflict('team-name-taken', { name: change.name })
  }
  if (teamId === null)
    await tx.sql
      .insertInto('team')
      .values({ workspace_id: tx.workspaceId, team_id: id, name: change.name ?? '' })
      .execute()
  else {
    const present = await tx.sql
      .selectFrom('team')
      .select('team_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('team_id', '=', id)
      .executeTakeFirst()
    if (!present) throw new NotFound('team-unknown')
    if (change.name !== undefined)
      await tx.sql
        .updateTable('team')
        .set({ name: change.name })
        .where('workspace_id', '=', tx.workspaceId)
        .where('team_id', '=', id)
        .execute()
  }
  if (change.memberIds) await setTeamMembers(tx, id, change.memberIds)
  tx.record({ type: teamId === null ? 'team.created' : 'team.changed', subjects: { teamId: id } })
  return id
}

/** Who stays in it keeps since when: agreements about the team reach back that far (agreements/analyses.ts). */
async function setTeamMembers(tx: WorkspaceTransaction, teamId: string, memberIds: string[]): Promise<void> {
  await tx.sql
    .deleteFrom('team_member')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', teamId)
    .$if(memberIds.length > 0, (query) => query.where('member_id', 'not in', memberIds))
    .execute()
  const known =
    memberIds.length === 0
      ? []
      : await tx.sql
          .selectFrom('member')
          .select('member_id')
          .where('workspace_id', '=', tx.workspaceId)
          .where('member_id', 'in', memberIds)
          .execute()
  if (known.length === 0) return
  await tx.sql
    .insertInto('team_member')
    .values(known.map((row) => ({ workspace_id: tx.workspaceId, team_id: teamId, member_id: row.member_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function removeTeam(tx: WorkspaceTransaction, teamId: string): Promise<void> {
  const gone = await tx.sql
    .deleteFrom('team')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', teamId)
    .returning('team_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('team-unknown')
  tx.record({ type: 'team.removed', subjects: { teamId } })
}
