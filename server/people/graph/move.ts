import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { readIdentity, requirePersons, requireRoom } from './identities.ts'
import { type Grounds, pushLinks } from './ledger.ts'
import type { Linked } from './link.ts'
import { holdGraph } from './lock.ts'
import { beginOperation } from './operations.ts'
import { settle } from './standing.ts'

export interface Move extends Grounds {
  authorId: string
  /** To whom it belongs from now on. */
  personId: string
}

/** Takes one identity from the person it belongs to and gives it to another. */
export async function moveIdentity(tx: WorkspaceTransaction, move: Move, at: Date): Promise<Linked> {
  const { authorId, personId, actor = tx.actor } = move
  const held = await holdGraph(tx, { personIds: [personId], authorIds: [authorId] })
  const { personId: from } = await readIdentity(tx, authorId)
  const [current = ''] = await requirePersons(tx, [personId])
  if (!from) throw new Conflict('author-unlinked')
  if (from === current) throw new Conflict('author-is-there-already')
  await requireRoom(tx, [current], 1)
  const operation = await beginOperation(tx, 'move', [from, personId], at, actor)
  const [linkId = ''] = await pushLinks(tx, operation, [{ authorId, personId }], move)
  await settle(tx, held)
  const { operationId } = operation
  tx.record({
    type: 'identity.moved',
    subjects: { author: authorId, person: personId, from, operation: operationId },
    codes: { method: move.method, legalBasis: move.legalBasis },
    actor,
  })
  return { linkId, operationId }
}

export interface Cut {
  authorId: string
  reason: string
  actor?: Grounds['actor']
}

/** Says that an identity is not that person's, and nobody else's either. What lies below shows again when this is undone. */
export async function cutIdentity(tx: WorkspaceTransaction, cut: Cut, at: Date): Promise<{ operationId: string }> {
  const { authorId, reason, actor = tx.actor } = cut
  const held = await holdGraph(tx, { authorIds: [authorId] })
  const { personId } = await readIdentity(tx, authorId)
  if (!personId) throw new Conflict('author-unlinked')
  const operation = await beginOperation(tx, 'cut', [personId], at, actor)
  await pushLinks(tx, operation, [{ authorId, personId: null }], {
    method: actor.kind === 'customer' ? 'customer-told' : 'agent-confirmed',
    evidence: { reason },
    legalBasis: 'legitimate-interest',
  })
  await settle(tx, held)
  const { operationId } = operation
  tx.record({
    type: 'identity.cut',
    subjects: { author: authorId, person: personId, operation: operationId },
    actor,
  })
  return { operationId }
}
