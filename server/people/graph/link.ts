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
  const { authorId, shared = false, ...told } = link
  const [linked] = await linkIdentities(tx, { ...told, identities: [{ authorId, shared }] }, at)
  return linked as Linked
}

export interface NewLinks extends Grounds {
  personId: string
  /** Each once. */
  identities: readonly { authorId: string; shared: boolean }[]
}

/** The same of several identities that one record or statement names: one act. Returns links in the order given. */
export async function linkIdentities(tx: WorkspaceTransaction, links: NewLinks, at: Date): Promise<Linked[]> {
  const { personId, identities, actor = tx.actor, ...grounds } = links
  const held = await holdGraph(tx, { personIds: [personId], authorIds: identities.map(({ authorId }) => authorId) })
  const found: { identity: Identity; shared: boolean }[] = []
  for (const { authorId, shared } of identities) found.push({ identity: await readIdentity(tx, authorId), shared })
  const [current = ''] = await requirePersons(tx, [personId])
  const known = new Map<string, Linked>()
  for (const { identity, shared } of found) {
    const { authorId } = identity
    const link = { authorId, personId, shared, ...grounds }
    const same = shared ? await sharedLink(tx, link) : standingLink(identity, link)
    if (same) known.set(authorId, same)
    else if (!shared) refuseStranger(identity, current, link)
  }
  const fresh = identities.filter(({ authorId }) => !known.has(authorId))
  if (fresh.length > 0) {
    await requireRoom(tx, [current], fresh.length)
    const operation = await beginOperation(tx, 'link', [personId], at, actor)
    const { operationId } = operation
    const rows = fresh.map((identity) => ({ ...identity, personId }))
    for (const [index, linkId] of (await pushLinks(tx, operation, rows, grounds)).entries()) {
      const { authorId = '' } = fresh[index] ?? {}
      known.set(authorId, { linkId, operationId })
      tx.record({
        type: 'link.made',
        subjects: { link: linkId, person: personId, author: authorId, operation: operationId },
        codes: { method: grounds.method, legalBasis: grounds.legalBasis },
        actor,
      })
    }
    await settle(tx, held)
  }
  return identities.map(({ authorId }) => known.get(authorId) as Linked)
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
