import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'

export type OperationKind = 'begin' | 'link' | 'cut' | 'move' | 'split' | 'merge' | 'field'

export interface Operation {
  operationId: string
  /** Among all operations of the workspace; a whole number as text. */
  position: string
  at: Date
  actor: Actor
}

/**
 * Opens an act on the graph: the rows that it writes carry its id and position, and are withdrawn together. The caller
 * holds what it touches (lock.ts) before, so that positions on one author follow the order in which acts happened.
 * `personIds` are those in whose history it stands.
 */
export async function beginOperation(
  tx: WorkspaceTransaction,
  kind: OperationKind,
  personIds: readonly string[],
  at: Date,
  actor: Actor = tx.actor,
): Promise<Operation> {
  const operationId = newId()
  const { rows } = await sql<{ position: string }>`
    with operation as (
      insert into graph_operation (workspace_id, operation_id, kind, done_at, done_by_kind, done_by)
      values (${tx.workspaceId}, ${operationId}, ${kind}, ${at}, ${actor.kind}, ${actor.id}) returning position),
    concerned as (
      insert into graph_operation_person (workspace_id, person_id, operation_id)
      select ${tx.workspaceId}, person_id, ${operationId} from unnest(${[...new Set(personIds)]}::uuid[]) as p(person_id))
    select position from operation`.execute(tx.sql)
  const position = rows[0]?.position
  if (position === undefined) throw new Error('an operation was written without a position')
  return { operationId, position, at, actor }
}
