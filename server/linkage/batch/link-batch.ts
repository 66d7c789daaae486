import { type Blocks, keyParts } from '../blocks.ts'
import { clustersOf } from '../clusters.ts'
import { uncontested } from '../contested.ts'
import { type Part, partsOf } from '../keys.ts'
import type { LinkageRecord, Model } from '../model.ts'
import { packedModel } from '../packing.ts'
import type { Prepared } from '../prepared.ts'
import type { Schema } from '../schema.ts'
import { BatchLearner } from './batch-learner.ts'
import { RECORDS_MAX } from './cells.ts'
import { Columns, type UnitColumn, ValueReader } from './columns.ts'
import type { FoundEdges } from './messages.ts'
import { pairsOfRuns } from './pair-lists.ts'
import { PairScorer } from './pair-scorer.ts'
import { recordParts } from './record-parts.ts'
import { leadingPart, type RowOrder, rowOrder } from './row-order.ts'
import { emptyRows } from './rows.ts'
import { joinedLists } from './shared-lists.ts'
import { Threads } from './threads.ts'
import { emptyFacts, type ValueFacts } from './value-facts.ts'

/** Large lists have many records for every key: smaller blocks and finer keys keep the number of pairs in bounds. */
const BLOCK_RECORDS_MAX = 60
const BLOCK_RECORDS_MIN = 6
const BLOCK_RECORDS_TOTAL = 6_000_000
/** Pairs below it are not kept. */
const KEPT_WEIGHT_MIN = -2
export const THREADS_MAX = 16

export interface BatchOptions {
  readonly threads?: number
  /** Table of each record, by its order; with it each record finds one partner at most, in the other table. */
  readonly tables?: Uint8Array
  /** Probability from which two records are one; a half by default. */
  readonly probability?: number
  /** A model learned before; without it one is learned from these records. */
  readonly model?: Model
}

export interface BatchLinked {
  readonly labels: Int32Array
  readonly model: Model
  readonly comparedPairs: number
  readonly edges: FoundEdges
  /** Seconds of each stage, and those of the processor in all threads. */
  readonly seconds: Readonly<Record<string, number>>
  readonly processorSeconds: Readonly<Record<string, number>>
}

/**
 * The same as `linkRecords` for lists that do not fit into memory as objects: records are taken one at a time into columns of
 * bytes and numbers that all threads share. About 300 bytes a record.
 */
export class Batch {
  private readonly schema: Schema
  private readonly columns: Columns
  private begun = performance.now()
  private used = process.cpuUsage()
  private readonly seconds: Record<string, number> = {}
  private readonly processorSeconds: Record<string, number> = {}

  constructor(schema: Schema) {
    this.schema = schema
    this.columns = new Columns(schema)
  }

  /** Throws RangeError above RECORDS_MAX. */
  add(record: LinkageRecord): void {
    if (this.columns.count >= RECORDS_MAX) throw new RangeError(`a batch takes ${RECORDS_MAX} records`)
    this.columns.add(record)
  }

  /** Once, after all records were added. */
  async link({ threads = 2, tables, probability = 0.5, model: given }: BatchOptions = {}): Promise<BatchLinked> {
    const { schema } = this
    const parts = partsOf(schema)
    const columns = this.columns.shared()
    const count = this.columns.count
    const reader = new ValueReader(schema, columns)
    const facts = emptyFacts(schema, parts, columns, reader)
    const rows = emptyRows(schema.units.length, count)
    this.lap('read')
    const pool = new Threads(Math.min(threads, THREADS_MAX), { fields: schema.fields, columns, facts, rows })
    try {
      await pool.fillFacts()
      const lead = leadingPart(parts)
      const order = rowOrder(recordParts(parts[lead] as Part, lead, columns, facts, null), count)
      await pool.fillRows(order.records)
      this.lap('values')
      const blocks = await blocksOf(pool, parts, columns, facts, order)
      const runs = pairsOfRuns(blocks, count)
      this.lap('blocks')
      const learner = new BatchLearner(schema, { rows, facts, reader }, columns, order, tables)
      const { model, shares } = given ? { model: given, shares: learner.sharesOf(given) } : learner.learn(blocks, runs)
      this.lap('model')
      const tablesOfRows = tables ? Uint8Array.from(order.records, (record) => tables[record] as number) : null
      const task = { model: packedModel(model), shares, blocks, pairsOfRuns: runs, tables: tablesOfRows }
      const weighed = inRecords(await pool.score({ ...task, least: KEPT_WEIGHT_MIN }), order)
      this.lap('score')
      const preparedOf = (record: number): Prepared => ({
        values: schema.units.map((_, at) => reader.valueOf(at, columns[at]?.ids[record] as number)),
      })
      const edges = { ...weighed, weight: uncontested(model, count, weighed, preparedOf).weight as Float32Array }
      const scorer = new PairScorer(schema, { rows, facts, reader }, model, shares)
      const threshold = Math.log2(probability / (1 - probability))
      const rowOf = (record: number): number => order.rows[record] as number
      const weightOf = (a: number, b: number): number => scorer.weight(rowOf(a), rowOf(b), Number.NEGATIVE_INFINITY)
      const labels = clustersOf(count, edges, tables ? { threshold, tables } : { threshold, weightOf })
      this.lap('clusters')
      return { labels, model, comparedPairs: edges.compared, edges, ...this.took() }
    } finally {
      await pool.end()
    }
  }

  private took(): Pick<BatchLinked, 'seconds' | 'processorSeconds'> {
    return { seconds: this.seconds, processorSeconds: this.processorSeconds }
  }

  private lap(stage: string): void {
    const now = performance.now()
    this.seconds[stage] = (now - this.begun) / 1000
    this.begun = now
    const { user, system } = process.cpuUsage(this.used)
    this.processorSeconds[stage] = (user + system) / 1e6
    this.used = process.cpuUsage()
  }
}

async function blocksOf(
  pool: Threads,
  parts: readonly Part[],
  columns: readonly UnitColumn[],
  facts: readonly ValueFacts[],
  { records }: RowOrder,
): Promise<Blocks> {
  const count = records.length
  const ofRows = parts.map((part, at) => recordParts(part, at, columns, facts, records))
  const cap = Math.max(BLOCK_RECORDS_MIN, Math.min(BLOCK_RECORDS_MAX, Math.round(BLOCK_RECORDS_TOTAL / count)))
  const found = await pool.blocks(keyParts(parts), ofRows, count, cap)
  return {
    offsets: joinedOffsets(found.map(({ offsets }) => offsets)),
    members: joinedLists(found.map(({ members }) => members)),
  }
}

/** Edges of rows as those of records, the smaller record first. */
function inRecords(edges: FoundEdges, { records }: RowOrder): FoundEdges {
  for (let at = 0; at < edges.a.length; at++) {
    const [a, b] = [records[edges.a[at] as number] as number, records[edges.b[at] as number] as number]
    edges.a[at] = Math.min(a, b)
    edges.b[at] = Math.max(a, b)
  }
  return edges
}

function joinedOffsets(lists: readonly Uint32Array[]): Uint32Array {
  const joined = new Uint32Array(new SharedArrayBuffer(4 * lists.reduce((sum, list) => sum + list.length - 1, 1)))
  let [at, base] = [1, 0]
  for (const list of lists) {
    for (let block = 1; block < list.length; block++) joined[at++] = base + (list[block] as number)
    base += list.at(-1) as number
  }
  return joined
}
