import type { Blocks } from '../blocks.ts'
import { type Evidence, estimate, type Pattern, PatternCounts } from '../em.ts'
import { agreeingPatterns, BY_WORDS, modelFrom, pairsOf, randomPatterns } from '../evidence.ts'
import { NO_FREQUENCIES } from '../frequencies.ts'
import type { Frequencies, Model } from '../model.ts'
import type { Schema } from '../schema.ts'
import { learnHandles } from '../surprisal.ts'
import type { UnitColumn } from './columns.ts'
import { type Compared, PairLevels } from './pair-levels.ts'
import { rowsOfPair, sampledPairs } from './pair-lists.ts'
import type { ValueShares } from './pair-scorer.ts'
import type { RowOrder } from './row-order.ts'
import type { ValueFacts } from './value-facts.ts'
import { countUnit, countWords, sharesOf } from './value-shares.ts'

const SAMPLED_PAIRS = 80_000
const SAMPLED_RECORDS = 100_000
const HANDLES_READ_MAX = 200_000

/** What `learn` does, for records in columns: from samples of pairs and records. */
export class BatchLearner {
  private readonly schema: Schema
  private readonly compared: Compared
  private readonly columns: readonly UnitColumn[]
  private readonly order: RowOrder
  private readonly tables: Uint8Array | undefined

  constructor(
    schema: Schema,
    compared: Compared,
    columns: readonly UnitColumn[],
    order: RowOrder,
    tables: Uint8Array | undefined,
  ) {
    this.schema = schema
    this.compared = compared
    this.columns = columns
    this.order = order
    this.tables = tables
  }

  sharesOf({ units }: Model): ValueShares {
    return this.schema.units.map(({ topic }, unit) =>
      sharesOf(topic, unit, (units[unit] as Model['units'][number]).values, this.compared.reader),
    )
  }

  learn(blocks: Blocks, runs: Uint32Array): { model: Model; shares: ValueShares } {
    const counted = this.schema.units.map(({ topic }, unit) =>
      countUnit(
        topic,
        unit,
        this.columns[unit] as UnitColumn,
        this.compared.facts[unit] as ValueFacts,
        this.compared.reader,
      ),
    )
    const { schema } = this
    const count = this.columns[0]?.ids.length ?? 0
    const words = schema.units.map(({ topic }, unit) => this.wordsOf(topic, unit))
    const compared = new PairLevels(schema, this.compared, words)
    const { rows: rowOf } = this.order
    const levelsFor = (a: number, b: number): Uint8Array => {
      compared.compare(rowOf[a] as number, rowOf[b] as number)
      return compared.levels
    }
    const stride = Math.max(1, Math.floor(count / SAMPLED_RECORDS))
    const rows = Array.from({ length: Math.floor(count / stride) }, (_, at) => at * stride)
    const evidence: Evidence = {
      schema,
      candidates: this.candidates(blocks, runs, levelsFor),
      random: randomPatterns(rows, this.tables, levelsFor, SAMPLED_PAIRS),
      agreeing: schema.units.map(({ parent }) =>
        parent < 0 ? [] : agreeingPatterns(rows, (row) => this.textAt(parent, row), levelsFor),
      ),
      pairs: pairsOf(count, this.tables),
      records: count,
    }
    const values = counted.map((unit) => unit.values)
    return {
      model: modelFrom(schema, { shares: estimate(evidence), values, words, handles: this.handles() }),
      shares: counted.map(({ shares }) => shares),
    }
  }

  /** Levels of the pairs of some records, each standing for as many as were passed over. */
  private candidates(blocks: Blocks, runs: Uint32Array, levelsFor: (a: number, b: number) => Uint8Array): Pattern[] {
    const { records } = this.order
    const { tables } = this
    const step = Math.max(1, Math.round(runs.reduce((sum, count) => sum + count, 0) / SAMPLED_PAIRS))
    const found = sampledPairs(blocks, (row) => (records[row] as number) % step === 0)
    const patterns = new PatternCounts()
    for (const pair of found) {
      const [a, b] = rowsOfPair(pair).map((row) => records[row] as number) as [number, number]
      if (!tables || tables[a] !== tables[b]) patterns.add(levelsFor(a, b), step)
    }
    return patterns.all()
  }

  private wordsOf(topic: Schema['units'][number]['topic'], unit: number): Frequencies {
    return BY_WORDS.includes(topic)
      ? countWords(unit, this.columns[unit] as UnitColumn, this.compared.reader)
      : NO_FREQUENCIES
  }

  private textAt(unit: number, row: number): number | undefined {
    const id = this.columns[unit]?.ids[row] as number
    return this.compared.facts[unit]?.texts[id] || undefined
  }

  private handles(): Model['handles'] {
    const unit = this.schema.units.findIndex(({ topic }) => topic === 'handle')
    if (unit < 0) return null
    const count = this.columns[unit]?.offsets.length ?? 1
    const step = Math.max(1, Math.floor(count / HANDLES_READ_MAX))
    const handles: string[] = []
    for (let id = 1; id < count; id += step) {
      const text = this.compared.reader.read(unit, id)?.text
      if (text) handles.push(text)
    }
    return learnHandles(handles)
  }
}
