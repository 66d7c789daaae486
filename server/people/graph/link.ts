import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid } from '../../platform/errors.ts'
import { type Identity, readIdentity, requirePersons, requireRoom } from './identities.ts'
import { type Grounds, pushLinks } from './ledger.ts'
import { holdGraph } from './lock.ts'
import { beginOperation } from './operations.ts'
import { settle } from './standing.ts'

export interface NewLink extends Grounds {
  authorId: string
  personId: string
  /** Contact data that several persons share, such as a family's phone: says nothing about whose it is. */
  shared?: boolean | undefined
}

export interface Linked {
  linkId: string
  operationId: string
}

/**
 * Ties an identity to a person. Refused while it belongs to somebody else: moving it, or merging the two, is another act.
 * Said again of the same person by the same method, nothing is written; by another method it is one more piece of evidence.
 */
export async function linkIdentity(tx: WorkspaceTransaction, link: NewLink, at: Date): Promise<Linked> {
  const { authorId, personId, shared = false, actor = tx.actor } = link
  const held = await holdGraph(tx, { personIds: [personId], authorIds: [authorId] })
  const identity = await readIdentity(tx, authorId)
  const [current = ''] = await requirePersons(tx, [personId])
  const same = shared ? await sharedLink(tx, link) : standingLink(identity, link)
  if (same) return same
  if (!shared) refuseStranger(identity, current, link)
  await requireRoom(tx, [current], 1)
  const operation = await beginOperation(tx, 'link', [personId], at, actor)
  const [linkId = ''] = await pushLinks(tx, operation, [{ authorId, personId, shared }], link)
  await settle(tx, held)
  const { operationId } = operation
  tx.record({
    type: 'link.made',
    subjects: { link: linkId, person: personId, author: authorId, operation: operationId },
    codes: { method: link.method, legalBasis: link.legalBasis },
    actor,
  })
  return { linkId, operationId }
}

function refuseStranger({ personId, top, stable }: Identity, current: string, { method }: NewLink): void {
  if (personId && personId !== current) throw new Conflict('author-linked', { linkId: top?.linkId ?? null, personId })
  if (method !== 'suggested') return
  // What somebody cut off is not tied again by an inference, and a name without a stable id is nobody's by itself.
  if (top && top.personId === null) throw new Conflict('author-cut', { linkId: top.linkId })
  if (!stable) throw new Invalid('author-not-stable')
}

/** Of the very person named: where merges alone make it the same one, the link must outlive them. */
const standingLink = ({ top }: Identity, { personId, method }: NewLink): Linked | null =>
  top && top.personId === personId && top.method === method
    ? { linkId: top.linkId, operationId: top.operationId }
    : null

async function sharedLink(tx: WorkspaceTransaction, { authorId, personId }: NewLink): Promise<Linked | null> {
  const row = await tx.sql
    .selectFrom('person_link')
    .select(['link_id', 'operation_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .where('person_id', '=', personId)
    .where('shared', '=', true)
    .where('withdrawn_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row ? { linkId: row.link_id, operationId: row.operation_id } : null
}
