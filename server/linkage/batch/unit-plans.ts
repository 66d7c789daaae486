import type { Topic } from '../levels.ts'
import type { Frequencies } from '../model.ts'
import { ALIKE_BY_VALUE } from '../rarity.ts'
import { READERS } from '../readers.ts'
import type { Schema } from '../schema.ts'
import type { Reader } from '../value.ts'
import { WORD_RULES } from '../word-sets.ts'
import type { ValueReader } from './columns.ts'
import type { LetterCells } from './letter-cells.ts'
import { LETTER_RULES, type LetterRule } from './letter-rules.ts'
import { FAR, type FarTest } from './sketches.ts'
import type { ValueFacts } from './value-facts.ts'
import { WordMeeting } from './word-cells.ts'

/** Equal keys are the closest level of these, without looking. */
const EQUAL_BY_KEY: readonly Topic[] = [
  ...([
    'given',
    'surname',
    'name',
    'handle',
    'birth-date',
    'mail',
    'phone',
    'identifier',
    'proven-id',
    'picture',
  ] as const),
  ...(['address', 'house-number', 'city', 'postcode', 'organisation', 'title', 'year', 'people', 'category'] as const),
]
/** Their shares are looked up by the number of the value; those of other topics depend on both values. */
const SHARE_BY_VALUE = EQUAL_BY_KEY.filter((topic) => !['handle', 'name', 'proven-id'].includes(topic))
/** Values with other keys can be the closest level too: always, or where they are lists or of another length. */
const EXACT_OTHERWISE: readonly Topic[] = ['title', 'people']
const EXACT_IN_LISTS: readonly Topic[] = ['mail', 'phone']

export type WordTopic = keyof typeof WORD_RULES

/** How a batch compares one unit. */
export interface UnitPlan {
  readonly at: number
  readonly parent: number
  readonly topic: Topic
  readonly reader: Reader
  readonly words: Frequencies
  readonly equalByKey: boolean
  readonly shareByValue: boolean
  readonly alikeByValue: boolean
  readonly exactOtherwise: boolean
  readonly exactInLists: boolean
  /** What its levels say depends on both values. */
  readonly byBits: boolean
  readonly isDate: boolean
  readonly far: FarTest | null
  /** Where words settle most pairs of values: how they meet, and what that comes to. */
  readonly meeting: WordMeeting | null
  readonly rule: (typeof WORD_RULES)[WordTopic] | null
  /** Where letters settle most pairs. */
  readonly letters: LetterCells | null
  readonly letterRule: LetterRule | null
}

/** In the order in which units are looked at: those with few values first, as these are read already. */
export function unitPlans(
  schema: Schema,
  facts: readonly ValueFacts[],
  reader: ValueReader,
  words: readonly Frequencies[],
): UnitPlan[] {
  return schema.units
    .map(({ topic, parent }, at) => {
      const cells = facts[at]?.words
      const frequencies = words[at] as Frequencies
      return {
        at,
        parent,
        topic,
        reader: READERS[topic],
        words: frequencies,
        equalByKey: EQUAL_BY_KEY.includes(topic),
        shareByValue: SHARE_BY_VALUE.includes(topic),
        alikeByValue: ALIKE_BY_VALUE.includes(topic),
        exactOtherwise: EXACT_OTHERWISE.includes(topic),
        exactInLists: EXACT_IN_LISTS.includes(topic),
        byBits: topic === 'handle' || topic === 'handle-name',
        isDate: topic === 'birth-date',
        far: FAR[topic] ?? null,
        meeting: cells ? new WordMeeting(cells, frequencies) : null,
        rule: WORD_RULES[topic as WordTopic] ?? null,
        letters: facts[at]?.letters ?? null,
        letterRule: LETTER_RULES[topic] ?? null,
      }
    })
    .sort((x, y) => costOf(x.topic) - costOf(y.topic) || reader.countOf(x.at) - reader.countOf(y.at))
}

/** What words do not settle is dear to look at: by then most pairs are given up. */
const costOf = (topic: Topic): number => Number(['address', 'organisation', 'title', 'text', 'people'].includes(topic))
