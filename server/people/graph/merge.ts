import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { requirePersons, requireRoom } from './identities.ts'
import type { Grounds } from './ledger.ts'
import { holdGraph } from './lock.ts'
import { beginOperation, type Operation } from './operations.ts'
import { settle } from './standing.ts'

const MERGED_AT_ONCE_MAX = 50

export interface Merge extends Grounds {
  /** Two or more; whoever of them is merged with others already brings them along. */
  personIds: readonly string[]
}

export interface Merged {
  /** Whom they all are now: the oldest. */
  personId: string
  operationId: string
}

/** Says that persons are the same one. Nothing moves: what was written on each stays there and is read over all. */
export async function mergePersons(tx: WorkspaceTransaction, merge: Merge, at: Date): Promise<Merged> {
  const { actor = tx.actor } = merge
  const personIds = [...new Set(merge.personIds)]
  if (personIds.length < 2 || personIds.length > MERGED_AT_ONCE_MAX)
    throw new Invalid('merge-needs-two', { max: MERGED_AT_ONCE_MAX })
  const held = await holdGraph(tx, { personIds })
  const apart = [...new Set(await requirePersons(tx, personIds))]
  if (apart.length < 2) throw new Conflict('persons-same-already', { personId: apart[0] ?? null })
  await requireRoom(tx, apart)
  const operation = await beginOperation(tx, 'merge', personIds, at, actor)
  await writeMerges(tx, operation, tiesOf(personIds), merge)
  await settle(tx, held)
  const personId = apart.toSorted()[0] as string
  tx.record({
    type: 'persons.merged',
    subjects: { person: personId, persons: personIds, operation: operation.operationId },
    codes: { method: merge.method, legalBasis: merge.legalBasis, count: personIds.length },
    actor,
  })
  return { personId, operationId: operation.operationId }
}

/**
 * Each with the one before, also where other merges tie them already: when those are undone, what this act said still
 * holds for all of them.
 */
const tiesOf = (personIds: readonly string[]): [personId: string, sameAs: string][] =>
  personIds.slice(1).map((personId, index) => [personIds[index] as string, personId])

export async function writeMerges(
  tx: WorkspaceTransaction,
  operation: Operation,
  ties: readonly [string, string][],
  { method, evidence, legalBasis }: Grounds,
): Promise<void> {
  if (method === 'wrote-to-us') throw new Invalid('method-invalid')
  await tx.sql
    .insertInto('person_merge')
    .values(
      ties.map(([person_id, same_as]) => ({
        workspace_id: tx.workspaceId,
        merge_id: newId(),
        operation_id: operation.operationId,
        position: operation.position,
        person_id,
        same_as,
        method,
        evidence: JSON.stringify(evidence),
        legal_basis: legalBasis,
        merged_at: operation.at,
        merged_by_kind: operation.actor.kind,
        merged_by: operation.actor.id,
      })),
    )
    .execute()
}
