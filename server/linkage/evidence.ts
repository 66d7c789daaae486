import { type Pattern, PatternCounts, type Shares, strangersOf } from './em.ts'
import type { Topic } from './levels.ts'
import type { AnswerCounts, Frequencies, HandleModel, Model } from './model.ts'
import type { Schema } from './schema.ts'

const RANDOM_PAIRS = 200_000
const AGREEING_PAIRS = 20_000

export const NO_ANSWERS: AnswerCounts = { confirmed: [], refused: [], confirmations: 0, refusals: 0, expected: 0 }

/** Topics in which the words of a value are weighed. */
export const BY_WORDS: readonly Topic[] = ['name', 'handle', 'address', 'organisation', 'title', 'text']

/** All that is learned from records. */
export interface Learnt {
  readonly shares: Shares
  readonly values: readonly Frequencies[]
  readonly words: readonly Frequencies[]
  readonly handles: HandleModel | null
}

export const modelFrom = (schema: Schema, { shares, values, words, handles }: Learnt): Model => ({
  schema,
  prior: priorOf(shares),
  learnedPrior: priorOf(shares),
  relatedPriors: shares.rho.map((rho) => Math.log2(rho / strangersOf(shares))),
  handles,
  answers: NO_ANSWERS,
  units: schema.units.map((_, at) => ({
    m: shares.m[at] as number[],
    u: shares.u[at] as number[],
    related: shares.related.map((rows) => rows[at] as number[]),
    learned: { m: shares.m[at] as number[], u: shares.u[at] as number[] },
    uAgreeing: shares.uAgreeing[at] ?? null,
    values: values[at] as Frequencies,
    words: words[at] as Frequencies,
    weight: shares.matches,
  })),
})

const priorOf = (shares: Shares): number => Math.log2(shares.lambda / strangersOf(shares))

/** How many pairs there are at all. */
export function pairsOf(count: number, tables: Uint8Array | undefined): number {
  if (!tables) return (count * (count - 1)) / 2
  const second = tables.reduce((sum, table) => sum + Number(table !== 0), 0)
  return second * (count - second)
}

/** Levels of pairs at random; always the same pairs for the same rows. */
export function randomPatterns(
  rows: readonly number[],
  tables: Uint8Array | undefined,
  levelsFor: (a: number, b: number) => ArrayLike<number>,
  pairs = RANDOM_PAIRS,
): Pattern[] {
  const counts = new PatternCounts()
  if (rows.length < 2) return []
  let state = 88_172_645
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % rows.length
  }
  const wanted = Math.min(pairs, rows.length * rows.length)
  for (let pair = 0; pair < wanted; pair++) {
    const [a, b] = [rows[next()] as number, rows[next()] as number]
    if (a === b || (tables && tables[a] === tables[b])) continue
    counts.add(levelsFor(a, b))
  }
  return counts.all()
}

/** Levels of neighbouring records among those that say the same, as `textOf` tells. */
export function agreeingPatterns(
  rows: readonly number[],
  textOf: (row: number) => string | number | undefined,
  levelsFor: (a: number, b: number) => ArrayLike<number>,
): Pattern[] {
  const groups = new Map<string | number, number[]>()
  for (const row of rows) {
    const text = textOf(row)
    if (text === undefined) continue
    const group = groups.get(text)
    if (group) group.push(row)
    else groups.set(text, [row])
  }
  const counts = new PatternCounts()
  let pairs = 0
  for (const group of groups.values()) {
    for (let at = 1; at < group.length && pairs < AGREEING_PAIRS; at++, pairs++)
      counts.add(levelsFor(group[at - 1] as number, group[at] as number))
  }
  return counts.all()
}
