import { shareOf } from './frequencies.ts'
import { levelNumbers, type Topic } from './levels.ts'
import type { Model } from './model.ts'
import { common, type Value } from './value.ts'

const NAME = levelNumbers('name')
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

/** One of some twenty-five letters, some of which begin many names. */
const LETTER_SHARE = 1 / 16

/** Share of records that agree by chance on what these two agree on; null where rarity says nothing. */
export function shareFor(model: Model, topic: Topic, at: number, level: number, a: Value, b: Value): number | null {
  // Whichever comes first: titles of one form and other words, lists of people in another order.
  if (a.text > b.text) return shareFor(model, topic, at, level, b, a)
  const unit = model.units[at] as Model['units'][number]
  if (level === 1 && BY_RARITY.includes(topic)) {
    const key = equalityKey(topic, a)
    const shared = key === equalityKey(topic, b) ? key : common(a.words, b.words)
    const share = shareOf(shared ?? key, topic, unit.values)
    return topic === 'name' ? nameShare(a.words, unit, shared ?? key, share) : share
  }
  if (topic === 'site' && level === SITE.domain) return null
  if (ALIKE_BY_VALUE.includes(topic) && level < unit.m.length - 1)
    return Math.max(
      shareOf(equalityKey(topic, a), topic, unit.values),
      shareOf(equalityKey(topic, b), topic, unit.values),
    )
  if (topic === 'name' && (level === NAME.word || level === NAME.subset || level === NAME.initials)) {
    const shared = common(a.words, b.words)
    const share = shared ? shareOf(shared, 'surname', unit.words) : null
    return share !== null && level === NAME.initials ? share * LETTER_SHARE : share
  }
  return null
}

/** One person's own records are so many at most: a value that more have is several persons'. */
export const OWN_RECORDS_MAX = 6

/** A whole name that a few records have may be one person's: it is as rare as its words make it. */
function nameShare(words: readonly string[], unit: Model['units'][number], key: string, share: number): number {
  if (words.length < 2) return share
  let byWords = 2
  for (const word of words) byWords *= shareOf(word, 'surname', unit.words)
  return (unit.values.counts.get(key) ?? 1) > OWN_RECORDS_MAX ? Math.max(share, byWords) : byWords
}
