import type { ReasonCode } from './levels.ts'
import type { Schema } from './schema.ts'

/** A record as its owner has it; a field that is absent, empty or blank says nothing. */
export type LinkageRecord = Readonly<Record<string, string | null | undefined>>

/**
 * All that a score needs beside two records; plain data, to be stored as `packedModel` writes it. Learned without labels from the workspace's own
 * records (`learnModel`), or a start for a workspace that has few (`startModel`).
 */
export interface Model {
  readonly schema: Schema
  /** log2 of the odds that two records drawn at random are the same, moved by what people answered. */
  readonly prior: number
  readonly learnedPrior: number
  /** For each kind of related pairs: log2 of the odds that two records are such a pair, against strangers. */
  readonly relatedPriors: readonly number[]
  readonly units: readonly UnitModel[]
  /** Of the workspace's own handles; null where there are none. */
  readonly handles: HandleModel | null
  /** What people answered, as pseudo-counts; kept so that answers add up whatever their order. */
  readonly answers: AnswerCounts
}

export interface UnitModel {
  /** Share of each level among matches and among other pairs, by level number; [0] is unused. */
  readonly m: readonly number[]
  readonly u: readonly number[]
  /** The same among other pairs whose parent unit is exact; null without a parent. */
  readonly uAgreeing: readonly number[] | null
  /** Among each kind of pairs that are related and not the same. */
  readonly related: readonly (readonly number[])[]
  /** How often a value, or a word of it, was seen; a value that is not listed was seen once or never. */
  readonly values: Frequencies
  readonly words: Frequencies
  /** How many pairs the learned shares stand for: answers weigh against these. */
  readonly weight: number
  /** m and u as learned, before people answered. */
  readonly learned: { readonly m: readonly number[]; readonly u: readonly number[] }
}

export interface Frequencies {
  readonly total: number
  /** What a count of one is worth: how often such a value is to be expected. */
  readonly once: number
  readonly counts: ReadonlyMap<string, number>
}

/** Character trigrams of handles, for how surprising a handle is. */
export interface HandleModel {
  readonly trigrams: ReadonlyMap<string, number>
  readonly bigrams: ReadonlyMap<string, number>
}

export interface AnswerCounts {
  readonly confirmed: readonly (readonly number[])[]
  readonly refused: readonly (readonly number[])[]
  readonly confirmations: number
  readonly refusals: number
  /** Sums of the probability that was shown with them, by which the prior moves. */
  readonly expected: number
}

/**
 * One piece of a score. A positive weight speaks for, a negative one against; the weights and the prior add up to the
 * comparison's weight, in bits.
 */
export interface Reason {
  readonly code: ReasonCode
  /** Name of the field as declared. */
  readonly field: string
  /** The part of the code behind the point. */
  readonly level: string
  readonly weight: number
  /** What a sentence may say: `value`, `other`, `share` (of records that say the same), `rare` (0 or 1), `shared`. */
  readonly params: Readonly<Record<string, string | number>>
}

export interface Comparison {
  /** Sum of the prior and all reasons, in bits. */
  readonly weight: number
  /** 1 / (1 + 2^-weight). */
  readonly probability: number
  /** Strongest first, whichever side they speak for. */
  readonly reasons: readonly Reason[]
  /** Level number of each unit: what an answer to this comparison is remembered by. */
  readonly levels: readonly number[]
}

/** What a person said about a pair: its levels as they were compared, and the probability that was shown. */
export interface Answer {
  readonly levels: readonly number[]
  readonly confirmed: boolean
  readonly probability: number
}
