import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'

export type OperationKind = 'begin' | 'link' | 'cut' | 'move' | 'split' | 'merge' | 'field'

export interface Operation {
  operationId: string
  kind: OperationKind
  /** Among all operations of the workspace; a whole number as text. */
  position: string
  at: Date
  actor: Actor
}

export interface NewOperation {
  kind: OperationKind
  /** In whose history it stands. */
  personIds: readonly string[]
}

/**
 * Opens an act on the graph: the rows that it writes carry its id and position, and are withdrawn together. The caller
 * holds what it touches (lock.ts) before, so that positions on one author follow the order in which acts happened.
 */
export async function beginOperation(
  tx: WorkspaceTransaction,
  kind: OperationKind,
  personIds: readonly string[],
  at: Date,
  actor: Actor = tx.actor,
): Promise<Operation> {
  const [operation] = await beginOperations(tx, [{ kind, personIds }], at, actor)
  return operation as Operation
}

/** Several acts, in the order given. */
export async function beginOperations(
  tx: WorkspaceTransaction,
  given: readonly NewOperation[],
  at: Date,
  actor: Actor = tx.actor,
): Promise<Operation[]> {
  const opened = given.map(({ kind, personIds }) => ({ kind, personIds: new Set(personIds), operationId: newId() }))
  const concerned = opened.flatMap(({ personIds, operationId }) =>
    [...personIds].map((personId) => ({ personId, operationId })),
  )
  const { rows } = await sql<{ operation_id: string; position: string }>`
    with operation as (
      insert into graph_operation (workspace_id, operation_id, kind, done_at, done_by_kind, done_by)
      select ${tx.workspaceId}, g.operation_id, g.kind, ${at}, ${actor.kind}, ${actor.id}::uuid
      from unnest(${opened.map((one) => one.operationId)}::uuid[], ${opened.map((one) => one.kind)}::text[])
        with ordinality as g(operation_id, kind, place) order by g.place
      returning operation_id, position),
    concerned as (
      insert into graph_operation_person (workspace_id, person_id, operation_id)
      select ${tx.workspaceId}, g.person_id, g.operation_id
      from unnest(${concerned.map((one) => one.personId)}::uuid[], ${concerned.map((one) => one.operationId)}::uuid[])
        as g(person_id, operation_id))
    select operation_id, position from operation`.execute(tx.sql)
  const positions = new Map(rows.map((row) => [row.operation_id, row.position]))
  return opened.map(({ operationId, kind }) => {
    const position = positions.get(operationId)
    if (position === undefined) throw new Error('an operation was written without a position')
    return { operationId, kind, position, at, actor }
  })
}
