import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { lockAuthors, lockGraph, lockPersons } from '../graph/lock.ts'
import { identitiesChanged, personsChanged } from '../suggestions/due.ts'
import { refreshPersons } from './cached.ts'
import { fieldValue, requireField } from './value.ts'

const SOURCE = /^[a-z0-9][a-z0-9._-]{0,59}$/

export interface Told {
  authorId: string
  /** Null: it is told no more. */
  fields: Readonly<Record<string, string | null>>
}

/**
 * What a system, a file or the customer ('customer') tells of the holder of an identity; null: it tells it no more. Newer
 * news of the same source replace older ones. Values fall away with the identity's link (rule.ts).
 */
export const tellFields = (
  tx: WorkspaceTransaction,
  authorId: string,
  source: string,
  fields: Told['fields'],
  at: Date,
): Promise<void> => tellFieldsOf(tx, [{ authorId, fields }], source, at)

/** The same of several identities, each once. */
export async function tellFieldsOf(
  tx: WorkspaceTransaction,
  told: readonly Told[],
  source: string,
  at: Date,
): Promise<void> {
  if (!SOURCE.test(source)) throw new Invalid('source-invalid')
  const given = told.flatMap(({ authorId, fields }) =>
    Object.entries(fields).map(([field, value]) => ({
      author_id: authorId,
      field: requireField(field),
      value: fieldValue(field, value),
    })),
  )
  if (given.length === 0) return
  await lockGraph(tx)
  const authorIds = [...new Set(given.map(({ author_id }) => author_id))]
  await lockAuthors(tx, authorIds)
  const personIds = await holders(tx, authorIds)
  await forget(
    tx,
    given.filter(({ value }) => value === null),
    source,
    at,
  )
  await sql`
    insert into author_field (workspace_id, author_id, field, source, value, told_at)
    select ${tx.workspaceId}, g.author_id, g.field, ${source}, g.value, ${at}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(author_id uuid, field text, value text)
    where g.value is not null
    on conflict (workspace_id, author_id, field, source) do update set value = excluded.value, told_at = excluded.told_at
      where author_field.told_at <= excluded.told_at`.execute(tx.sql)
  await identitiesChanged(tx, authorIds)
  if (personIds.length === 0) return
  await personsChanged(tx, personIds)
  await lockPersons(tx, personIds)
  await refreshPersons(tx, personIds)
}

async function forget(
  tx: WorkspaceTransaction,
  gone: readonly { author_id: string; field: string }[],
  source: string,
  at: Date,
): Promise<void> {
  if (gone.length === 0) return
  await sql`
    delete from author_field f
    using unnest(${gone.map((one) => one.author_id)}::uuid[], ${gone.map((one) => one.field)}::text[]) as g(author_id, field)
    where f.workspace_id = ${tx.workspaceId} and f.author_id = g.author_id and f.field = g.field and f.source = ${source}
      and f.told_at <= ${at}`.execute(tx.sql)
}

/** The persons to whom they belong now. Refuses when one is not there or was erased. */
async function holders(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ person_id: string | null }>`select person_id from author
    where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and erased_at is null`.execute(
    tx.sql,
  )
  if (rows.length < authorIds.length) throw new NotFound('author-unknown')
  return [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))]
}
