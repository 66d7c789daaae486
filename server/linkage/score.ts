import { shareOf } from './frequencies.ts'
import { LEVEL_NAMES, levelNumbers, type ReasonCode, type Topic } from './levels.ts'
import type { Comparison, Model, Reason } from './model.ts'
import { levelsOf, type Places, type Prepared, placesOf } from './prepared.ts'
import type { Schema } from './schema.ts'
import { surprisalOf } from './surprisal.ts'
import { common, type Value } from './value.ts'

/** No single comparison proves or disproves more than this, however the counts came out. */
const BITS_MAX = 26
/** A name alone stays below the line from which anything is suggested. */
export const NAME_ALONE_WEIGHT_MAX = -1.6
/** What a second kind of evidence must say at least. */
const SECOND_EVIDENCE_BITS_MIN = 2
/** Half of what rarity would say counts where two values are alike but not equal. */
const ALIKE_SHARE = 0.5
const RARE_SHARE_MAX = 1 / 2_000

const NAME = levelNumbers('name')
const HANDLE = levelNumbers('handle')
const SITE = levelNumbers('site')

const NAME_TOPICS: readonly Topic[] = ['given', 'surname', 'name']
/** Their equality says more when the value is rare. */
const RARITY: readonly Topic[] = [
  ...NAME_TOPICS,
  ...([
    'birth-date',
    'mail',
    'phone',
    'identifier',
    'city',
    'postcode',
    'address',
    'house-number',
    'organisation',
    'title',
  ] as const),
  ...(['year', 'people', 'category', 'picture', 'site'] as const),
]
/** Where only the closest level has a value of its own, and others are alike by words. */
const ALIKE_BY_VALUE: readonly Topic[] = ['given', 'surname', 'city']

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
  for (const at of schema.units.keys()) {
    if (levels[at] === 0) continue
    const reason = reasonOf(model, levels, at, a, b)
    weight += reason.weight
    reasons.push(reason)
  }
  const kin = relatedness(model, levels, weight - model.prior)
  if (kin) {
    weight += kin.weight
    reasons.push(kin)
  }
  const cap = nameAlone(schema, reasons, weight)
  if (cap) {
    weight += cap.weight
    reasons.push(cap)
  }
  reasons.sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight) || (one.code < other.code ? -1 : 1))
  return { weight, probability: 1 / (1 + 2 ** -weight), reasons, levels }
}

function reasonOf(model: Model, levels: readonly number[], at: number, a: Prepared, b: Prepared): Reason {
  const { topic, field } = model.schema.units[at] as Schema['units'][number]
  const level = levels[at] as number
  const [one, other] = [valueAt(model, a, at), valueAt(model, b, at)]
  const [first, second] = one.raw <= other.raw ? [one, other] : [other, one]
  const share = shareFor(model, topic, at, level, one, other)
  const weight = weightOf(model, levels, at, share, handleBits(model, topic, level, a, b, at))
  const params: Record<string, string | number> = { value: first.raw, other: second.raw }
  if (share !== null) {
    params.share = share
    params.rare = share <= RARE_SHARE_MAX ? 1 : 0
  }
  const shared = common(one.words, other.words)
  if (shared) params.shared = shared
  const name = LEVEL_NAMES[topic][level] as string
  return { code: `${topic}.${name}` as ReasonCode, field, level: name, weight, params }
}

/** A surname that stands in the place of the given name is found there. */
const valueAt = ({ schema }: Model, record: Prepared, at: number): Value =>
  (record.values[at] ?? record.values[schema.units.findIndex(({ topic }) => topic === 'given')]) as Value

/** log2(m / u); for an equal value u is the share of that value, unless the parent already says it. */
export function weightOf(
  model: Model,
  levels: readonly number[] | Uint8Array,
  at: number,
  share: number | null,
  bits: number | null,
): number {
  const { parent, topic } = model.schema.units[at] as Schema['units'][number]
  const unit = model.units[at] as Model['units'][number]
  const level = levels[at] as number
  const dependent = parent >= 0 && levels[parent] === 1 && unit.uAgreeing !== null
  const m = unit.m[level] as number
  const u = (dependent ? unit.uAgreeing?.[level] : unit.u[level]) as number
  let weight = Math.log2(m / u)
  if (bits !== null) weight = Math.log2(m) + bits
  else if (share !== null && !dependent) {
    if (level === 1) weight = Math.log2(m / share)
    else weight += Math.max(-4, Math.min(4, ALIKE_SHARE * Math.log2(usualShare(unit) / share)))
  }
  if (level === unit.m.length - 1) weight = Math.min(0, weight)
  if (topic === 'network' && level > 1) weight = Math.min(0, weight)
  if (topic === 'standing' && level > 1) weight = Math.min(0, weight)
  return Math.max(-BITS_MAX, Math.min(BITS_MAX, weight))
}

