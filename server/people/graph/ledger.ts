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
  { method, evidence, legalBasis }: Grounds,
): Promise<string[]> {
  const rows = links.map((link) => ({ linkId: newId(), ...link }))
  await tx.sql
    .insertInto('person_link')
    .values(
      rows.map(({ linkId, authorId, personId, shared = false }) => ({
        workspace_id: tx.workspaceId,
        link_id: linkId,
        operation_id: operation.operationId,
        position: operation.position,
        person_id: personId,
        author_id: authorId,
        shared,
        method,
        evidence: JSON.stringify(evidence),
        legal_basis: legalBasis,
        linked_at: operation.at,
        linked_by_kind: operation.actor.kind,
        linked_by: operation.actor.id,
      })),
    )
    .execute()
  return rows.map(({ linkId }) => linkId)
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
