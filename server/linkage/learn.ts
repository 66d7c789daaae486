import { BlockBuilder, type Blocks, keyParts, partColumns } from './blocks.ts'
import { byRecord, forCandidates } from './candidates.ts'
import { type Evidence, estimate, PatternCounts, posterior, type Shares } from './em.ts'
import { agreeingPatterns, BY_WORDS, type Learnt, modelFrom, NO_ANSWERS, pairsOf, randomPatterns } from './evidence.ts'
import { frequenciesOf, NO_FREQUENCIES } from './frequencies.ts'
import { partsOf } from './keys.ts'
import { startShares, type Topic } from './levels.ts'
import type { Frequencies, LinkageRecord, Model } from './model.ts'
import { levelsOf, type Prepared, placesOf, prepare } from './prepared.ts'
import { equalityKey } from './rarity.ts'
import { startRelated } from './related.ts'
import type { Schema } from './schema.ts'
import { learnHandles } from './surprisal.ts'

export const BLOCK_RECORDS_MAX = 60
const CANDIDATES_MAX = 400_000
/** Records that are surely one count once when frequencies and chance are learned. */
const SURELY = 0.95
/** Odds of 1 : 100,000 that two are the same, until something is known. */
const START_PRIOR = -16.6

/** For a workspace with few records: everything as it usually is. */
export function startModel(schema: Schema): Model {
  return {
    schema,
    prior: START_PRIOR,
    learnedPrior: START_PRIOR,
    relatedPriors: startRelated(schema).map(() => START_PRIOR),
    handles: null,
    answers: NO_ANSWERS,
    units: schema.units.map(({ topic, parent }, at) => ({
      related: startRelated(schema).map((rows) => rows[at] as number[]),
      m: startShares(topic, 'm'),
      u: startShares(topic, 'u'),
      learned: { m: startShares(topic, 'm'), u: startShares(topic, 'u') },
      uAgreeing: parent < 0 ? null : startShares(topic, 'u'),
      values: NO_FREQUENCIES,
      words: NO_FREQUENCIES,
      weight: 0,
    })),
  }
}

export interface LearnOptions {
  /** Table of each record, when two tables are linked: pairs within a table are not looked at. */
  readonly tables?: Uint8Array
}

/** What `learnModel` went by, for who goes on with the same records. */
export interface Learned {
  readonly model: Model
  readonly prepared: readonly Prepared[]
  readonly blocks: Blocks
}

/** Learns from the records alone, without labels. Deterministic. */
export function learnModel(schema: Schema, records: readonly LinkageRecord[], options: LearnOptions = {}): Model {
  return learn(schema, records, options).model
}

export function learn(schema: Schema, records: readonly LinkageRecord[], { tables }: LearnOptions = {}): Learned {
  const prepared = records.map((record) => prepare(schema, record))
  const builder = new BlockBuilder(partsOf(schema), partColumns(schema, prepared), BLOCK_RECORDS_MAX)
  for (const key of keyParts(partsOf(schema))) builder.add(key, prepared.length)
  const blocks = builder.blocks()
  const sample = new Sample(schema, prepared, blocks, tables)
  const first = sample.learnt([...prepared.keys()])
  const second = sample.learnt(sample.distinct(first.shares))
  return { model: modelFrom(schema, second), prepared, blocks }
}

class Sample {
  private readonly schema: Schema
  private readonly prepared: readonly Prepared[]
  private readonly blocks: Blocks
  private readonly tables: Uint8Array | undefined
  private candidates: { a: number; b: number; levels: number[] }[] = []

  constructor(schema: Schema, prepared: readonly Prepared[], blocks: Blocks, tables: Uint8Array | undefined) {
    this.schema = schema
    this.prepared = prepared
    this.blocks = blocks
    this.tables = tables
  }

  /** Frequencies and chance agreement from `rows`, matches from all candidates. */
  learnt(rows: readonly number[]): Learnt {
    const { schema, prepared } = this
    const [values, words] = tablesOf(schema, prepared, rows)
    const compareLevels = this.comparer(words)
    const scale = this.compareCandidates(compareLevels)
    const patterns = new PatternCounts()
    for (const { levels } of this.candidates) patterns.add(levels, scale)
    const evidence: Evidence = {
      schema,
      candidates: patterns.all(),
      random: randomPatterns(rows, this.tables, compareLevels),
      agreeing: schema.units.map(({ parent }) =>
        parent < 0 ? [] : agreeingPatterns(rows, (row) => prepared[row]?.values[parent]?.text, compareLevels),
      ),
      pairs: pairsOf(prepared.length, this.tables),
      records: prepared.length,
    }
    const handleUnit = schema.units.findIndex(({ topic }) => topic === 'handle')
    const handles = rows.flatMap((row) => prepared[row]?.values[handleUnit]?.text ?? [])
    return { shares: estimate(evidence), values, words, handles: learnHandles(handles) }
  }

  /** One record of each group that is surely one. */
  distinct(shares: Shares): number[] {
    const parents = Int32Array.from({ length: this.prepared.length }, (_, at) => at)
    const root = (row: number): number => {
      let at = row
      while (parents[at] !== at) at = parents[at] as number
      return at
    }
    for (const { a, b, levels } of this.candidates) {
      if (posterior(shares, this.schema, levels).match < SURELY) continue
      const [one, other] = [root(a), root(b)]
      parents[Math.max(one, other)] = Math.min(one, other)
    }
    return [...parents.keys()].filter((row) => parents[row] === row)
  }

  private comparer(words: readonly Frequencies[]): (a: number, b: number) => number[] {
    const places = placesOf(this.schema)
    return (a, b) => levelsOf(this.schema, places, words, this.prepared[a] as Prepared, this.prepared[b] as Prepared)
  }

  /** Returns how many pairs each compared one stands for. */
  private compareCandidates(levelsFor: (a: number, b: number) => number[]): number {
    const count = this.prepared.length
    const lists = byRecord(this.blocks, count)
    let total = 0
    forCandidates(this.blocks, lists, { from: 0, to: count }, () => total++)
    const step = Math.max(1, Math.ceil(total / CANDIDATES_MAX))
    this.candidates = []
    forCandidates(this.blocks, lists, { from: 0, to: count, step }, (a, b) => {
      if (this.tables && this.tables[a] === this.tables[b]) return
      this.candidates.push({ a, b, levels: levelsFor(a, b) })
    })
    return step
  }
}

function tablesOf(
  schema: Schema,
  prepared: readonly Prepared[],
  rows: readonly number[],
): [values: Frequencies[], words: Frequencies[]] {
  const values = schema.units.map(() => new Map<string, number>())
  const words = schema.units.map(() => new Map<string, number>())
  for (const row of rows) {
    for (const [at, value] of (prepared[row]?.values ?? []).entries()) {
      if (!value) continue
      const { topic } = schema.units[at] as Schema['units'][number]
      const byWords = BY_WORDS.includes(topic)
      const items = isListed(topic) ? value.words : [equalityKey(topic, value)]
      for (const item of items) add(values[at] as Map<string, number>, item)
      if (byWords) for (const word of new Set(value.words)) add(words[at] as Map<string, number>, word)
    }
  }
  return [values.map(frequenciesOf), words.map((counts) => frequenciesOf(counts))]
}

const isListed = (topic: Topic): boolean => topic === 'mail' || topic === 'phone' || topic === 'site'

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
