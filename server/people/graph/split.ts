import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { requirePersons } from './identities.ts'
import { type Grounds, pushLinks } from './ledger.ts'
import { holdGraph } from './lock.ts'
import { beginOperation } from './operations.ts'
import { settle } from './standing.ts'

export interface Split extends Grounds {
  personId: string
  /** Identities of that person, not all of them, that are another human being. */
  authorIds: readonly string[]
  reason: string
}

/** Gives some identities of a person to a new one. What was written on the person stays there. */
export async function splitPerson(
  tx: WorkspaceTransaction,
  split: Split,
  at: Date,
): Promise<{ personId: string; operationId: string }> {
  const { personId, reason, actor = tx.actor } = split
  const authorIds = [...new Set(split.authorIds)]
  const held = await holdGraph(tx, { personIds: [personId], authorIds })
  const [current = ''] = await requirePersons(tx, [personId])
  await requirePart(tx, current, authorIds)
  const newPersonId = newId()
  await tx.sql
    .insertInto('person')
    .values({
      workspace_id: tx.workspaceId,
      person_id: newPersonId,
      current_id: newPersonId,
      // Named from its identities when the act is settled.
      name: '',
      name_key: '',
      began_because: 'agent',
      reason,
      created_at: at,
      created_by_kind: actor.kind,
      created_by: actor.id,
    })
    .execute()
  const operation = await beginOperation(tx, 'split', [personId, newPersonId], at, actor)
  await pushLinks(
    tx,
    operation,
    authorIds.map((authorId) => ({ authorId, personId: newPersonId })),
    split,
  )
  await settle(tx, { ...held, personIds: [...held.personIds, newPersonId] })
  tx.record({
    type: 'person.split',
    subjects: {
      person: newPersonId,
      from: personId,
      authors: authorIds,
      operation: operation.operationId,
    },
    codes: { count: authorIds.length },
    actor,
    content: { reason },
  })
  return { personId: newPersonId, operationId: operation.operationId }
}

async function requirePart(tx: WorkspaceTransaction, personId: string, authorIds: readonly string[]): Promise<void> {
  if (authorIds.length === 0) throw new Invalid('split-needs-identities')
  const { rows } = await sql<{ author_id: string }>`
    select author_id from author where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(tx.sql)
  const own = new Set(rows.map((row) => row.author_id))
  if (!authorIds.every((authorId) => own.has(authorId))) throw new Conflict('author-not-of-person')
  if (own.size === authorIds.length) throw new Invalid('split-takes-all')
}
