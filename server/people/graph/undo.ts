import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { withdrawRows } from './ledger.ts'
import { holdGraph } from './lock.ts'
import type { OperationKind } from './operations.ts'
import { settle } from './standing.ts'

export interface Undone {
  operationId: string
  kind: OperationKind
  /** Everyone whom it concerned, as they are now. */
  personIds: string[]
}

/**
 * Takes an act back, whenever it was and whatever came after: its rows are withdrawn, and what the others say stands. A
 * person who began by it stays, without the identity, because something may be written on them.
 */
export async function undoOperation(
  tx: WorkspaceTransaction,
  operationId: string,
  because: string,
  at: Date,
  actor: Actor = tx.actor,
): Promise<Undone> {
  const touched = await touchedBy(tx, operationId)
  const held = await holdGraph(tx, touched)
  const operation = await tx.sql
    .selectFrom('graph_operation')
    .select(['kind', 'undone_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('operation_id', '=', operationId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!operation) throw new NotFound('operation-unknown')
  if (operation.undone_at) throw new Conflict('operation-undone')
  await withdrawRows(tx, operationId, because, at, actor)
  await markUndone(tx, operationId, because, at, actor)
  await settle(tx, held)
  tx.record({
    type: 'operation.undone',
    subjects: { operation: operationId, persons: touched.personIds, authors: touched.authorIds },
    codes: { kind: operation.kind },
    actor,
    content: { because },
  })
  return { operationId, kind: operation.kind, personIds: await currentOf(tx, touched.personIds) }
}

/** Withdraws one link of an act; with the last of its rows the whole act is undone. */
export async function withdrawLink(tx: WorkspaceTransaction, linkId: string, because: string, at: Date): Promise<void> {
  const find = tx.sql
    .selectFrom('person_link')
    .select(['operation_id', 'author_id', 'person_id', 'withdrawn_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', linkId)
  const link = await find.executeTakeFirst()
  if (!link) throw new NotFound('link-unknown')
  const held = await holdGraph(tx, { authorIds: [link.author_id], personIds: link.person_id ? [link.person_id] : [] })
  if ((await find.executeTakeFirst())?.withdrawn_at) throw new Conflict('link-withdrawn')
  const { actor } = tx
  await sql`
    update person_link set withdrawn_at = ${at}, withdrawn_by_kind = ${actor.kind}, withdrawn_by = ${actor.id},
      withdrawn_because = ${because}
    where workspace_id = ${tx.workspaceId} and link_id = ${linkId}`.execute(tx.sql)
  if (!(await standsStill(tx, link.operation_id))) await markUndone(tx, link.operation_id, because, at, actor)
  await settle(tx, held)
  tx.record({
    type: 'link.withdrawn',
    subjects: {
      link: linkId,
      author: link.author_id,
      operation: link.operation_id,
      ...(link.person_id ? { person: link.person_id } : {}),
    },
    content: { because },
  })
}

/** Persons and identities in the rows of an act. */
export async function touchedBy(
  tx: WorkspaceTransaction,
  operationId: string,
): Promise<{ personIds: string[]; authorIds: string[] }> {
  const { rows } = await sql<{ person_id: string | null; author_id: string | null }>`
    select person_id, author_id from person_link where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}
    union all select unnest(array[person_id, same_as]), null from person_merge
      where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}
    union all select person_id, null from person_override
      where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}
    union all select person_id, null from graph_operation_person
      where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}`.execute(tx.sql)
  const ids = (column: 'person_id' | 'author_id') => [...new Set(rows.flatMap((row) => row[column] ?? []))]
  return { personIds: ids('person_id'), authorIds: ids('author_id') }
}

async function markUndone(tx: WorkspaceTransaction, operationId: string, because: string, at: Date, actor: Actor) {
  await tx.sql
    .updateTable('graph_operation')
    .set({ undone_at: at, undone_by_kind: actor.kind, undone_by: actor.id, undone_because: because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('operation_id', '=', operationId)
    .execute()
}

async function standsStill(tx: WorkspaceTransaction, operationId: string): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean }>`
    select exists (select from person_link where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}
        and withdrawn_at is null)
      or exists (select from person_merge where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}
        and withdrawn_at is null)
      or exists (select from person_override where workspace_id = ${tx.workspaceId} and operation_id = ${operationId}
        and withdrawn_at is null) as stands`.execute(tx.sql)
  return rows[0]?.stands ?? false
}

async function currentOf(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ current_id: string }>`
    select distinct current_id from person
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) order by 1`.execute(tx.sql)
  return rows.map((row) => row.current_id)
}
