import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'

/** An identity as an act finds it, its row locked. */
export interface Identity {
  authorId: string
  stable: boolean
  /** Whose it is now: a current person. */
  personId: string | null
  /** The topmost link that stands; of null person: it was cut off. */
  top: { linkId: string; operationId: string; personId: string | null; method: string } | null
}

/** Our own accounts are nobody's, and what was erased stays so. */
export async function readIdentity(tx: WorkspaceTransaction, authorId: string): Promise<Identity> {
  const { rows } = await sql<{
    own: boolean
    stable: boolean
    erased_at: Date | null
    person_id: string | null
    link_id: string | null
    operation_id: string
    linked_person_id: string | null
    method: string
  }>`
    select a.own, a.stable, a.erased_at, a.person_id, l.link_id, l.operation_id, l.person_id as linked_person_id, l.method
    from author a left join lateral (
      select link_id, operation_id, person_id, method from person_link
      where workspace_id = a.workspace_id and author_id = a.author_id and withdrawn_at is null and not shared
      order by position desc limit 1) l on true
    where a.workspace_id = ${tx.workspaceId} and a.author_id = ${authorId}`.execute(tx.sql)
  const row = rows[0]
  if (!row) throw new NotFound('author-unknown')
  if (row.own) throw new Invalid('author-is-ours')
  if (row.erased_at) throw new Conflict('author-erased')
  const { link_id: linkId, operation_id: operationId, linked_person_id: personId, method } = row
  return {
    authorId,
    stable: row.stable,
    personId: row.person_id,
    top: linkId === null ? null : { linkId, operationId, personId, method },
  }
}

/** The current person of each that is named; refuses who is unknown or erased. */
export async function requirePersons(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ person_id: string; current_id: string; erased_at: Date | null }>`
    select person_id, current_id, erased_at from person
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(tx.sql)
  return personIds.map((personId) => {
    const row = rows.find((found) => found.person_id === personId)
    if (!row) throw new NotFound('person-unknown')
    if (row.erased_at) throw new Conflict('person-erased')
    return row.current_id
  })
}

/** Nobody's page, timeline or preview has to be read in pieces because of one person. */
const IDENTITIES_MAX = 500
const MEMBERS_MAX = 200

export async function requireRoom(tx: WorkspaceTransaction, personIds: readonly string[], more = 0): Promise<void> {
  const { rows } = await sql<{ identities: number; members: number }>`
    select (select count(*)::int from author
        where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])) as identities,
      (select count(*)::int from person
        where workspace_id = ${tx.workspaceId} and current_id = any(${personIds}::uuid[])) as members`.execute(tx.sql)
  const { identities = 0, members = 0 } = rows[0] ?? {}
  if (identities + more > IDENTITIES_MAX || members > MEMBERS_MAX)
    throw new Conflict('person-too-large', { identitiesMax: IDENTITIES_MAX, membersMax: MEMBERS_MAX })
}
