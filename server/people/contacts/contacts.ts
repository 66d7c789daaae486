import type { CONTACT_OUTCOMES } from '../../../contract/people-contacts.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { lockGraph, mergePersons } from '../graph/index.ts'
import { suppressedAmong } from '../suppression.ts'
import type { ContactChange, ContactFault } from './contact-change.ts'
import { type Candidate, type Decision, decide, type InUse } from './decision.ts'
import { judgeIdentities, type KnownIdentity, knownIdentities, type NamedIdentity } from './identities.ts'
import { proposalOf, propose } from './proposals.ts'
import { beginWith, type ContactRecord, joinTo, type Taking, updateWith } from './taking.ts'

export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number]

export interface Taken {
  outcome: ContactOutcome
  /** What was left out, or why it was refused. */
  faults: ContactFault[]
  personId: string | null
  anchor: NamedIdentity | null
  candidates: Candidate[]
}

export interface Source extends Taking {
  inUse: InUse
  secrets: Secrets
}

export interface Judged {
  record: ContactRecord | null
  decision: Decision | null
  faults: ContactFault[]
  /** What a person said of this record when it was proposed. */
  waits: 'waiting' | 'left-out' | null
}

/** Who a record is about and what would come of it. Writes nothing; `overlay` knows rows that were not written. */
export async function judge(
  tx: WorkspaceTransaction,
  change: ContactChange,
  source: Source,
  overlay: (identity: KnownIdentity) => KnownIdentity = (identity) => identity,
): Promise<Judged> {
  const { anchor, others, faults } = await judgeIdentities(tx, change, source.system)
  const refuse = (code: string, params: ContactFault['params'] = {}): Judged => ({
    record: null,
    decision: null,
    waits: null,
    faults: [...faults, { code, params, refuses: true }],
  })
  if (!anchor)
    return change.externalId === null
      ? refuse('no-identity')
      : refuse('number-damaged', { value: change.externalId.slice(0, 60) })
  if ((await suppressedAmong(tx, source.secrets, [anchor, ...others])).size > 0) return refuse('suppressed')
  const known = (await knownIdentities(tx, [anchor, ...others])).map(overlay)
  const [first, ...more] = known as [KnownIdentity, ...KnownIdentity[]]
  if (first.isErased) return refuse('suppressed')
  const waits = await proposalOf(tx, anchor)
  const isRecorded = first.authorId !== null && (await isRecord(tx, first.authorId))
  const record = { change, anchor: first, others: more }
  return { record, decision: decide({ anchor: first, others: more, isRecorded }, source.inUse), faults, waits }
}

async function isRecord(tx: WorkspaceTransaction, authorId: string): Promise<boolean> {
  // What a rehearsal has read, but not written.
  if (authorId.startsWith('row:')) return true
  const row = await tx.sql
    .selectFrom('contact')
    .select('author_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Takes one record in: as a new person, as more about a known one, as a change, or as a proposal for a person to decide. */
export async function takeContact(tx: WorkspaceTransaction, change: ContactChange, source: Source): Promise<Taken> {
  await lockGraph(tx)
  const { record, decision, faults, waits } = await judge(tx, change, source)
  const taken = (outcome: ContactOutcome, personId: string | null = null, candidates: Candidate[] = []): Taken => ({
    outcome,
    faults,
    personId,
    anchor: record?.anchor ?? null,
    candidates,
  })
  if (!record || !decision) return taken('refused')
  if (waits === 'left-out') return taken('left-out')
  if (decision.kind === 'update') {
    const asks = decision.conflicts.length > 0 && source.inUse === 'propose' && (await isUndecided(tx, record))
    if (asks) await propose(tx, record, decision.conflicts, source)
    const isNews = await updateWith(tx, asks ? withoutStrangers(record) : record, source)
    return taken(isNews ? 'changed' : 'unchanged', record.anchor.personId, decision.conflicts)
  }
  if (decision.kind === 'propose' || waits === 'waiting') {
    const candidates = decision.kind === 'propose' ? decision.candidates : []
    await propose(tx, record, candidates, source)
    return taken('possible', null, candidates)
  }
  if (decision.kind === 'join') {
    await joinTo(tx, decision.personId, record, source)
    return taken('joined', decision.personId)
  }
  return taken('begun', await beginWith(tx, record, source))
}

/** What is somebody else's waits for the decision; the rest of the record does not. */
const withoutStrangers = (record: ContactRecord): ContactRecord => ({
  ...record,
  others: record.others.filter(({ personId }) => personId === null || personId === record.anchor.personId),
})

/** A conflict that was decided is not brought up again. */
const isUndecided = async (tx: WorkspaceTransaction, { anchor }: ContactRecord): Promise<boolean> =>
  (await proposalOf(tx, anchor, true)) !== 'decided'

/**
 * What a person decided of a proposal, carried out. Returns whose the record is. Refused when the world moved on while it
 * waited: who is behind it was erased, or its number is none any more.
 */
export async function settleAs(
  tx: WorkspaceTransaction,
  change: ContactChange,
  source: Source,
  decided: { sameAs: string } | { another: true },
): Promise<string> {
  await lockGraph(tx)
  const { record, decision, faults } = await judge(tx, change, { ...source, inUse: 'share' })
  if (!record || !decision)
    throw new Conflict(faults.some(({ code }) => code === 'suppressed') ? 'proposal-suppressed' : 'proposal-unreadable')
  const own = decision.kind === 'update' ? record.anchor.personId : null
  if ('sameAs' in decided) {
    if (!own) {
      await joinTo(tx, decided.sameAs, record, source)
      return decided.sameAs
    }
    if (own === decided.sameAs) return own
    await updateWith(tx, withoutStrangers(record), source)
    const grounds = {
      method: 'agent-confirmed' as const,
      legalBasis: source.legalBasis,
      evidence: { system: source.system },
    }
    return (await mergePersons(tx, { personIds: [own, decided.sameAs], ...grounds }, source.at)).personId
  }
  if (!own) return beginWith(tx, record, source)
  await updateWith(tx, record, source)
  return own
}
