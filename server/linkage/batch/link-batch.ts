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
import type { Compared } from './pair-levels.ts'
import { pairsOfRuns } from './pair-lists.ts'
import { PairScorer, type ValueShares } from './pair-scorer.ts'
import { recordParts } from './record-parts.ts'
import { leadingPart, type RowOrder, rowOrder } from './row-order.ts'
import { emptyRows } from './rows.ts'
import { joinedLists } from './shared-lists.ts'
import { Threads } from './threads.ts'
import { emptyFacts } from './value-facts.ts'

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

/** What a batch works on, in memory that all its threads share. */
interface Ground extends Compared {
  readonly parts: readonly Part[]
  readonly columns: readonly UnitColumn[]
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
  async link(options: BatchOptions = {}): Promise<BatchLinked> {
    const { threads = 2, tables, model: given } = options
    const ground = this.ground()
    const { columns, reader, facts, rows } = ground
    const pool = new Threads(Math.min(threads, THREADS_MAX), { fields: this.schema.fields, columns, facts, rows })
    try {
      const order = await this.ordered(pool, ground)
      const blocks = await blocksOf(pool, ground, order)
      const runs = pairsOfRuns(blocks, this.columns.count)
      this.lap('blocks')
      const learner = new BatchLearner(this.schema, { rows, facts, reader }, columns, order, tables)
      const learnt = given ? { model: given, shares: learner.sharesOf(given) } : learner.learn(blocks, runs)
      this.lap('model')
      const tablesOfRows = tables ? Uint8Array.from(order.records, (record) => tables[record] as number) : null
      const task = { model: packedModel(learnt.model), shares: learnt.shares, blocks, pairsOfRuns: runs }
      const found = await pool.score({ ...task, tables: tablesOfRows, least: KEPT_WEIGHT_MIN })
      this.lap('score')
      return this.grouped(inRecords(found, order), learnt, ground, order, options)
    } finally {
      await pool.end()
    }
  }

  private ground(): Ground {
    const parts = partsOf(this.schema)
    const columns = this.columns.shared()
    const reader = new ValueReader(this.schema, columns)
    const facts = emptyFacts(this.schema, parts, columns, reader)
    const rows = emptyRows(this.schema.units.length, this.columns.count)
    this.lap('read')
    return { parts, columns, reader, facts, rows }
  }

  /** Reads every value once, and puts the records into rows. */
  private async ordered(pool: Threads, { parts, columns, facts }: Ground): Promise<RowOrder> {
    await pool.fillFacts()
    const lead = leadingPart(parts)
    const order = rowOrder(recordParts(parts[lead] as Part, lead, columns, facts, null), this.columns.count)
    await pool.fillRows(order.records)
    this.lap('values')
    return order
  }

  private grouped(
    weighed: FoundEdges,
    { model, shares }: { model: Model; shares: ValueShares },
    { columns, reader, facts, rows }: Ground,
    order: RowOrder,
    { tables, probability = 0.5 }: BatchOptions,
  ): BatchLinked {
    const { schema } = this
    const { count } = this.columns
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

async function blocksOf(pool: Threads, { parts, columns, facts }: Ground, { records }: RowOrder): Promise<Blocks> {
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
