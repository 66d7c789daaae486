import { levelNumbers, startShares, type Topic } from './levels.ts'
import type { Schema } from './schema.ts'

/**
 * Pairs that are not the same and yet no strangers. They share what belongs to a household, a building or a house of
 * business, and differ in what is one's own. As further kinds of pair beside matches and strangers they keep shared things
 * from adding up to a proof. Names of persons, dates of birth, titles and numbers of one's own are shared by no kind.
 */
const KINDS: readonly { readonly shared: readonly Topic[]; readonly surname: boolean }[] = [
  /** Relatives and neighbours: one place, often one surname and one telephone. */
  { shared: ['surname', 'address', 'house-number', 'postcode', 'city', 'phone'], surname: true },
  /** Colleagues, branches of one firm, papers of one group: one house, another place or person. */
  { shared: ['organisation', 'site', 'phone', 'people'], surname: false },
]
/** Relatives often have one surname, which is one word of a whole name. */
const SURNAME_SHARED = 0.4

const NAME = levelNumbers('name')

export interface RelatedKind {
  /** For each unit, whether such pairs share it. Their other units are as among strangers, or the kind would drift to matches. */
  readonly shared: readonly boolean[]
  readonly surname: boolean
}

/** The kinds of related pairs that the schema can tell. */
export function relatedKinds(schema: Schema): RelatedKind[] {
  return KINDS.flatMap(({ shared: topics, surname }) => {
    const shared = schema.units.map(
      ({ topic, fields }) => topics.includes(topic) || (topics.includes('city') && fields[0]?.kind === 'region'),
    )
    return shared.includes(true) && shared.includes(false) ? [{ shared, surname }] : []
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
