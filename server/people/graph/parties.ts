import { sql } from 'kysely'
import type { Permission } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { AUTHOR_BRIEF_COLUMNS, type AuthorBrief, toAuthorBrief } from '../reading.ts'
import type { PersonFact } from './facts.ts'

/** A person in a preview: who it is, with which identities, and what comes along. */
export interface Party {
  personId: string
  name: string
  memberIds: string[]
  authors: AuthorBrief[]
  facts: { fact: PersonFact['fact']; count: number }[]
}

export interface Reader {
  permissions: ReadonlySet<Permission>
  facts: readonly PersonFact[]
}

/** Everyone named, as they are now; each current person once, the oldest first. Who was erased is not told of. */
export async function readParties(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
  { permissions, facts }: Reader,
): Promise<Party[]> {
  const { rows } = await sql<{ personId: string; name: string; memberIds: string[] }>`
    select c.person_id as "personId", c.name, array(
      select m.person_id from person m
      where m.workspace_id = c.workspace_id and m.current_id = c.person_id order by 1) as "memberIds"
    from person c where c.workspace_id = ${tx.workspaceId} and c.erased_at is null
      and c.person_id = any(array(select current_id from person
        where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])))
    order by c.person_id`.execute(tx.sql)
  const authors = await tx.sql
    .selectFrom('author')
    .select([...AUTHOR_BRIEF_COLUMNS, 'author.person_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(({ eb, fn, val }) =>
      eb('person_id', '=', fn.any(sql<string[]>`${val(rows.map((row) => row.personId))}::uuid[]`)),
    )
    .orderBy('author_id')
    .execute()
  const parties = rows.map((row) => ({
    ...row,
    authors: authors.filter((author) => author.person_id === row.personId).map(toAuthorBrief),
    facts: [] as Party['facts'],
  }))
  for (const party of parties)
    for (const { fact, allow, count } of facts) {
      if (allow && !permissions.has(allow)) continue
      const authorIds = party.authors.map(({ authorId }) => authorId)
      party.facts.push({ fact, count: await count(tx, { personIds: party.memberIds, authorIds }) })
    }
  return parties
}
