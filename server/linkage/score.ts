import { handleBits } from './handle-rarity.ts'
import { LEVEL_NAMES, type ReasonCode } from './levels.ts'
import type { Comparison, Model, Reason } from './model.ts'
import { isSecondEvidence, NAME_ALONE_WEIGHT_MAX, NAME_TOPICS } from './name-rule.ts'
import { levelsOf, type Places, type Prepared, placesOf, valueFor } from './prepared.ts'
import { shareFor } from './rarity.ts'
import type { Schema } from './schema.ts'
import { common } from './value.ts'
import { weigherOf } from './weigher.ts'

/** A value that fewer records have is called rare. */
const RARE_SHARE_MAX = 1 / 2_000

const places = new WeakMap<Schema, Places>()

/** How much two records speak for being one, and why; symmetric. */
export function compare(model: Model, a: Prepared, b: Prepared): Comparison {
  const { schema } = model
  let where = places.get(schema)
  if (!where) {
    where = placesOf(schema)
    places.set(schema, where)
  }
  const words = model.units.map((unit) => unit.words)
  const levels = levelsOf(schema, where, words, a, b)
  const reasons: Reason[] = []
  let weight = model.prior
  let isAlone = schema.accounts
  for (const [at, { topic }] of schema.units.entries()) {
    if (levels[at] === 0) continue
    const reason = reasonOf(model, where, levels, at, a, b)
    weight += reason.weight
    if (isSecondEvidence(topic, reason.weight)) isAlone = false
    reasons.push(reason)
  }
  const related = weigherOf(model).relatedBits(levels, weight - model.prior)
  if (related > 0) reasons.push(rule('related', '', -related))
  weight -= related
  if (isAlone && weight > NAME_ALONE_WEIGHT_MAX) {
    reasons.push(rule('name-alone', nameField(schema), NAME_ALONE_WEIGHT_MAX - weight))
    weight = NAME_ALONE_WEIGHT_MAX
  }
  reasons.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight) || (one.code < other.code ? -1 : 1))
  return { weight, probability: 1 / (1 + 2 ** -weight), reasons, levels }
}

const rule = (level: 'related' | 'name-alone', field: string, weight: number): Reason => ({
  code: `rule.${level}`,
  field,
  level,
  weight,
  params: {},
})

const nameField = ({ units }: Schema): string => units.find(({ topic }) => NAME_TOPICS.includes(topic))?.field ?? ''

function reasonOf(
  model: Model,
  where: Places,
  levels: readonly number[],
  at: number,
  a: Prepared,
  b: Prepared,
): Reason {
  const { topic, field } = model.schema.units[at] as Schema['units'][number]
  const level = levels[at] as number
  const [one, other] = [valueFor(where, a, at), valueFor(where, b, at)]
  const [first, second] = one.raw <= other.raw ? [one, other] : [other, one]
  const share = shareFor(model, topic, at, level, one, other)
  const weight = weigherOf(model).weight(levels, at, share, handleBits(model, topic, level, a, b, at))
  const params: Record<string, string | number> = { value: first.raw, other: second.raw }
  if (share !== null) {
    params.share = share
    params.rare = share <= RARE_SHARE_MAX ? 1 : 0
  }
  const shared = topic === 'handle' ? null : common(first.words, second.words)
  if (shared) params.shared = shared
  const name = LEVEL_NAMES[topic][level] as string
  return { code: `${topic}.${name}` as ReasonCode, field, level: name, weight, params }
}
