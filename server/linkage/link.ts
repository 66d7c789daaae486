import { byRecord, forCandidates } from './candidates.ts'
import { clustersOf } from './clusters.ts'
import { uncontested } from './contested.ts'
import { type LearnOptions, learn } from './learn.ts'
import type { LinkageRecord, Model } from './model.ts'
import type { Prepared } from './prepared.ts'
import type { Schema } from './schema.ts'
import { compare } from './score.ts'

/** Pairs that speak against being one by less than this are kept, so that groups are judged by what was compared. */
const KEPT_WEIGHT_MIN = -6

export interface LinkOptions extends LearnOptions {
  /** Neither table holds anybody twice: one partner at most. Only with `tables`. */
  readonly oneToOne?: boolean
  /** Probability from which two records are one; a half by default. */
  readonly probability?: number
}

export interface Linked {
  /** Smallest record of each record's group. */
  readonly labels: Int32Array
  readonly model: Model
  readonly comparedPairs: number
}

/** Everything at once, without labels: learns from the records and groups them. For lists that fit into memory as they are. */
export function linkRecords(schema: Schema, records: readonly LinkageRecord[], options: LinkOptions = {}): Linked {
  const { model, prepared, blocks } = learn(schema, records, options)
  const { tables, oneToOne, probability = 0.5 } = options
  const a: number[] = []
  const b: number[] = []
  const weight: number[] = []
  let comparedPairs = 0
  const weightOf = (one: number, other: number): number =>
    compare(model, prepared[one] as Prepared, prepared[other] as Prepared).weight
  forCandidates(blocks, byRecord(blocks, records.length), { from: 0, to: records.length }, (one, other) => {
    if (tables && tables[one] === tables[other]) return
    comparedPairs++
    const found = weightOf(one, other)
    if (found < KEPT_WEIGHT_MIN) return
    a.push(one)
    b.push(other)
    weight.push(found)
  })
  const edges = uncontested(model, records.length, { a, b, weight }, (row) => prepared[row] as Prepared)
  const threshold = Math.log2(probability / (1 - probability))
  const labels = clustersOf(records.length, edges, oneToOne && tables ? { threshold, tables } : { threshold, weightOf })
  return { labels, model, comparedPairs }
}
