import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { type Actor, SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { currentLink, lockAuthor, type NewLink, writeLink } from './links.ts'
import { nameKey } from './name-keys.ts'

const NAME_CHARACTERS_MAX = 200

export interface Beginning {
  authorId: string
  because: 'wrote-to-us' | 'answered' | 'agent' | 'imported'
  reason: string
  /** Absent: the name of the account. */
  name?: string
  evidence: Record<string, string>
  legalBasis: NewLink['legalBasis']
}

/** An agent begins a person from an account, for a reason. Refused while the account belongs to somebody. */
export async function beginPerson(
  tx: WorkspaceTransaction,
  beginning: Beginning,
  at: Date,
): Promise<{ personId: string; linkId: string }> {
  const author = await lockAuthor(tx, beginning.authorId)
  const current = await currentLink(tx, beginning.authorId)
  if (current) throw new Conflict('author-linked', { linkId: current.link_id, personId: current.person_id })
  return writePerson(tx, beginning, author.name, at, tx.actor)
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
  const current = await currentLink(tx, authorId)
  if (current) return current.person_id
  const author = await lockAuthor(tx, authorId).catch(() => null)
  if (!author) return null
  // Looked at again under the lock: somebody may have been faster.
  const faster = await currentLink(tx, authorId)
  if (faster) return faster.person_id
  const beginning = {
    authorId,
    because,
    reason: '',
    evidence: { post: postId },
    legalBasis: 'legitimate-interest',
  } as const
  return (await writePerson(tx, beginning, author.name, at, SYSTEM)).personId
}

async function writePerson(
  tx: WorkspaceTransaction,
  beginning: Beginning,
  accountName: string,
  at: Date,
  actor: Actor,
): Promise<{ personId: string; linkId: string }> {
  const personId = newId()
  const name = (beginning.name ?? accountName).slice(0, NAME_CHARACTERS_MAX)
  await tx.sql
    .insertInto('person')
    .values({
      workspace_id: tx.workspaceId,
      person_id: personId,
      current_id: personId,
      name,
      name_key: keyOf(name),
      began_because: beginning.because,
      reason: beginning.reason,
      created_at: at,
      created_by_kind: actor.kind,
      created_by: actor.id,
    })
    .execute()
  tx.record({
    type: 'person.begun',
    subjects: { person: personId, author: beginning.authorId },
    codes: { because: beginning.because },
    actor,
    ...(beginning.reason === '' ? {} : { content: { reason: beginning.reason } }),
  })
  const method =
    beginning.because === 'agent' ? 'agent-confirmed' : beginning.because === 'imported' ? 'imported' : 'wrote-to-us'
  const { authorId, evidence, legalBasis } = beginning
  const linkId = await writeLink(tx, { personId, authorId, method, evidence, legalBasis }, at, actor)
  return { personId, linkId }
}

export interface PersonChange {
  name?: string | undefined
  language?: string | null | undefined
  note?: string | undefined
}

export async function updatePerson(tx: WorkspaceTransaction, personId: string, change: PersonChange): Promise<void> {
  const { name, language, note } = change
  const set = {
    ...(name === undefined ? {} : { name, name_key: keyOf(name) }),
    ...(language === undefined ? {} : { language }),
    ...(note === undefined ? {} : { note }),
  }
  if (Object.keys(set).length === 0) return
  const result = await tx.sql
    .updateTable('person')
    .set(set)
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw new NotFound('person-unknown')
  tx.record({
    type: 'person.changed',
    subjects: { person: personId },
    codes: {
      fields: Object.keys(change)
        .filter((field) => change[field as keyof PersonChange] !== undefined)
        .join(','),
    },
  })
}

/** A name of emoji alone has no words; it is found by itself then. */
const keyOf = (name: string): string => nameKey(name) ?? name.trim().toLowerCase()
