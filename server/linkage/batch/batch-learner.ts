import { type Evidence, estimate, PatternCounts } from '../em.ts'
import { agreeingPatterns, BY_WORDS, modelFrom, pairsOf, randomPatterns } from '../evidence.ts'
import { NO_FREQUENCIES } from '../frequencies.ts'
import type { Frequencies, Model } from '../model.ts'
import type { Schema } from '../schema.ts'
import { learnHandles } from '../surprisal.ts'
import type { UnitColumn, ValueReader } from './columns.ts'
import { PairLevels } from './pair-levels.ts'
import type { ValueShares } from './pair-scorer.ts'
import type { Rows } from './rows.ts'
import type { ValueFacts } from './value-facts.ts'
import { countUnit, countWords, sharesOf } from './value-shares.ts'

const SAMPLED_PAIRS = 80_000
const SAMPLED_RECORDS = 100_000
const HANDLES_READ_MAX = 200_000

/** What `learn` does, for records in columns: from samples of pairs and records. */
export class BatchLearner {
  private readonly schema: Schema
  private readonly columns: readonly UnitColumn[]
  private readonly facts: readonly ValueFacts[]
  private readonly rows: Rows
  private readonly reader: ValueReader
  private readonly tables: Uint8Array | undefined

  constructor(
    schema: Schema,
    columns: readonly UnitColumn[],
    facts: readonly ValueFacts[],
    rows: Rows,
    reader: ValueReader,
    tables: Uint8Array | undefined,
  ) {
    this.schema = schema
    this.columns = columns
    this.facts = facts
    this.rows = rows
    this.reader = reader
    this.tables = tables
  }

  sharesOf({ units }: Model): ValueShares {
    return this.schema.units.map(({ topic }, unit) =>
      sharesOf(topic, unit, (units[unit] as Model['units'][number]).values, this.reader),
    )
  }

  learn(
    candidates: (visit: (a: number, b: number) => void, step: number) => void,
    members: number,
  ): { model: Model; shares: ValueShares } {
    const counted = this.schema.units.map(({ topic }, unit) =>
      countUnit(topic, unit, this.columns[unit] as UnitColumn, this.facts[unit] as ValueFacts, this.reader),
    )
    const { schema } = this
    const count = this.columns[0]?.ids.length ?? 0
    const words = schema.units.map(({ topic }, unit) => this.wordsOf(topic, unit))
    const scorer = new PairLevels(schema, { rows: this.rows, facts: this.facts, reader: this.reader }, words)
    const levelsFor = (a: number, b: number): Uint8Array => {
      scorer.compare(a, b)
      return scorer.levels
    }
    const step = Math.max(1, Math.round(members / 2 / SAMPLED_PAIRS))
    const patterns = new PatternCounts()
    candidates((a, b) => {
      if (!this.tables || this.tables[a] !== this.tables[b]) patterns.add(levelsFor(a, b), step)
    }, step)
    const stride = Math.max(1, Math.floor(count / SAMPLED_RECORDS))
    const rows = Array.from({ length: Math.floor(count / stride) }, (_, at) => at * stride)
    const evidence: Evidence = {
      schema,
      candidates: patterns.all(),
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

  private wordsOf(topic: Schema['units'][number]['topic'], unit: number): Frequencies {
    return BY_WORDS.includes(topic) ? countWords(unit, this.columns[unit] as UnitColumn, this.reader) : NO_FREQUENCIES
  }

  private textAt(unit: number, row: number): number | undefined {
    const id = this.columns[unit]?.ids[row] as number
    return this.facts[unit]?.texts[id] || undefined
  }

  private handles(): Model['handles'] {
    const unit = this.schema.units.findIndex(({ topic }) => topic === 'handle')
    if (unit < 0) return null
    const count = this.columns[unit]?.offsets.length ?? 1
    const step = Math.max(1, Math.floor(count / HANDLES_READ_MAX))
    const handles: string[] = []
    for (let id = 1; id < count; id += step) {
      const text = this.reader.read(unit, id)?.text
      if (text) handles.push(text)
    }
    return learnHandles(handles)
  }
}
