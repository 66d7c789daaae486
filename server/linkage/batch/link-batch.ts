import { keyParts, type PartColumn } from '../blocks.ts'
import { byRecord, forCandidates } from '../candidates.ts'
import { clustersOf } from '../clusters.ts'
import { uncontested } from '../contested.ts'
import { partsOf } from '../keys.ts'
import type { LinkageRecord, Model } from '../model.ts'
import { packedModel } from '../packing.ts'
import type { Prepared } from '../prepared.ts'
import type { Schema } from '../schema.ts'
import { BatchLearner } from './batch-learner.ts'
import { Columns, ValueReader } from './columns.ts'
import type { FoundEdges } from './messages.ts'
import { PairScorer } from './pair-scorer.ts'
import { recordParts } from './record-parts.ts'
import { emptyRows, RECORDS_MAX } from './rows.ts'
import { joinedLists, sharedCopy } from './shared-lists.ts'
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
  /** Seconds of each stage. */
  readonly seconds: Readonly<Record<string, number>>
}

/**
 * The same as `linkRecords` for lists that do not fit into memory as objects: records are taken one at a time into columns of
 * bytes and numbers that all threads share. About 300 bytes a record.
 */
export class Batch {
  private readonly schema: Schema
  private readonly columns: Columns
  private begun = performance.now()
  private readonly seconds: Record<string, number> = {}

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
      this.lap('values')
      const recordColumns = parts.map((part, at) => recordParts(part, at, columns, facts))
      const cap = Math.max(BLOCK_RECORDS_MIN, Math.min(BLOCK_RECORDS_MAX, Math.round(BLOCK_RECORDS_TOTAL / count)))
      const found = await pool.blocks(keyParts(parts), recordColumns, count, cap)
      const blocks = {
        offsets: joinedOffsets(found.map(({ offsets }) => offsets)),
        members: joinedLists(found.map(({ members }) => members)),
      }
      const lists = byRecord(blocks, count)
      const shared = { starts: sharedCopy(lists.starts), lists: sharedCopy(lists.lists) }
      this.lap('blocks')
      const learner = new BatchLearner(schema, columns, facts, rows, reader, tables)
      const known = given && { model: given, shares: learner.sharesOf(given) }
      const { model, shares } =
        known ??
        learner.learn(
          (visit, step) => forCandidates(blocks, shared, { from: 0, to: count, step }, visit),
          blocks.members.length,
        )
      this.lap('model')
      const alike = recordColumns[
        Math.max(
          0,
          parts.findIndex(({ together, strong }) => together || !strong),
        )
      ] as PartColumn
      const weighed = await pool.score({
        model: packedModel(model),
        shares,
        blocks,
        byRecord: shared,
        order: orderBy(alike.hashes, alike.width, count),
        tables: tables ?? null,
        least: KEPT_WEIGHT_MIN,
      })
      this.lap('score')
      const preparedOf = (row: number): Prepared => ({
        values: schema.units.map((_, at) => reader.valueOf(at, columns[at]?.ids[row] as number)),
      })
      const edges = { ...weighed, weight: uncontested(model, count, weighed, preparedOf).weight as Float32Array }
      const scorer = new PairScorer(schema, { rows, facts, reader }, model, shares)
      const threshold = Math.log2(probability / (1 - probability))
      const weightOf = (a: number, b: number): number => scorer.weight(a, b, Number.NEGATIVE_INFINITY)
      const labels = clustersOf(count, edges, tables ? { threshold, tables } : { threshold, weightOf })
      this.lap('clusters')
      return { labels, model, comparedPairs: edges.compared, edges, seconds: this.seconds }
    } finally {
      await pool.end()
    }
  }

  private lap(stage: string): void {
    const now = performance.now()
    this.seconds[stage] = (now - this.begun) / 1000
    this.begun = now
  }
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

/** Records that sound alike stand together, so that what was read of one is still there for the next. */
function orderBy(hashes: Uint32Array, width: number, count: number): Uint32Array {
  const keys = new Float64Array(count)
  for (let row = 0; row < count; row++) keys[row] = (hashes[row * width] as number) * 2 ** 21 + (row & 0x1fffff)
  const sorted = keys.sort()
  const order = new Uint32Array(new SharedArrayBuffer(4 * count))
  for (let at = 0; at < count; at++) order[at] = (sorted[at] as number) % 2 ** 21
  return order
}
