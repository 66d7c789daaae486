import { membersWho } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

const STAKEHOLDERS_MAX = 300
const UNIQUE_VIOLATION = '23505'

export interface StakeholderInput {
  memberId: string | null
  name: string | null
  part: string
  needs: string
  decidesOn: string
  speaksAbout: string
}

/** What is planned beside what is allowed: who is to speak and may not shows here, before it shows in a storm. */
export async function listStakeholders(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('stakeholder as s')
    .leftJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 's.workspace_id').onRef('m.member_id', '=', 's.member_id'),
    )
    .selectAll('s')
    .select('m.name as member_name')
    .where('s.workspace_id', '=', tx.workspaceId)
    .orderBy('s.created_at')
    .orderBy('s.stakeholder_id')
    .limit(STAKEHOLDERS_MAX)
    .execute()
  const speakers = new Set(await membersWho(tx, 'answers.speak'))
  return rows.map((row) => ({
    stakeholderId: row.stakeholder_id,
    memberId: row.member_id,
    name: row.member_name ?? row.name ?? '',
    part: row.part,
    needs: row.needs,
    decidesOn: row.decides_on,
    speaksAbout: row.speaks_about,
    maySpeak: row.member_id ? speakers.has(row.member_id) : null,
  }))
}

const columnsOf = (input: StakeholderInput) => ({
  member_id: input.memberId,
  name: input.memberId ? null : input.name,
  part: input.part,
  needs: input.needs,
  decides_on: input.decidesOn,
  speaks_about: input.speaksAbout,
})

/** A member of this workspace, or a name; a member's own name counts. Throws Invalid. */
async function requireSomebody(
  tx: WorkspaceTransaction,
  { memberId, name }: Pick<StakeholderInput, 'memberId' | 'name'>,
): Promise<void> {
  if (!memberId) {
    if (!name) throw new Invalid('stakeholder-nobody')
    return
  }
  const row = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  if (!row) throw new Invalid('member-unknown')
}

const refuseSecond = (error: { code?: string }): never => {
  throw error.code === UNIQUE_VIOLATION ? new Conflict('stakeholder-there') : error
}

export async function createStakeholder(tx: WorkspaceTransaction, input: StakeholderInput): Promise<string> {
  await requireSomebody(tx, input)
  if ((await listStakeholders(tx)).length >= STAKEHOLDERS_MAX)
    throw new Invalid('too-many-stakeholders', { stakeholdersMax: STAKEHOLDERS_MAX })
  const stakeholderId = newId()
  await tx.sql
    .insertInto('stakeholder')
    .values({ workspace_id: tx.workspaceId, stakeholder_id: stakeholderId, ...columnsOf(input) })
    .execute()
    .catch(refuseSecond)
  tx.record({ type: 'stakeholder.created', subjects: { stakeholderId } })
  return stakeholderId
}

export async function changeStakeholder(
  tx: WorkspaceTransaction,
  stakeholderId: string,
  input: StakeholderInput,
): Promise<void> {
  await requireSomebody(tx, input)
  const { numUpdatedRows } = await tx.sql
    .updateTable('stakeholder')
    .set(columnsOf(input))
    .where('workspace_id', '=', tx.workspaceId)
    .where('stakeholder_id', '=', stakeholderId)
    .executeTakeFirst()
    .catch(refuseSecond)
  if (numUpdatedRows === 0n) throw new NotFound('stakeholder-unknown')
  tx.record({ type: 'stakeholder.changed', subjects: { stakeholderId } })
}

export async function removeStakeholder(tx: WorkspaceTransaction, stakeholderId: string): Promise<void> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('stakeholder')
    .where('workspace_id', '=', tx.workspaceId)
    .where('stakeholder_id', '=', stakeholderId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw new NotFound('stakeholder-unknown')
  tx.record({ type: 'stakeholder.removed', subjects: { stakeholderId } })
}
