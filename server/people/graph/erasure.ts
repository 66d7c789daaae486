import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { membersOf } from '../reading.ts'
import type { AccountIdentity } from '../suppression.ts'
import { type Held, holdGraph } from './lock.ts'
import { settle } from './standing.ts'

/**
 * Erasure is a barrier that no undo crosses. Rows of the ledger keep their shape, so that history can be followed and
 * other acts undone; what they said, and everything an identity or a person was known by, is gone. The function of the
 * ledger (standing.ts) passes over erased identities and erased persons, so nothing can put them together again.
 */
export interface Erased {
  personIds: string[]
  authorIds: string[]
  /** What they were known by, for the caller to suppress; nowhere else any more. */
  identities: AccountIdentity[]
}

/** One identity, whoever it belonged to. */
export async function eraseAuthorIdentity(tx: WorkspaceTransaction, authorId: string, at: Date): Promise<Erased> {
  const held = await holdGraph(tx, { authorIds: [authorId] })
  const identities = await eraseAuthors(tx, [authorId], at)
  if (identities.length === 0) throw new NotFound('author-unknown')
  await settle(tx, held)
  tx.record({ type: 'identity.erased', subjects: { author: authorId } })
  return { personIds: [], authorIds: [authorId], identities }
}

/** A human being: everyone who is the same now, with all their identities. Who was split off before is somebody else. */
export async function erasePerson(tx: WorkspaceTransaction, personId: string, at: Date): Promise<Erased> {
  const held = await holdGraph(tx, { personIds: [personId] })
  const personIds = await membersOf(tx, personId)
  if (personIds.length === 0) throw new NotFound('person-unknown')
  const { rows } = await sql<{ author_id: string }>`
    select a.author_id from author a join person p on p.workspace_id = a.workspace_id and p.current_id = a.person_id
    where a.workspace_id = ${tx.workspaceId} and p.workspace_id = ${tx.workspaceId} and p.person_id = ${personId}
    order by 1`.execute(tx.sql)
  const authorIds = rows.map((row) => row.author_id)
  const identities = await eraseRows(tx, { personIds, authorIds }, at)
  await settle(tx, held)
  tx.record({ type: 'person.erased', subjects: { person: personId, persons: personIds, authors: authorIds } })
  return { personIds, authorIds, identities }
}

/** The caller holds them (lock.ts), and settles what is left. */
export async function eraseRows(
  tx: WorkspaceTransaction,
  { personIds, authorIds }: Held,
  at: Date,
): Promise<AccountIdentity[]> {
  const identities = await eraseAuthors(tx, authorIds, at)
  await blankPersons(tx, personIds, at)
  return identities
}

/** Leaves empty rows; the id on the network is replaced, so that the account is a new one if it is ever heard again. */
async function eraseAuthors(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  at: Date,
): Promise<AccountIdentity[]> {
  const ids = sql`any(${authorIds}::uuid[])`
  const { rows } = await sql<AccountIdentity>`
    with before as (
      select author_id, network, scope, network_id from author
      where workspace_id = ${tx.workspaceId} and author_id = ${ids} and erased_at is null),
    blanked as (
      update author a set scope = '', network_id = 'erased:' || a.author_id, handle = null, name = null, handle_key = null,
        name_key = null, avatar_url = null, bio = null, url = null, followers = null, stable = false, state = 'gone',
        profile_read_at = ${at}, person_id = null, erased_at = ${at}
      from before b where a.workspace_id = ${tx.workspaceId} and a.author_id = b.author_id)
    select network, scope, network_id as "networkId" from before order by author_id`.execute(tx.sql)
  for (const table of ['author_handle', 'author_past', 'author_field'])
    await sql`delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and author_id = ${ids}`.execute(
      tx.sql,
    )
  await blankLinks(tx, sql`author_id = ${ids}`)
  return rows
}

async function blankPersons(tx: WorkspaceTransaction, personIds: readonly string[], at: Date): Promise<void> {
  const ids = sql`any(${personIds}::uuid[])`
  await sql`
    update person set name = '', name_key = '', language = null, note = '', reason = '', erased_at = ${at}
    where workspace_id = ${tx.workspaceId} and person_id = ${ids}`.execute(tx.sql)
  await sql`delete from person_override where workspace_id = ${tx.workspaceId} and person_id = ${ids}`.execute(tx.sql)
  await sql`
    update person_merge set evidence = '{}', withdrawn_because = case when withdrawn_at is not null then '' end
    where workspace_id = ${tx.workspaceId} and (person_id = ${ids} or same_as = ${ids})`.execute(tx.sql)
  await blankLinks(tx, sql`person_id = ${ids}`)
  await sql`
    update graph_operation o set undone_because = '' from graph_operation_person c
    where c.workspace_id = ${tx.workspaceId} and c.person_id = ${ids} and o.workspace_id = c.workspace_id
      and o.operation_id = c.operation_id and o.undone_because is not null`.execute(tx.sql)
}

/** Evidence and reasons are about the identity as well as about the person. */
async function blankLinks(tx: WorkspaceTransaction, which: RawBuilder<unknown>): Promise<void> {
  await sql`
    with blanked as (
      update person_link set evidence = '{}', withdrawn_because = case when withdrawn_at is not null then '' end
      where workspace_id = ${tx.workspaceId} and ${which} returning operation_id)
    update graph_operation set undone_because = ''
    where workspace_id = ${tx.workspaceId} and undone_because is not null
      and operation_id = any(select operation_id from blanked)`.execute(tx.sql)
}
