import type { z } from 'zod'
import type { linkSchema } from '../../contract/people.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import type { Actor } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { beginOperation } from './graph/operations.ts'
import { placeAuthors } from './graph/standing.ts'

type Link = z.infer<typeof linkSchema>

export interface NewLink {
  personId: string
  authorId: string
  method: Link['method']
  /** What speaks for it: ids, or a sentence of whoever linked. */
  evidence: Record<string, string>
  legalBasis: Link['legalBasis']
}

/**
 * Ties an author to a person. An author has at most one link that is not withdrawn; the author's row is locked, so that
 * two who link at once get one link and one refusal.
 */
export async function linkAuthor(tx: WorkspaceTransaction, link: NewLink, at: Date): Promise<string> {
  await lockAuthor(tx, link.authorId)
  await requirePerson(tx, link.personId)
  const current = await currentLink(tx, link.authorId)
  if (current) throw new Conflict('author-linked', { linkId: current.link_id, personId: current.person_id })
  return writeLink(tx, link, at)
}

/** The caller holds the author's lock and knows that it has no link. */
export async function writeLink(
  tx: WorkspaceTransaction,
  link: NewLink,
  at: Date,
  actor: Actor = tx.actor,
): Promise<string> {
  const linkId = newId()
  const operation = await beginOperation(tx, 'link', [link.personId], at, actor)
  await tx.sql
    .insertInto('person_link')
    .values({
      workspace_id: tx.workspaceId,
      link_id: linkId,
      operation_id: operation.operationId,
      position: operation.position,
      person_id: link.personId,
      author_id: link.authorId,
      method: link.method,
      evidence: JSON.stringify(link.evidence),
      legal_basis: link.legalBasis,
      linked_at: at,
      linked_by_kind: actor.kind,
      linked_by: actor.id,
    })
    .execute()
  await placeAuthors(tx, [link.authorId])
  tx.record({
    type: 'link.made',
    subjects: { link: linkId, person: link.personId, author: link.authorId },
    codes: { method: link.method, legalBasis: link.legalBasis },
    actor,
  })
  return linkId
}

/** Ends a link. Nothing is deleted: history shows it with the reason. */
export async function withdrawLink(tx: WorkspaceTransaction, linkId: string, because: string, at: Date): Promise<void> {
  const withdrawn = await tx.sql
    .updateTable('person_link')
    .set({ withdrawn_at: at, withdrawn_by_kind: tx.actor.kind, withdrawn_by: tx.actor.id, withdrawn_because: because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', linkId)
    .where('withdrawn_at', 'is', null)
    .returning(['person_id', 'author_id'])
    .executeTakeFirst()
  if (!withdrawn) throw await whyNotWithdrawn(tx, linkId)
  await placeAuthors(tx, [withdrawn.author_id])
  tx.record({
    type: 'link.withdrawn',
    subjects: {
      link: linkId,
      author: withdrawn.author_id,
      ...(withdrawn.person_id ? { person: withdrawn.person_id } : {}),
    },
    content: { because },
  })
}

async function whyNotWithdrawn(tx: WorkspaceTransaction, linkId: string): Promise<Error> {
  const known = await tx.sql
    .selectFrom('person_link')
    .select('link_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', linkId)
    .executeTakeFirst()
  return known ? new Conflict('link-withdrawn') : new NotFound('link-unknown')
}

/** Also refuses our own accounts: they are nobody's. */
export async function lockAuthor(tx: WorkspaceTransaction, authorId: string): Promise<{ name: string }> {
  const author = await tx.sql
    .selectFrom('author')
    .select(['own', 'name', 'handle', 'network_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .forUpdate()
    .executeTakeFirst()
  if (!author) throw new NotFound('author-unknown')
  if (author.own) throw new Invalid('author-is-ours')
  return { name: author.name || author.handle || author.network_id }
}

/** What decides now to whom an author belongs, and the person that it leads to. Served by person_link_stack. */
export async function currentLink(
  tx: WorkspaceTransaction,
  authorId: string,
): Promise<{ link_id: string; person_id: string } | undefined> {
  const top = await tx.sql
    .selectFrom('person_link')
    .leftJoin('person', (join) =>
      join
        .onRef('person.workspace_id', '=', 'person_link.workspace_id')
        .onRef('person.person_id', '=', 'person_link.person_id'),
    )
    .select(['person_link.link_id', 'person.current_id'])
    .where('person_link.workspace_id', '=', tx.workspaceId)
    .where('person_link.author_id', '=', authorId)
    .where('person_link.withdrawn_at', 'is', null)
    .where('person_link.shared', '=', false)
    .orderBy('person_link.position', 'desc')
    .limit(1)
    .executeTakeFirst()
  return top?.current_id ? { link_id: top.link_id, person_id: top.current_id } : undefined
}

async function requirePerson(tx: WorkspaceTransaction, personId: string): Promise<void> {
  const person = await tx.sql
    .selectFrom('person')
    .select('person_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (!person) throw new NotFound('person-unknown')
}
