import { type RawBuilder, sql } from 'kysely'
import type { ObjectionKind, StatementChannel } from '../../../contract/people-consent.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { placeOf, reachOf, requireSubject, type Subject, subjectIds } from './subjects.ts'

export type Objection = Subject & {
  kind: ObjectionKind
  channel: StatementChannel
  reason: string
  at: Date
}

/** "Do not contact" or "do not profile" (Art. 21), without erasing anything. Objecting twice says it once. Returns its id. */
export async function object(tx: WorkspaceTransaction, objection: Objection): Promise<string> {
  await requireSubject(tx, objection)
  const place = placeOf(objection)
  // Two who write it down at once write one row.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`objection ${place.person_id ?? place.author_id}`}, 0))`.execute(
    tx.sql,
  )
  const standing = await tx.sql
    .selectFrom('objection')
    .select('objection_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where(place.person_id ? 'person_id' : 'author_id', '=', (place.person_id ?? place.author_id) as string)
    .where('kind', '=', objection.kind)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  if (standing) return standing.objection_id
  const objectionId = newId()
  await tx.sql
    .insertInto('objection')
    .values({
      workspace_id: tx.workspaceId,
      objection_id: objectionId,
      ...place,
      kind: objection.kind,
      reason: objection.reason,
      channel: objection.channel,
      objected_at: objection.at,
      recorded_by_kind: tx.actor.kind,
      recorded_by: tx.actor.id,
    })
    .execute()
  tx.record({
    type: 'objection.made',
    subjects: { objection: objectionId, ...subjectIds(objection) },
    codes: { kind: objection.kind, channel: objection.channel },
    ...(objection.reason === '' ? {} : { content: { reason: objection.reason } }),
  })
  return objectionId
}

/** Whoever objected may change their mind; the row stays with the reason. */
export async function liftObjection(
  tx: WorkspaceTransaction,
  { objectionId, reason, at }: { objectionId: string; reason: string; at: Date },
): Promise<void> {
  const row = await tx.sql
    .updateTable('objection')
    .set({ lifted_at: at, lifted_because: reason, lifted_by_kind: tx.actor.kind, lifted_by: tx.actor.id })
    .where('workspace_id', '=', tx.workspaceId)
    .where('objection_id', '=', objectionId)
    .where('lifted_at', 'is', null)
    .returning(['person_id', 'author_id', 'kind'])
    .executeTakeFirst()
  if (!row) throw new NotFound('objection-unknown')
  tx.record({
    type: 'objection.lifted',
    subjects: {
      objection: objectionId,
      ...(row.person_id ? { person: row.person_id } : {}),
      ...(row.author_id ? { author: row.author_id } : {}),
    },
    codes: { kind: row.kind },
    content: { reason },
  })
}

/** Whether we may write to them outside of a conversation that they keep open. Any objection of any member counts. */
export async function mayContact(tx: WorkspaceTransaction, subject: Subject): Promise<boolean> {
  const { personIds, authorIds } = await reachOf(tx, subject)
  const { rows } = await sql`
    select from objection where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])
      and kind = 'contact' and lifted_at is null
    union all
    select from objection where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[])
      and kind = 'contact' and lifted_at is null
    limit 1`.execute(tx.sql)
  return rows.length === 0
}

/**
 * Of these persons the ones who may be scored, suggested and put into segments: nobody who is the same objected. Served
 * by person_current, author_person, objection_person and objection_author.
 */
export async function mayProfile(tx: WorkspaceTransaction, personIds: string[]): Promise<Set<string>> {
  if (personIds.length === 0) return new Set()
  const { rows } = await sql<{ person_id: string }>`
    select g.person_id from unnest(${personIds}::uuid[]) as g(person_id)
      join person p on p.workspace_id = ${tx.workspaceId} and p.person_id = g.person_id and p.erased_at is null
    where not exists (
        select from person m join objection o on o.workspace_id = m.workspace_id and o.person_id = m.person_id
          and o.kind = 'profiling' and o.lifted_at is null
        where m.workspace_id = ${tx.workspaceId} and m.current_id = p.current_id)
      and not exists (
        select from author a join objection o on o.workspace_id = a.workspace_id and o.author_id = a.author_id
          and o.kind = 'profiling' and o.lifted_at is null
        where a.workspace_id = ${tx.workspaceId} and a.person_id = p.current_id)`.execute(tx.sql)
  return new Set(rows.map((row) => row.person_id))
}

/** The same as a condition within a query over identities: `a` stands for one of author. */
export const holderMayBeProfiled = (workspaceId: string): RawBuilder<boolean> => sql<boolean>`(
  not exists (select from objection o where o.workspace_id = ${workspaceId} and o.author_id = a.author_id
    and o.kind = 'profiling' and o.lifted_at is null)
  and (a.person_id is null or (
    exists (select from person p where p.workspace_id = ${workspaceId} and p.person_id = a.person_id and p.erased_at is null)
    and not exists (select from person m join objection o on o.workspace_id = m.workspace_id and o.person_id = m.person_id
        and o.kind = 'profiling' and o.lifted_at is null
      where m.workspace_id = ${workspaceId} and m.current_id = a.person_id)
    and not exists (select from author x join objection o on o.workspace_id = x.workspace_id and o.author_id = x.author_id
        and o.kind = 'profiling' and o.lifted_at is null
      where x.workspace_id = ${workspaceId} and x.person_id = a.person_id))))`

/** Of these identities the ones that may be compared with others: neither they nor their person objected. */
export async function mayProfileAuthors(tx: WorkspaceTransaction, authorIds: string[]): Promise<Set<string>> {
  if (authorIds.length === 0) return new Set()
  const { rows } = await sql<{ author_id: string; person_id: string | null }>`
    select a.author_id, a.person_id from unnest(${authorIds}::uuid[]) as g(author_id)
      join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id
    where not exists (select from objection o where o.workspace_id = a.workspace_id and o.author_id = a.author_id
      and o.kind = 'profiling' and o.lifted_at is null)`.execute(tx.sql)
  const held = rows.flatMap((row) => (row.person_id ? [row.person_id] : []))
  const allowed = await mayProfile(tx, [...new Set(held)])
  return new Set(rows.flatMap((row) => (row.person_id === null || allowed.has(row.person_id) ? [row.author_id] : [])))
}
