import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { refreshPersons } from '../fields/cached.ts'
import { representatives } from './components.ts'
import type { Held } from './lock.ts'

/**
 * Writes every cache anew for what an act holds, from the rows that are not withdrawn: who is the same as whom, to whom
 * authors belong, what persons are called. The caller holds the locks (lock.ts).
 */
export async function settle(tx: WorkspaceTransaction, held: Held): Promise<void> {
  await regroup(tx, held.personIds)
  await placeAuthors(tx, held.authorIds)
  await refreshPersons(tx, held.personIds)
}

/** `personIds` are whole: everyone who is or was the same as one of them is among them. */
async function regroup(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ personId: string; sameAs: string }>`
    select person_id as "personId", same_as as "sameAs" from person_merge
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) and withdrawn_at is null`.execute(
    tx.sql,
  )
  const current = representatives(personIds, rows)
  await sql`
    update person p set current_id = g.current_id
    from unnest(${[...current.keys()]}::uuid[], ${[...current.values()]}::uuid[]) as g(person_id, current_id)
    where p.workspace_id = ${tx.workspaceId} and p.person_id = g.person_id and p.current_id <> g.current_id`.execute(
    tx.sql,
  )
}

/**
 * The person of the topmost link that is not withdrawn, as merged now (person_link_stack). Who was erased has no accounts
 * and belongs to nobody, whatever the links say.
 */
async function placeAuthors(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<void> {
  await sql`
    update author a set person_id = now.person_id
    from unnest(${authorIds}::uuid[]) as g(author_id)
      left join lateral (
        select p.current_id as person_id from person_link l
          left join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id and p.erased_at is null
        where l.workspace_id = ${tx.workspaceId} and l.author_id = g.author_id and l.withdrawn_at is null and not l.shared
        order by l.position desc limit 1) now on true
    where a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id and a.erased_at is null
      and a.person_id is distinct from now.person_id`.execute(tx.sql)
}
