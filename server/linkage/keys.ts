import { folded, germanKey, soundOf } from './folding.ts'
import type { Topic } from './levels.ts'
import type { LinkageRecord } from './model.ts'
import { type Prepared, prepare } from './prepared.ts'
import type { Schema } from './schema.ts'
import { isDigest, type Value } from './value.ts'
import { soundOfWord } from './word-sets.ts'

/** Keys of another version are not found by ours: raise it whenever a record gets other keys (keys.test.ts notices). */
export const KEYS_VERSION = 1

/** A record is stored under at most so many keys. */
export const KEYS_MAX = 40
/** Weak parts make keys together: 6 give 15 pairs. */
const WEAK_MAX = 6
/** Of one part a record has at most so many alternatives (both words of a name, three mails). */
export const ALTERNATIVES_MAX = 6

/** What a part reads of one unit. */
export interface Piece {
  readonly unit: number
  of(value: Value): readonly string[]
}

/**
 * Something by which records meet. A strong part is a key by itself (a mail, a handle's skeleton, two words of a title); weak
 * ones are keys in twos, and in threes where a block of two is too large. Several pieces are alternatives of each other
 * (given name or surname), or one key when `together`, in whichever order.
 */
export interface Part {
  readonly name: string
  readonly strong: boolean
  readonly together: boolean
  readonly pieces: readonly Piece[]
}

interface Draft {
  readonly name: string
  /** log2 of how many values there are, about: weak parts with more come first; strong ones have none. */
  readonly bits?: number
  readonly together?: true
  of(value: Value): readonly string[]
}

const one = (text: string): readonly string[] => (text === '' ? [] : [text])
const firstSound = (value: Value): readonly string[] => one(soundOf(value.words[0] ?? ''))
const lastSound = (value: Value): readonly string[] => one(soundOf(value.words.at(-1) ?? ''))

const DRAFTS: Partial<Record<Topic, readonly Draft[]>> = {
  surname: [
    { name: 'n', together: true, of: lastSound },
    { name: 'w', bits: 8, of: lastSound },
  ],
  given: [
    { name: 'n', together: true, of: firstSound },
    { name: 'w', bits: 8, of: firstSound },
  ],
  name: [
    { name: 'n', of: (value) => one(value.words.length > 1 ? outerSounds(value) : value.text) },
    { name: 'w', bits: 8, of: (value) => [...new Set([...lastSound(value), ...firstSound(value)])] },
  ],
  'birth-date': [
    { name: 'd', bits: 8.5, of: ({ words }) => (words[1] === '00' ? [] : one(`${words[1]}${words[2]}`)) },
    { name: 'y', bits: 6, of: ({ words }) => one(words[0] ?? '') },
  ],
  mail: [
    { name: 'm', of: ({ words }) => words.slice(0, ALTERNATIVES_MAX) },
    { name: 'l', bits: 9, of: ({ form, text }) => (isDigest(text) || form.length < 4 ? [] : [form.slice(0, 5)]) },
  ],
  phone: [{ name: 'p', of: ({ words }) => words.slice(0, ALTERNATIVES_MAX).map((digits) => digits.slice(-7)) }],
  identifier: [
    { name: 'i', of: ({ text }) => one(text) },
    { name: 'j', bits: 9.1, of: ({ text }) => (text.length < 5 ? [] : [text.slice(0, 4)]) },
  ],
  'proven-id': [{ name: 'v', of: ({ text }) => one(text) }],
  'proven-link': [{ name: 'k', of: ({ words }) => words.slice(0, ALTERNATIVES_MAX) }],
  picture: [{ name: 'b', of: ({ text }) => one(text) }],
  handle: [{ name: 'h', of: ({ words: [skeleton = ''] }) => stems(skeleton) }],
  'handle-name': [
    {
      name: 'f',
      of: ({ form, words }) => [...new Set([...one(form), ...madeHandles(words)].map(germanKey))],
    },
  ],
  site: [
    { name: 'u', of: ({ words, form }) => [...new Set([...words.slice(0, 3), ...form.split(' ')])].filter(Boolean) },
  ],
  'account-link': [{ name: 'a', of: ({ text, words }) => [...one(text), ...words] }],
  title: [{ name: 't', of: ({ words }) => longPairs(words) }],
  organisation: [
    { name: 'o', of: ({ words }) => longPairs(words) },
    { name: 'q', bits: 8.8, of: ({ words }) => longest(words).slice(0, 2).map(soundOfWord) },
  ],
  address: [
    { name: 'r', of: ({ words }) => numbered(words) },
    { name: 'e', bits: 8.9, of: ({ words }) => longest(words).slice(0, 2).map(soundOfWord) },
  ],
  postcode: [{ name: 'z', bits: 10, of: ({ text }) => one(text) }],
  city: [{ name: 'c', bits: 5, of: ({ form }) => one(soundOf(form).slice(0, 4)) }],
  'house-number': [{ name: 'x', bits: 4.5, of: ({ text }) => one(text) }],
  people: [{ name: '@', bits: 8.6, of: ({ words }) => [...new Set([words[0], words.at(-1)])].flatMap(surnameSound) }],
  year: [{ name: 'Y', bits: 4, of: ({ text }) => one(text) }],
  category: [{ name: '#', bits: 3, of: ({ text }) => one(text) }],
}

