import { sql } from 'kysely'
import type { z } from 'zod'
import type { linkSchema } from '../../../contract/people-shapes.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Operation } from './operations.ts'

type Link = z.infer<typeof linkSchema>

/** What an act rests on. */
export interface Grounds {
  method: Link['method']
  /** What speaks for it: ids, weights, or a sentence of whoever did it. */
  evidence: Record<string, unknown>
  legalBasis: Link['legalBasis']
  /** Absent: the actor of the transaction. */
  actor?: Actor | undefined
}

export interface LinkRow {
  authorId: string
  /** Null: the author belongs to nobody from now on. */
  personId: string | null
  shared?: boolean
}

/** Lays links on the stacks of authors, the row of each author under lock. Returns their ids in the order given. */
export async function pushLinks(
  tx: WorkspaceTransaction,
  operation: Operation,
  links: readonly LinkRow[],
  grounds: Grounds,
): Promise<string[]> {
  return pushLinksOf(
    tx,
    links.map((link) => ({ ...link, operation, grounds })),
  )
}

/** The same of several acts. */
export async function pushLinksOf(
  tx: WorkspaceTransaction,
  links: readonly (LinkRow & { operation: Operation; grounds: Grounds })[],
): Promise<string[]> {
  const rows = links.map(({ operation, grounds, authorId, personId, shared = false }) => ({
    link_id: newId(),
    operation_id: operation.operationId,
    position: operation.position,
    person_id: personId,
    author_id: authorId,
    shared,
    method: grounds.method,
    evidence: grounds.evidence,
    legal_basis: grounds.legalBasis,
    linked_at: operation.at,
    linked_by_kind: operation.actor.kind,
    linked_by: operation.actor.id,
  }))
  await sql`
    insert into person_link (workspace_id, link_id, operation_id, position, person_id, author_id, shared, method, evidence,
      legal_basis, linked_at, linked_by_kind, linked_by)
    select ${tx.workspaceId}, g.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(link_id uuid,
      operation_id uuid, position bigint, person_id uuid, author_id uuid, shared boolean, method text, evidence jsonb,
      legal_basis text, linked_at timestamptz, linked_by_kind text, linked_by uuid)`.execute(tx.sql)
  return rows.map((row) => row.link_id)
}

/** Takes back every row of an act that still stands. Nothing is deleted: history shows it with the reason. */
export async function withdrawRows(
  tx: WorkspaceTransaction,
  operationId: string,
  because: string,
  at: Date,
  actor: Actor = tx.actor,
): Promise<void> {
  for (const table of ['person_link', 'person_merge', 'person_override'])
    await sql`
      update ${sql.table(table)} set withdrawn_at = ${at}, withdrawn_by_kind = ${actor.kind}, withdrawn_by = ${actor.id},
        withdrawn_because = ${because}
      where workspace_id = ${tx.workspaceId} and operation_id = ${operationId} and withdrawn_at is null`.execute(tx.sql)
}
