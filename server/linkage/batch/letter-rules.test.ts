import { describe, expect, it } from 'vitest'
import { soundOf } from '../folding.ts'
import { hashOf } from '../hashing.ts'
import { equalityKey } from '../rarity.ts'
import { READERS } from '../readers.ts'
import type { FieldKind } from '../schema.ts'
import type { Value } from '../value.ts'
import { packed } from './cells.ts'
import { emptyLetters, type LetterCells, putLetters } from './letter-cells.ts'
import { LETTER_RULES, OPEN } from './letter-rules.ts'
import { flagsOf, sketchOf } from './sketches.ts'

const BEGINNINGS = [
  'Han',
  'Michae',
  'Joerg',
  'Wi',
  'Thea',
  'Schmid',
  'Müll',
  'Al',
  'Ann',
  'Katharin',
  'Montenvill',
  'J',
]
const ENDINGS = ['', 'a', 'l', 'der', 'el', 'nna', 'lmeier']

/** Names with slips: a letter lost, doubled, exchanged or with its neighbour. */
function slips(name: string): string[] {
  const places = [1, name.length >> 1, name.length - 2].filter((at) => at > 0)
  return places.flatMap((at) => [
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name[at] + name.slice(at),
    `${name.slice(0, at)}k${name.slice(at + 1)}`,
    name.slice(0, at) + (name[at + 1] ?? '') + name[at] + name.slice(at + 2),
  ])
}

const NAMES = BEGINNINGS.flatMap((beginning) => ENDINGS.map((ending) => beginning + ending))
const WORDS = [...new Set([...NAMES, ...NAMES.flatMap(slips), 'Anna Lena', 'Prof. Hans', '安娜'])]
const RAWS: Readonly<Record<string, readonly string[]>> = {
  given: WORDS,
  surname: WORDS,
  city: WORDS,
  postcode: [
    '26122',
    '26123',
    '26212',
    '2612',
    '26',
    '3',
    '98122',
    '1012 AB',
    '1012AC',
    '012AC',
    '26122-1',
    '12',
    '62',
  ],
  mail: ['em@aosn', 'emason', 'm.b@bell-', 'm.b-bell', ...WORDS]
    .flatMap((word) => [`${word}@quell.example`, `${word}.1988@halm.example`])
    .slice(0, 600),
}
const KINDS: Readonly<Record<string, FieldKind>> = { given: 'given-name', surname: 'surname', city: 'city' }

describe('letters in cells', () => {
  it.each(Object.keys(LETTER_RULES) as (keyof typeof LETTER_RULES)[])(
    'tell of two values what reading them tells: %s',
    (topic) => {
      const { read, level } = READERS[topic]
      const kind = KINDS[topic] ?? (topic as FieldKind)
      const values = (RAWS[topic] ?? []).flatMap((raw) => read([raw], [{ name: topic, kind }]) ?? [])
      const cells = emptyLetters(topic, values.length + 1) as LetterCells
      const sketches = values.map((value) => sketchOf(topic, value))
      const packs = values.map((value: Value, at) => {
        putLetters(cells, at + 1, value, hashOf(soundOf(value.form)))
        return packed(at + 1, (value.form || value.text).length, flagsOf(topic, value))
      })
      let [told, open] = [0, 0]
      const wrong: string[] = []
      for (const [at, a] of values.entries()) {
        for (const [other, b] of values.entries()) {
          if (equalityKey(topic, a) === equalityKey(topic, b)) continue
          const [one, two] = [packs[at] as number, packs[other] as number]
          const [sketchA, sketchB] = [sketches[at] as number, sketches[other] as number]
          const found = LETTER_RULES[topic]?.(cells, at + 1, other + 1, sketchA, sketchB, one, two)
          if (found === OPEN) open++
          else if (++told && found !== level(a, b, { total: 0, once: 1, counts: new Map() }))
            wrong.push(`${a.raw} ${b.raw}`)
        }
      }
      expect(wrong).toEqual([])
      expect(told).toBeGreaterThan(open)
    },
  )
})