const usualShare = (unit: Model['units'][number]): number => unit.u[1] as number

function shareFor(model: Model, topic: Topic, at: number, level: number, a: Value, b: Value): number | null {
  const unit = model.units[at] as Model['units'][number]
  if (level === 1 && RARITY.includes(topic)) {
    const shared = a.text === b.text ? a.text : common(a.words, b.words)
    const share = shareOf(shared ?? a.text, topic, unit.values)
    return topic === 'name' ? Math.max(share, nameShare(a.words, unit.words)) : share
  }
  if (topic === 'site' && level === SITE.domain) return null
  if (ALIKE_BY_VALUE.includes(topic) && level < unit.m.length - 1)
    return Math.max(shareOf(a.text, topic, unit.values), shareOf(b.text, topic, unit.values))
  if (topic === 'name' && (level === NAME.word || level === NAME.subset)) {
    const shared = common(a.words, b.words)
    return shared ? shareOf(shared, 'surname', unit.words) : null
  }
  return null
}

/** A whole name that was seen once is as rare as its words make it. */
function nameShare(words: readonly string[], frequencies: Model['units'][number]['words']): number {
  if (words.length < 2) return 0
  let share = 1
  for (const word of words) share *= shareOf(word, 'surname', frequencies)
  return share * 2
}

/** Bits of an equal or dressed-up handle: how surprising it is, and no more than it says beyond the names it follows from. */
function handleBits(model: Model, topic: Topic, level: number, a: Prepared, b: Prepared, at: number): number | null {
  if (topic !== 'handle' || level > HANDLE.variant) return null
  const [one, other] = [a.values[at] as Value, b.values[at] as Value]
  const [text, likewise] = level === HANDLE.exact ? [one.text, other.text] : [one.words[0] ?? '', other.words[0] ?? '']
  const surprise = Math.min(surprisalOf(text, model.handles), surprisalOf(likewise, model.handles))
  return Math.min(surprise, beyondNames(model, a, one), beyondNames(model, b, other))
}

/** A handle made of its own name says how it was made (about three bits) and its number; the name is counted elsewhere. */
const FORM_BITS = 3.5
const DIGIT_BITS = 2.2

function beyondNames(model: Model, record: Prepared, handle: Value): number {
  const at = model.schema.units.findIndex(({ topic }) => topic === 'handle-name')
  const forms = record.values[at]?.words ?? []
  const letters = handle.form.replace(/\d+/g, '')
  const explained = forms.some((form) => form.slice(1) === letters || form.slice(1) === handle.words[0])
  return explained ? FORM_BITS + DIGIT_BITS * (handle.form.length - letters.length) : Number.POSITIVE_INFINITY
}

/** Below it, what related pairs have in common changes nothing that anybody would see. */
const RELATED_BITS_MIN = 0.05

/** What speaks for being related, and not the same, is taken off: relatives share a surname, an address, a number. */
function relatedness(model: Model, levels: readonly number[], weight: number): Reason | null {
  const bits = relatedBits(model, levels, weight)
  if (bits < RELATED_BITS_MIN) return null
  return { code: 'rule.related', field: '', level: 'related', weight: -bits, params: {} }
}

/** `weight` without the prior. Odds against strangers become odds against strangers and all kinds of related pairs. */
export function relatedBits(model: Model, levels: readonly number[] | Uint8Array, weight: number): number {
  let others = 1
  for (const [kind, prior] of model.relatedPriors.entries()) {
    let bits = prior + weight
    for (let at = 0; at < levels.length; at++) {
      const level = levels[at] as number
      if (level === 0) continue
      const { related, m } = model.units[at] as Model['units'][number]
      bits += Math.log2(((related[kind] as number[])[level] as number) / (m[level] as number))
    }
    others += 2 ** bits
  }
  return Math.log2(others)
}

/**
 * The hard rule: among accounts, names that agree never suffice. Something of another kind must speak for it too, by itself
 * and not only against what speaks against.
 */
function nameAlone(schema: Schema, reasons: readonly Reason[], weight: number): Reason | null {
  if (!schema.accounts || weight <= NAME_ALONE_WEIGHT_MAX) return null
  const second = reasons.some(
    ({ code, weight: bits }) =>
      bits >= SECOND_EVIDENCE_BITS_MIN && !NAME_TOPICS.some((topic) => code.startsWith(`${topic}.`)),
  )
  if (second) return null
  return {
    code: 'rule.name-alone',
    field: schema.units.find(({ topic }) => NAME_TOPICS.includes(topic))?.field ?? '',
    level: 'name-alone',
    weight: NAME_ALONE_WEIGHT_MAX - weight,
    params: {},
  }
}
