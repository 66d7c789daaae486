import { type Selectable, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { authorBriefSchema, linkSchema, personBriefSchema } from '../../contract/people.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Author, Person, PersonLink } from '../platform/database-types.generated.ts'
import type { Actor } from '../platform/events.ts'

/** What every screen shows of accounts, persons and links; other modules load them here instead of joining by hand. */
export type AuthorBrief = z.infer<typeof authorBriefSchema>
export type PersonBrief = z.infer<typeof personBriefSchema>
export type Link = z.infer<typeof linkSchema>

export const AUTHOR_BRIEF_COLUMNS = [
  'author.author_id',
  'author.network',
  'author.handle',
  'author.name',
  'author.avatar_url',
  'author.own',
  'author.state',
  'author.kind',
  'author.network_id',
] as const

export type BriefRow = Pick<
  Selectable<Author>,
  'author_id' | 'network' | 'handle' | 'name' | 'avatar_url' | 'own' | 'state'
> &
  Partial<Pick<Selectable<Author>, 'kind' | 'network_id'>>

/** A contact point is called by what it is: the address, the number. */
export const toAuthorBrief = (row: BriefRow): AuthorBrief => ({
  authorId: row.author_id,
  network: row.network,
  handle: row.handle,
  // A mail address, a phone number is called by itself.
  name: row.name ?? (row.kind === undefined || row.kind === 'account' ? null : (row.network_id ?? null)),
  avatarUrl: row.avatar_url,
  own: row.own,
  state: row.state,
})

export async function authorBriefs(tx: WorkspaceTransaction, authorIds: string[]): Promise<Map<string, AuthorBrief>> {
  if (authorIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('author')
    .select(AUTHOR_BRIEF_COLUMNS)
    .where('workspace_id', '=', tx.workspaceId)
    .where(isAnyOf('author_id', authorIds))
    .execute()
  return new Map(rows.map((row) => [row.author_id, toAuthorBrief(row)]))
}

/** The person each author belongs to now; authors without one are absent. */
export async function personsOfAuthors(
  tx: WorkspaceTransaction,
  authorIds: string[],
): Promise<Map<string, PersonBrief>> {
  if (authorIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('author')
    .innerJoin('person', (join) =>
      join.onRef('person.workspace_id', '=', 'author.workspace_id').onRef('person.person_id', '=', 'author.person_id'),
    )
    .select(['author.author_id', 'person.person_id', 'person.name'])
    .where('author.workspace_id', '=', tx.workspaceId)
    .where(isAnyOf('author.author_id', authorIds))
    .execute()
  return new Map(rows.map((row) => [row.author_id, { personId: row.person_id, name: row.name }]))
}

/** Whom a person is now: the representative of everyone who is the same. Null: unknown, or erased. */
export async function currentPerson(tx: WorkspaceTransaction, personId: string): Promise<string | null> {
  const row = await tx.sql
    .selectFrom('person')
    .select('current_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  return row?.current_id ?? null
}

/** Everyone who is the same as a person now, the person included: on each of them something may be written. */
export async function membersOf(tx: WorkspaceTransaction, personId: string): Promise<string[]> {
  const current = await currentPerson(tx, personId)
  if (!current) return []
  const rows = await tx.sql
    .selectFrom('person')
    .select('person_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('current_id', '=', current)
    .orderBy('person_id')
    .execute()
  return rows.map((row) => row.person_id)
}

/** Authors that belong to a person now, whichever of its merged persons is named. Served by author_person. */
export async function authorsOfPerson(tx: WorkspaceTransaction, personId: string): Promise<string[]> {
  const rows = await tx.sql
    .selectFrom('author')
    .select('author_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', (await currentPerson(tx, personId)) ?? personId)
    .orderBy('author_id')
    .limit(AUTHORS_MAX)
    .execute()
  return rows.map((row) => row.author_id)
}
const AUTHORS_MAX = 500

/**
 * Links of an author or a person, newest first, withdrawn ones included; of a person those that were not withdrawn come
 * first. One that holds says whose the identity is now (person_link_stack); another may have been laid over one that was
 * not withdrawn.
 */
export async function linksOf(
  tx: WorkspaceTransaction,
  of: { authorId: string } | { personId: string },
  limit: number,
): Promise<Link[]> {
  const [column, value] =
    'authorId' in of
      ? (['author_id', of.authorId] as const)
      : (['person_id', (await currentPerson(tx, of.personId)) ?? of.personId] as const)
  const rows = await tx.sql
    .selectFrom('person_link')
    .innerJoin('person', (join) =>
      join
        .onRef('person.workspace_id', '=', 'person_link.workspace_id')
        .onRef('person.person_id', '=', 'person_link.person_id'),
    )
    .innerJoin('author', (join) =>
      join
        .onRef('author.workspace_id', '=', 'person_link.workspace_id')
        .onRef('author.author_id', '=', 'person_link.author_id'),
    )
    .selectAll('person_link')
    .select(AUTHOR_BRIEF_COLUMNS)
    .select(['person.person_id as linked_person_id', 'person.name as person_name'])
    .select(
      sql<boolean>`person_link.link_id = (select top.link_id from person_link top
        where top.workspace_id = ${tx.workspaceId} and top.author_id = person_link.author_id
          and top.withdrawn_at is null and not top.shared order by top.position desc limit 1)`.as('holds'),
    )
    .where('person_link.workspace_id', '=', tx.workspaceId)
    .where(column === 'author_id' ? 'person_link.author_id' : 'person.current_id', '=', value)
    // What was erased is nobody's, whatever was undone since; acts that concerned it stand in the history.
    .$if(column === 'person_id', (query) => query.where('author.erased_at', 'is', null))
    // Whatever ended never hides what holds.
    .$if(column === 'person_id', (query) => query.orderBy(sql`person_link.withdrawn_at is not null`))
    .orderBy('person_link.linked_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toLink)
}

interface LinkedPerson {
  linked_person_id: string
  person_name: Selectable<Person>['name']
  holds: boolean | null
}

function toLink(row: Selectable<PersonLink> & BriefRow & LinkedPerson): Link {
  return {
    linkId: row.link_id,
    person: { personId: row.linked_person_id, name: row.person_name },
    author: toAuthorBrief(row),
    method: row.method,
    evidence: row.evidence as Link['evidence'],
    legalBasis: row.legal_basis,
    holds: row.holds ?? false,
    shared: row.shared,
    operationId: row.operation_id,
    linkedAt: row.linked_at,
    linkedBy: { kind: row.linked_by_kind as Actor['kind'], id: row.linked_by },
    withdrawn: row.withdrawn_at && {
      at: row.withdrawn_at,
      by: { kind: row.withdrawn_by_kind as Actor['kind'], id: row.withdrawn_by },
      because: row.withdrawn_because ?? '',
    },
  }
}

/** Periods of handles over several authors, newest first; `seenUntil` null: the present one. */
export async function handlesOf(tx: WorkspaceTransaction, authorIds: string[]) {
  const rows = await tx.sql
    .selectFrom('author_handle')
    .select(['author_id', 'handle', 'name', 'seen_from', 'seen_until'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(isAnyOf('author_id', authorIds))
    .orderBy('seen_until', (order) => order.desc().nullsFirst())
    .orderBy('seen_from', 'desc')
    .limit(HANDLES_MAX)
    .execute()
  return rows.map((row) => ({
    authorId: row.author_id,
    handle: row.handle,
    name: row.name,
    seenFrom: row.seen_from,
    seenUntil: row.seen_until,
  }))
}
const HANDLES_MAX = 200

const isAnyOf = (column: string, ids: string[]) => sql<SqlBool>`${sql.ref(column)} = any(${ids}::uuid[])`
