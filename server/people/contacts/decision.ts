import type { CONTACT_IN_USE } from '../../../contract/people-contacts.ts'
import type { KnownIdentity, Part } from './identities.ts'

/** What to do with a contact point that is somebody else's already. */
export type InUse = (typeof CONTACT_IN_USE)[number]

export interface Reason {
  kind: Part
  /** The contact point. */
  value: string
  proven: boolean
}

export interface Candidate {
  personId: string
  reasons: Reason[]
}

export type Decision =
  /** The record is known: what it says now is told of the same identity. */
  | { kind: 'update'; conflicts: Candidate[] }
  | { kind: 'begin' }
  | { kind: 'join'; personId: string; reasons: Reason[] }
  /** Left for a person, the most likely first. */
  | { kind: 'propose'; candidates: Candidate[] }

export interface Known {
  anchor: KnownIdentity
  others: readonly KnownIdentity[]
  /** A record of this identity was taken in, and not deleted since. */
  isRecorded: boolean
}

/**
 * Who a record is about. The same number is the same record. Somebody is joined only by what they proved themselves or a
 * system's number, and only when nothing points to anybody else; an equal contact point alone is a proposal, unless whoever
 * brought the file decided otherwise for all of it.
 */
export function decide({ anchor, others, isRecorded }: Known, inUse: InUse): Decision {
  const matches = matchesOf(isRecorded ? others : [anchor, ...others])
  if (isRecorded) return { kind: 'update', conflicts: matches.filter(({ personId }) => personId !== anchor.personId) }
  const [first, ...more] = matches
  if (!first) return anchor.personId ? { kind: 'propose', candidates: [asCandidate(anchor.personId, anchor)] } : BEGIN
  const strong = matches.filter(({ reasons }) => reasons.some(({ proven }) => proven))
  const only = more.length === 0 && (strong.length === 1 || inUse === 'join')
  if (only) return { kind: 'join', ...first }
  // What a record alone is known by cannot be another's as well.
  if (strong.length === 0 && inUse === 'share' && !anchor.personId) return BEGIN
  return { kind: 'propose', candidates: [...strong, ...matches.filter((match) => !strong.includes(match))] }
}

const BEGIN: Decision = { kind: 'begin' }

const asCandidate = (personId: string, { part, networkId, isProven }: KnownIdentity): Candidate => ({
  personId,
  reasons: [{ kind: part, value: networkId, proven: isProven }],
})

function matchesOf(identities: readonly KnownIdentity[]): Candidate[] {
  const matches = new Map<string, Candidate>()
  for (const { personId, isNobodys, isProven, part, networkId } of identities) {
    // A site is shared by too many to say who somebody is.
    if (!personId || isNobodys || part === 'site') continue
    const match = matches.get(personId) ?? { personId, reasons: [] }
    match.reasons.push({ kind: part, value: networkId, proven: isProven })
    matches.set(personId, match)
  }
  return [...matches.values()].sort((one, other) => other.reasons.length - one.reasons.length)
}
