import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { type Actor, SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { cachedFields } from '../fields/cached.ts'
import { type Candidates, candidatesOfBeginners } from '../fields/candidates.ts'
import type { NamedIdentity } from '../fields/rule.ts'
import { fieldSources } from '../fields/settings.ts'
import { type Grounds, pushLinks } from './ledger.ts'
import { beginOperation } from './operations.ts'
import { writeOverrides } from './overrides.ts'

/** By what the first link is made. */
const METHODS = {
  'wrote-to-us': 'wrote-to-us',
  answered: 'wrote-to-us',
  agent: 'agent-confirmed',
  imported: 'imported',
  proved: 'customer-proved',
} as const

export interface Beginning {
  authorId: string
  because: keyof typeof METHODS
  reason: string
  /** Written over what the account shows. Absent: as the rule says (fields/rule.ts). */
  name?: string | undefined
  evidence: Record<string, unknown>
  legalBasis: Grounds['legalBasis']
  actor?: Actor | undefined
}

export interface Begun {
  personId: string
  linkId: string
  operationId: string
}

/**
 * A person begins with an identity that is nobody's. Needs the identity's row alone: the new person is known to no other
 * transaction, so it waits for no other act on the graph (lock.ts).
 */
export async function beginPersonOf(tx: WorkspaceTransaction, beginning: Beginning, at: Date): Promise<Begun> {
  const author = await lockBeginner(tx, beginning.authorId)
  if (author.erased_at) throw new Conflict('author-erased')
  if (author.person_id) throw new Conflict('author-linked', { personId: author.person_id })
  return writePerson(tx, beginning, author, at)
}

/**
 * A person begins by itself when an account writes to us or is answered; nothing happens when it has one already, or is
 * ours. The post is the evidence. Returns the person of the account, null for our own.
 */
export async function beginByContact(
  tx: WorkspaceTransaction,
  authorId: string,
  because: 'wrote-to-us' | 'answered',
  postId: string,
  at: Date,
): Promise<string | null> {
  const known = await tx.sql
    .selectFrom('author')
    .select(['person_id', 'own', 'erased_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .executeTakeFirst()
  if (!known || known.own || known.erased_at) return null
  if (known.person_id) return known.person_id
  // Looked at again under the lock: somebody may have been faster.
  const author = await lockBeginner(tx, authorId)
  if (author.person_id || author.erased_at) return author.person_id
  const beginning: Beginning = {
    authorId,
    because,
    reason: '',
    evidence: { post: postId },
    legalBasis: 'legitimate-interest',
    actor: SYSTEM,
  }
  return (await writePerson(tx, beginning, author, at)).personId
}

interface Beginner extends NamedIdentity {
  person_id: string | null
  erased_at: Date | null
}

async function lockBeginner(tx: WorkspaceTransaction, authorId: string): Promise<Beginner> {
  const author = await tx.sql
    .selectFrom('author')
    .select(['author_id', 'kind', 'name', 'handle', 'network_id', 'first_heard_at', 'own', 'person_id', 'erased_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!author) throw new NotFound('author-unknown')
  if (author.own) throw new Invalid('author-is-ours')
  return author
}

async function writePerson(
  tx: WorkspaceTransaction,
  { authorId, because, reason, name, evidence, legalBasis, actor = tx.actor }: Beginning,
  author: Beginner,
  at: Date,
): Promise<Begun> {
  const personId = newId()
  const told = await candidatesOfBeginners(tx, [{ ...author, person_id: personId }])
  const candidates = withName(told.get(personId) as Candidates, name, at)
  await tx.sql
    .insertInto('person')
    .values({
      workspace_id: tx.workspaceId,
      person_id: personId,
      current_id: personId,
      ...cachedFields(candidates, await fieldSources(tx)),
      began_because: because,
      reason,
      created_at: at,
      created_by_kind: actor.kind,
      created_by: actor.id,
    })
    .execute()
  const operation = await beginOperation(tx, 'begin', [personId], at, actor)
  const method = METHODS[because]
  const [linkId = ''] = await pushLinks(tx, operation, [{ authorId, personId }], { method, evidence, legalBasis })
  if (name !== undefined) await writeOverrides(tx, operation, personId, { name })
  await sql`
    update author set person_id = ${personId}
    where workspace_id = ${tx.workspaceId} and author_id = ${authorId}`.execute(tx.sql)
  const { operationId } = operation
  tx.record({
    type: 'person.begun',
    subjects: { person: personId, author: authorId, operation: operationId },
    codes: { because },
    actor,
    ...(reason === '' ? {} : { content: { reason } }),
  })
  tx.record({
    type: 'link.made',
    subjects: { link: linkId, person: personId, author: authorId, operation: operationId },
    codes: { method, legalBasis },
    actor,
  })
  return { personId, linkId, operationId }
}

const withName = (candidates: Candidates, name: string | undefined, at: Date): Candidates =>
  name === undefined
    ? candidates
    : candidates.set('name', [
        { origin: 'override', value: name, at, source: null, authorId: null, position: '0' },
        ...(candidates.get('name') ?? []),
      ])
