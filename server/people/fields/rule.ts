import type { Actor } from '../../platform/events.ts'
import { personNameRank } from './person-name.ts'

/**
 * A field of a person comes from what is told of the person's identities, and is never copied: when the link of its source
 * falls away, so does the value. Four origins, the stronger first:
 *
 * - `override`: what a member wrote; the newest that stands. An override without a value takes earlier ones back.
 * - `customer`: what the customer told of themselves.
 * - `system`: records of other systems and files, in the order that the workspace states, then the newest.
 * - `account`: what an account shows of itself, for the name alone: what looks like a person's name before a handle.
 *
 * Where two are equal, the older identity wins.
 */
export const ORIGINS = ['override', 'customer', 'system', 'account'] as const
export type Origin = (typeof ORIGINS)[number]

/** The source of author_field under which customers tell of themselves. */
export const TOLD_BY_CUSTOMER = 'customer'

export interface Candidate {
  origin: Origin
  /** Null: an override that takes earlier overrides back. */
  value: string | null
  at: Date
  /** Which system, file or form; null for overrides and accounts. */
  source: string | null
  /** Of whose identity it is told; null for overrides. */
  authorId: string | null
  /** Of overrides: a whole number as text, higher is newer. */
  position?: string
  /** Of overrides: who wrote it. */
  by?: Actor
}

/** All candidates of one field, the one that holds first. An earlier override is none. */
export function ranked(candidates: readonly Candidate[], fieldSources: readonly string[]): Candidate[] {
  const newest = candidates
    .filter(({ origin }) => origin === 'override')
    .toSorted((left, right) => (BigInt(left.position ?? 0) < BigInt(right.position ?? 0) ? 1 : -1))[0]
  const told = candidates.filter(({ origin }) => origin !== 'override')
  const order = (candidate: Candidate) => placeOf(candidate.source, fieldSources)
  const sorted = told.toSorted(
    (left, right) =>
      ORIGINS.indexOf(left.origin) - ORIGINS.indexOf(right.origin) ||
      (left.origin === 'account'
        ? personNameRank(left) - personNameRank(right)
        : order(left) - order(right) || right.at.getTime() - left.at.getTime()) ||
      compare(left.authorId, right.authorId) ||
      compare(left.source, right.source),
  )
  return newest && newest.value !== null ? [newest, ...sorted] : sorted
}

const placeOf = (source: string | null, fieldSources: readonly string[]): number => {
  const place = source === null ? -1 : fieldSources.indexOf(source)
  return place === -1 ? fieldSources.length : place
}

const compare = (left: string | null, right: string | null): number =>
  left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1

/** What an identity may be called by itself, the best first; the value of a contact point and an id come last. */
export interface NamedIdentity {
  author_id: string
  kind: string
  name: string | null
  handle: string | null
  network_id: string
  first_heard_at: Date
}

export const accountName = (author: NamedIdentity): Candidate => ({
  origin: 'account',
  value: author.name?.trim() || author.handle || author.network_id,
  at: author.first_heard_at,
  source: author.name?.trim() ? 'name' : author.kind !== 'account' ? 'contact' : author.handle ? 'handle' : 'id',
  authorId: author.author_id,
})
