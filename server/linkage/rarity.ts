import { shareOf } from './frequencies.ts'
import { levelNumbers, type Topic } from './levels.ts'
import type { Model } from './model.ts'
import type { Prepared } from './prepared.ts'
import { surprisalOf } from './surprisal.ts'
import { common, type Value } from './value.ts'

const NAME = levelNumbers('name')
const HANDLE = levelNumbers('handle')
const SITE = levelNumbers('site')

/** Equality of these says more when the value is rare. */
const BY_RARITY: readonly Topic[] = [
  'given',
  'surname',
  'name',
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
  'year',
  'people',
  'category',
  'picture',
  'site',
]
/** Values of these that are alike but not equal are the more telling the rarer they are; others are alike by their words. */
export const ALIKE_BY_VALUE: readonly Topic[] = ['given', 'surname', 'city']

/** Values of one key are equal, however they are spelled: Müller and Mueller. */
export const equalityKey = (topic: Topic, { text, form }: Value): string =>
  ALIKE_BY_VALUE.includes(topic) ? form : text

/** Share of records that agree by chance on what these two agree on; null where rarity says nothing. */
export function shareFor(model: Model, topic: Topic, at: number, level: number, a: Value, b: Value): number | null {
  const unit = model.units[at] as Model['units'][number]
  if (level === 1 && BY_RARITY.includes(topic)) {
    const key = equalityKey(topic, a)
    const shared = key === equalityKey(topic, b) ? key : common(a.words, b.words)
    const share = shareOf(shared ?? key, topic, unit.values)
    return topic === 'name' ? Math.max(share, nameShare(a.words, unit.words)) : share
  }
  if (topic === 'site' && level === SITE.domain) return null
  if (ALIKE_BY_VALUE.includes(topic) && level < unit.m.length - 1)
    return Math.max(
      shareOf(equalityKey(topic, a), topic, unit.values),
      shareOf(equalityKey(topic, b), topic, unit.values),
    )
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
export function handleBits(
  model: Model,
  topic: Topic,
  level: number,
  a: Prepared,
  b: Prepared,
  at: number,
): number | null {
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
