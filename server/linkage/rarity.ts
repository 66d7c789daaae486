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

/** What is left of a stem's surprise: that one handle holds another is easier than that they are equal. */
const STEM_BITS_LESS = 4

/**
 * Bits of handles that have something in common: how surprising that is among the workspace's handles and how rare, and no more
 * than it says beyond the names that it follows from.
 */
export function handleBits(
  model: Model,
  topic: Topic,
  level: number,
  a: Prepared,
  b: Prepared,
  at: number,
): number | null {
  if (topic !== 'handle' || level > HANDLE.stem) return null
  const [one, other] = [a.values[at] as Value, b.values[at] as Value]
  const [stemA = '', stemB = ''] = [one.words[0], other.words[0]]
  const { words } = model.units[at] as Model['units'][number]
  const beyond = Math.min(beyondNames(model, a, one), beyondNames(model, b, other))
  if (level === HANDLE.exact || one.form === other.form)
    return Math.min(surprisalOf(one.text, model.handles), surprisalOf(other.text, model.handles), beyond)
  if (level === HANDLE.typo) {
    const surprise = Math.min(surprisalOf(one.form, model.handles), surprisalOf(other.form, model.handles))
    return Math.max(0, Math.min(surprise - STEM_BITS_LESS, beyond))
  }
  const stem = stemA.length <= stemB.length ? stemA : stemB
  const isName = isNameForm(model, a, stem) || isNameForm(model, b, stem)
  const bits = Math.min(
    surprisalOf(stem, model.handles),
    -Math.log2(shareOf(stem, 'handle', words)),
    isName ? Math.min(FORM_BITS, beyond) : beyond,
  )
  return level === HANDLE.stem ? Math.max(0, bits - STEM_BITS_LESS) : bits
}

/** A handle made of its own name says how it was made (about three bits) and its number; the name is counted elsewhere. */
const FORM_BITS = 3.5
const DIGIT_BITS = 2.2

function beyondNames(model: Model, record: Prepared, handle: Value): number {
  const letters = handle.form.replace(/\d+/g, '')
  const explained = isNameForm(model, record, letters) || isNameForm(model, record, handle.words[0] ?? '')
  return explained ? FORM_BITS + DIGIT_BITS * (handle.form.length - letters.length) : Number.POSITIVE_INFINITY
}

/** Whether the record's name would make such a handle. */
function isNameForm({ schema }: Model, { values }: Prepared, stem: string): boolean {
  const at = schema.units.findIndex(({ topic }) => topic === 'handle-name')
  return (values[at]?.words ?? []).some((form) => form.slice(1) === stem)
}
