import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { lockAuthors, lockGraph, lockPersons } from '../graph/lock.ts'
import { identitiesChanged, personsChanged } from '../suggestions/due.ts'
import { refreshPersons } from './cached.ts'
import { fieldValue, requireField } from './value.ts'

const SOURCE = /^[a-z0-9][a-z0-9._-]{0,59}$/

/**
 * What a system, a file or the customer ('customer') tells of the holder of an identity; null: it tells it no more. Newer
 * news of the same source replace older ones. Values fall away with the identity's link (rule.ts).
 */
export async function tellFields(
  tx: WorkspaceTransaction,
  authorId: string,
  source: string,
  fields: Readonly<Record<string, string | null>>,
  at: Date,
): Promise<void> {
  if (!SOURCE.test(source)) throw new Invalid('source-invalid')
  const told = Object.keys(fields).map((field) => ({
    field: requireField(field),
    value: fieldValue(field, fields[field] ?? null),
  }))
  if (told.length === 0) return
  await lockGraph(tx)
  await lockAuthors(tx, [authorId])
  const author = await tx.sql
    .selectFrom('author')
    .select(['person_id', 'erased_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .executeTakeFirst()
  if (!author || author.erased_at) throw new NotFound('author-unknown')
  const given = JSON.stringify(told)
  await sql`
    with given as (select * from jsonb_to_recordset(${given}::jsonb) as g(field text, value text)),
    gone as (
      delete from author_field f using given g where f.workspace_id = ${tx.workspaceId} and f.author_id = ${authorId}
        and f.source = ${source} and f.field = g.field and g.value is null and f.told_at <= ${at})
    insert into author_field (workspace_id, author_id, field, source, value, told_at)
    select ${tx.workspaceId}, ${authorId}, g.field, ${source}, g.value, ${at} from given g where g.value is not null
    on conflict (workspace_id, author_id, field, source) do update set value = excluded.value, told_at = excluded.told_at
      where author_field.told_at <= excluded.told_at`.execute(tx.sql)
  await identitiesChanged(tx, [authorId])
  if (!author.person_id) return
  await personsChanged(tx, [author.person_id])
  await lockPersons(tx, [author.person_id])
  await refreshPersons(tx, [author.person_id])
}
