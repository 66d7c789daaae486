import { levelNumbers, startShares, type Topic } from './levels.ts'
import type { Schema, Unit } from './schema.ts'

/**
 * Pairs that are not the same and yet no strangers: relatives in one household, colleagues, two offices in one building. They
 * share surname, address or number, and differ in what is one's own. As a third kind of pair beside matches and strangers
 * they keep shared things from adding up to a proof.
 */
const SHARED: readonly Topic[] = [
  'surname',
  'address',
  'house-number',
  'postcode',
  'city',
  'phone',
  'site',
  'organisation',
]
const PERSONS: readonly Topic[] = ['given', 'surname', 'name', 'handle']
/** Relatives often have one surname, which is one word of a whole name. */
const SURNAME_SHARED = 0.4

const NAME = levelNumbers('name')

const isShared = (unit: Unit, schema: Schema): boolean => {
  if (unit.fields[0]?.kind === 'region') return true
  if (unit.topic === 'organisation') return schema.units.some(({ topic }) => PERSONS.includes(topic))
  return SHARED.includes(unit.topic)
}

/** Shares of levels among related pairs to start with; null where a schema cannot tell them from others. */
export function relatedShares(schema: Schema): number[][] | null {
  const shared = schema.units.filter((unit) => isShared(unit, schema))
  if (shared.length === 0 || shared.length === schema.units.length) return null
  return schema.units.map((unit) => {
    if (isShared(unit, schema)) return startShares(unit.topic, 'm')
    const others = startShares(unit.topic, 'u')
    if (unit.topic !== 'name') return others
    return others.map((share, level) => share * (1 - SURNAME_SHARED) + (level === NAME.word ? SURNAME_SHARED : 0))
  })
}
