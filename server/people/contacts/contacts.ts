import type { CONTACT_OUTCOMES } from '../../../contract/people-contacts.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { lockGraph, mergePersons } from '../graph/index.ts'
import type { ContactChange, ContactFault } from './contact-change.ts'
import type { ContactRecord } from './contact-record.ts'
import type { Candidate } from './decision.ts'
import type { NamedIdentity } from './identities.ts'
import { type Judged, judge, type Source } from './judging.ts'
import { propose } from './proposals.ts'
import { beginWith, joinTo, updateWith } from './taking.ts'

export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number]

export interface Taken {
  outcome: ContactOutcome
  /** What was left out, or why it was refused. */
  faults: ContactFault[]
  personId: string | null
  anchor: NamedIdentity | null
  candidates: Candidate[]
}

/** Takes one record in: as a new person, as more about a known one, as a change, or as a proposal for a person to decide. */
export async function takeContact(tx: WorkspaceTransaction, change: ContactChange, source: Source): Promise<Taken> {
  await lockGraph(tx)
  const judged = await judge(tx, change, source)
  const { record, decision, proposal } = judged
  if (!record || !decision) return takenAs(judged, 'refused')
  if (proposal === 'left-out') return takenAs(judged, 'left-out')
  if (decision.kind === 'update') {
    // A conflict that was decided is not brought up again.
    const isUndecided = proposal === null || proposal === 'waiting'
    const asks = decision.conflicts.length > 0 && source.inUse === 'propose' && isUndecided
    if (asks) await propose(tx, record, decision.conflicts, source)
    const isNews = await updateWith(tx, asks ? withoutStrangers(record) : record, source)
    return takenAs(judged, isNews ? 'changed' : 'unchanged', record.anchor.personId, decision.conflicts)
  }
  if (decision.kind === 'propose' || proposal === 'waiting') {
    const candidates = decision.kind === 'propose' ? decision.candidates : []
    await propose(tx, record, candidates, source)
    return takenAs(judged, 'possible', null, candidates)
  }
  if (decision.kind === 'join') {
    await joinTo(tx, decision.personId, record, source)
    return takenAs(judged, 'joined', decision.personId)
  }
  return takenAs(judged, 'begun', await beginWith(tx, record, source))
}

export const takenAs = (
  { record, faults }: Judged,
  outcome: ContactOutcome,
  personId: string | null = null,
  candidates: Candidate[] = [],
): Taken => ({ outcome, faults, personId, anchor: record?.anchor ?? null, candidates })

/** What is somebody else's waits for the decision; the rest of the record does not. */
const withoutStrangers = (record: ContactRecord): ContactRecord => ({
  ...record,
  others: record.others.filter(({ personId }) => personId === null || personId === record.anchor.personId),
})

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
