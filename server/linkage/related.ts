import { levelNumbers, startShares, type Topic } from './levels.ts'
import type { Schema } from './schema.ts'

/**
 * Pairs that are not the same and yet no strangers. They share what belongs to a household, a building or a house of
 * business, and differ in what is one's own. As further kinds of pair beside matches and strangers they keep shared things
 * from adding up to a proof. Names of persons, dates of birth, titles and numbers of one's own are shared by no kind.
 */
const KINDS: readonly Kind[] = [
  /** Relatives and neighbours: one place, often one surname and one telephone. */
  { shared: ['surname', 'address', 'house-number', 'postcode', 'city', 'phone'], surname: true },
  /** Colleagues, branches of one firm, papers of one group: one house, another place or person. */
  { shared: ['organisation', 'site', 'phone', 'people'], surname: false },
  /** Impersonators: whatever an account shows can be copied; mails, numbers, proofs and links back cannot. */
  {
    shared: ['name', 'handle', 'handle-name', 'picture', 'text', 'city', 'site', 'organisation'],
    surname: false,
    ofMatches: true,
  },
]
interface Kind {
  readonly shared: readonly Topic[]
  readonly surname: boolean
  /** Such pairs look like matches, so their number is a share of the matches' and not free; among accounts only. */
  readonly ofMatches?: true
}
/** How many copies there are for each match, at least and at most: records alone cannot tell. */
export const COPIES_MIN = 0.05
export const COPIES_MAX = 0.25

/** Relatives often have one surname, which is one word of a whole name. */
const SURNAME_SHARED = 0.4

const NAME = levelNumbers('name')

export interface RelatedKind {
  /** For each unit, whether such pairs share it. Their other units are as among strangers, or the kind would drift to matches. */
  readonly shared: readonly boolean[]
  readonly surname: boolean
  readonly ofMatches: boolean
}

/** The kinds of related pairs that the schema can tell. */
export function relatedKinds(schema: Schema): RelatedKind[] {
  return KINDS.flatMap(({ shared: topics, surname, ofMatches = false }) => {
    if (ofMatches && !schema.accounts) return []
    const shared = schema.units.map(
      ({ topic, fields }) => topics.includes(topic) || (topics.includes('city') && fields[0]?.kind === 'region'),
    )
    return shared.includes(true) && shared.includes(false) ? [{ shared, surname, ofMatches }] : []
  })
}

/** Shares of levels in a kind of related pairs: learned ones of what is shared, those of strangers elsewhere. */
export function relatedRow(
  { shared, surname }: RelatedKind,
  at: number,
  topic: Topic,
  learned: readonly number[],
  strangers: readonly number[],
): number[] {
  if (shared[at]) return [...learned]
  if (topic !== 'name' || !surname) return [...strangers]
  return strangers.map((share, level) =>
    level === 0 ? 1 : share * (1 - SURNAME_SHARED) + (level === NAME.word ? SURNAME_SHARED : 0),
  )
}

export const startRelated = (schema: Schema): number[][][] =>
  relatedKinds(schema).map((kind) =>
    schema.units.map(({ topic }, at) => relatedRow(kind, at, topic, startShares(topic, 'm'), startShares(topic, 'u'))),
  )
