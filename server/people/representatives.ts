import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * Those of these persons who stand for themselves and were not erased, as a table of a query. Each is looked up by its
 * key: asked for all at once, PostgreSQL takes the partial index of such persons by name, because it guesses that hardly
 * any are, and reads all of it (12,000 pages at a million persons).
 */
export const representatives = (tx: WorkspaceTransaction, personIds: readonly string[]): RawBuilder<unknown> => sql`(
  select r.* from unnest(${personIds}::uuid[]) as g(person_id) cross join lateral (
    select * from person where workspace_id = ${tx.workspaceId} and person_id = g.person_id limit 1) r
  where r.current_id = r.person_id and r.erased_at is null)`
