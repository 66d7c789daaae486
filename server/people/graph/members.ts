import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { currentPerson, linksOf } from '../reading.ts'

const LINKS_MAX = 500

/** Everyone who is the same as a person, and which links say so of their identities. */
export async function readMembers(tx: WorkspaceTransaction, personId: string) {
  const current = await currentPerson(tx, personId)
  if (!current) throw new NotFound('person-unknown')
  const rows = await tx.sql
    .selectFrom('person')
    .select(['person_id', 'created_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('current_id', '=', current)
    .orderBy('person_id')
    .execute()
  const links = await linksOf(tx, { personId: current }, LINKS_MAX)
  return {
    personId: current,
    members: rows.map((row) => ({ personId: row.person_id, createdAt: row.created_at })),
    links: links.filter(({ holds, shared, withdrawn }) => holds || (shared && !withdrawn)),
  }
}
