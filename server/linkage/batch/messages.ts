import type { Blocks, KeyParts, PartColumn } from '../blocks.ts'
import type { Field } from '../schema.ts'
import type { UnitColumn } from './columns.ts'
import type { RunRange } from './pair-lists.ts'
import type { ValueShares } from './pair-scorer.ts'
import type { Rows } from './rows.ts'
import type { ValueFacts } from './value-facts.ts'

/** Which of how many threads: each takes its share of the values, keys or records. */
export interface ThreadShare {
  readonly from: number
  readonly step: number
}

export interface Ground {
  readonly fields: readonly Field[]
  readonly columns: readonly UnitColumn[]
  readonly facts: readonly ValueFacts[]
  readonly rows: Rows
}

/** What a thread is asked; every list in it is shared memory. */
export type Task =
  | { readonly task: 'facts'; readonly share: ThreadShare }
  | { readonly task: 'rows'; readonly order: Uint32Array; readonly share: ThreadShare }
  | {
      readonly task: 'blocks'
      readonly keys: readonly KeyParts[]
      readonly parts: readonly PartColumn[]
      readonly count: number
      readonly cap: number
    }
  | {
      readonly task: 'score'
      readonly model: string
      readonly shares: ValueShares
      readonly blocks: Blocks
      readonly pairsOfRuns: Uint32Array
      readonly runs: RunRange
      readonly tables: Uint8Array | null
      readonly least: number
    }

export interface FoundEdges {
  readonly a: Uint32Array
  readonly b: Uint32Array
  readonly weight: Float32Array
  readonly compared: number
}

export type Answer = { readonly blocks: Blocks } | { readonly edges: FoundEdges } | { readonly filled: true }
