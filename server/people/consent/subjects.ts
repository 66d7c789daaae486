import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'

/** On whom a statement is made: a person as it is then, or an identity that may belong to nobody yet. */
export type Subject = { personId: string } | { authorId: string }

/** Where the statement is written. Nothing is ever re-pointed: it stays there through merges and their undos. */
export const placeOf = (subject: Subject): { person_id: string | null; author_id: string | null } =>
  'personId' in subject
    ? { person_id: subject.personId, author_id: null }
    : { person_id: null, author_id: subject.authorId }

/** Ids for an event about it. */
export const subjectIds = (subject: Subject): Record<string, string> =>
  'personId' in subject ? { person: subject.personId } : { author: subject.authorId }

/** Locks nothing: refuses what is not there, is one of our own accounts, or was erased. */
export async function requireSubject(tx: WorkspaceTransaction, subject: Subject): Promise<void> {
  const { rows } =
    'personId' in subject
      ? await sql`select from person where workspace_id = ${tx.workspaceId} and person_id = ${subject.personId}
          and erased_at is null`.execute(tx.sql)
      : await sql`select from author where workspace_id = ${tx.workspaceId} and author_id = ${subject.authorId}
          and not own`.execute(tx.sql)
  if (rows.length === 0) throw new NotFound('personId' in subject ? 'person-unknown' : 'author-unknown')
}

export interface Reach {
  /** Everyone who is the same as the person, the erased ones too. */
  personIds: string[]
  authorIds: string[]
}

/**
 * Over whom a statement counts: all members of the person's component and all its identities. An identity that belongs
 * to nobody stands for itself. Served by person_current and author_person.
 */
export async function reachOf(tx: WorkspaceTransaction, subject: Subject): Promise<Reach> {
  const { rows } = await sql<{ current_id: string | null }>`${
    'personId' in subject
      ? sql`select current_id from person where workspace_id = ${tx.workspaceId} and person_id = ${subject.personId}`
      : sql`select person_id as current_id from author where workspace_id = ${tx.workspaceId}
          and author_id = ${subject.authorId}`
  }`.execute(tx.sql)
  const currentId = rows[0]?.current_id
  if (!currentId) return { personIds: [], authorIds: 'authorId' in subject ? [subject.authorId] : [] }
  const members = await sql<{ id: string }>`select person_id as id from person
    where workspace_id = ${tx.workspaceId} and current_id = ${currentId} order by person_id`.execute(tx.sql)
  const authors = await sql<{ id: string }>`select author_id as id from author
    where workspace_id = ${tx.workspaceId} and person_id = ${currentId} order by author_id`.execute(tx.sql)
  return { personIds: members.rows.map(({ id }) => id), authorIds: authors.rows.map(({ id }) => id) }
}