/** Of the handles that a name makes, those of both names and with an initial; nicknames would be too many. */
const madeHandles = (forms: readonly string[]): string[] =>
  forms.filter(([how]) => how === '1' || how === '3').map((made) => made.slice(1))

const surnameSound = (person: string | undefined): readonly string[] =>
  person ? [soundOf(person.split(' ')[0] ?? '')] : []

const outerSounds = ({ words }: Value): string =>
  [soundOf(words[0] as string), soundOf(words.at(-1) as string)].sort().join('+')

const stems = (skeleton: string): readonly string[] =>
  skeleton.length < 4 ? one(skeleton) : [...new Set([skeleton, skeleton.slice(0, 6), `-${skeleton.slice(-6)}`])]

/** Long words are rare ones, mostly; words of the same length in the order of the alphabet. */
const longest = (words: readonly string[]): string[] =>
  [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).filter((word) => word.length >= 3)

function longPairs(words: readonly string[]): readonly string[] {
  const [first, second, third] = longest(words).map((word) => soundOfWord(word) + Math.min(9, word.length >> 1))
  if (!first) return one(words.join(' '))
  if (!second) return [first]
  const pairs = third ? [`${first}+${second}`, `${first}+${third}`, `${second}+${third}`] : [`${first}+${second}`]
  return [...new Set([...pairs, words.slice(0, 3).map(soundOfWord).join('+')])]
}

function numbered(words: readonly string[]): string[] {
  const number = words.find((word) => /^\d/.test(word))
  return number
    ? longest(words)
        .filter((word) => word !== number)
        .slice(0, 2)
        .map((word) => `${number}+${soundOfWord(word)}`)
    : []
}

const plans = new WeakMap<Schema, readonly Part[]>()

/** The parts of a schema: all strong ones, and the weak ones that have most values. */
export function partsOf(schema: Schema): readonly Part[] {
  const known = plans.get(schema)
  if (known) return known
  const whole = schema.units.some(({ topic }) => topic === 'name')
  const drafts = schema.units.flatMap(({ topic, field }, unit) =>
    whole && (topic === 'given' || topic === 'surname')
      ? []
      : (DRAFTS[topic] ?? []).map((draft) => ({
          draft,
          unit,
          name: isOften(topic) ? `${draft.name}:${field}` : draft.name,
        })),
  )
  const parts = [...Map.groupBy(drafts, ({ name }) => name)].map(([name, same]) => ({
    name,
    bits: same[0]?.draft.bits,
    strong: same[0]?.draft.bits === undefined,
    together: same[0]?.draft.together ?? false,
    pieces: same.map(({ unit, draft }) => ({ unit, of: draft.of })),
  }))
  const weak = parts.filter(({ strong }) => !strong).sort((a, b) => (b.bits ?? 0) - (a.bits ?? 0))
  const chosen = [...parts.filter(({ strong }) => strong), ...weak.slice(0, WEAK_MAX)]
  plans.set(schema, chosen)
  return chosen
}

/** Kinds of which a schema may have several fields that mean different things. */
const isOften = (topic: Topic): boolean => topic === 'category' || topic === 'identifier' || topic === 'birth-date'

/** The alternatives of a part that a record has, bounded. */
export function alternatives({ pieces, together }: Part, { values }: Prepared): readonly string[] {
  const found = pieces.map(({ unit, of }) => {
    const value = values[unit]
    return value ? of(value) : []
  })
  if (together) {
    const texts = found.flatMap((some) => some[0] ?? [])
    return texts.length < pieces.length ? [] : [texts.sort().join('+')]
  }
  return [...new Set(found.flat())].slice(0, ALTERNATIVES_MAX)
}

/**
 * Keys under which a record is found again: strong ones first, then weak ones in threes, then in twos. Two records that are
 * worth comparing share at least one. A block of twos that is too large may be passed over: its threes are there.
 */
export function keysOf(schema: Schema, record: LinkageRecord | Prepared): string[] {
  const prepared = isPrepared(record) ? record : prepare(schema, record)
  const parts = partsOf(schema)
  const found = parts.map((part) => alternatives(part, prepared).map((text) => `${part.name}=${folded(text)}`))
  const strong = parts.flatMap((part, at) => (part.strong ? (found[at] as string[]) : []))
  const weak = found.filter((texts, at) => !parts[at]?.strong && texts.length > 0)
  const twos: string[] = []
  const threes: string[] = []
  for (let a = 0; a < weak.length; a++) {
    for (let b = a + 1; b < weak.length; b++) {
      const pairs = (weak[a] as string[]).flatMap((first) =>
        (weak[b] as string[]).map((second) => `${first}&${second}`),
      )
      twos.push(...pairs)
      for (const third of weak.slice(b + 1)) for (const pair of pairs) threes.push(`${pair}&${third[0]}`)
    }
  }
  return [...new Set([...strong, ...threes.slice(0, KEYS_MAX - strong.length - twos.length), ...twos])].slice(
    0,
    KEYS_MAX,
  )
}

const isPrepared = (record: LinkageRecord | Prepared): record is Prepared => Array.isArray(record.values)
