import {
  type Figure,
  type Stratum,
  share,
  shareOfTotals,
  stratifiedShare,
  stratifiedTotal,
  widthOf,
} from './intervals.ts'

/** Where a post stands: by draft and saved version, and in the net around them. */
export const DRAFT_STRATA = ['in-both', 'gained', 'gained-unstored'] as const
export const SAVED_STRATA = ['in-both', 'lost'] as const
export const STRATUM_NAMES = [...DRAFT_STRATA, 'lost', 'almost', 'almost-unstored', 'other-topics', 'by-hand'] as const
export type StratumName = (typeof STRATUM_NAMES)[number]

/** Posts of one kind, with what people said of those that were drawn at random. */
export interface SortedStratum {
  stratum: StratumName
  posts: Figure
  sorted: number
  forUs: number
  /** Drawn and not sorted yet: what can be asked. */
  open: number
}

/** An estimate says nothing while more of its posts than this lie in strata of which nobody sorted any. */
const UNSORTED_SHARE_MAX = 0.1
/** With an interval this narrow, questions go to recall. */
const PRECISION_ENOUGH = 0.2

export const shareOf = ({ sorted, forUs, posts }: SortedStratum): Figure => share(forUs, sorted, posts.value)

const asStratum = (one: SortedStratum): Stratum => ({ posts: one.posts, share: shareOf(one) })
const isOf =
  (names: readonly string[]) =>
  (one: SortedStratum): boolean =>
    names.includes(one.stratum)

/** Null while too much is unknown. */
export function precisionOf(strata: readonly SortedStratum[], names: readonly string[]): Figure | null {
  const own = strata.filter(isOf(names))
  return isKnown(own) ? stratifiedShare(own.map(asStratum)) : null
}

/** Relative to the net: what lies outside it is neither found nor missed. */
export function recallOf(strata: readonly SortedStratum[], names: readonly string[]): Figure | null {
  if (!isKnown(strata)) return null
  const isFound = isOf(names)
  const total = (some: readonly SortedStratum[]) => stratifiedTotal(some.map(asStratum))
  return shareOfTotals(total(strata.filter(isFound)), total(strata.filter((one) => !isFound(one))))
}

function isKnown(strata: readonly SortedStratum[]): boolean {
  const sum = (some: readonly SortedStratum[]) => some.reduce((all, { posts }) => all + posts.value, 0)
  const unsorted = strata.filter(({ sorted, posts }) => sorted === 0 && posts.value > 0)
  return sum(strata) > 0 && sum(unsorted) <= UNSORTED_SHARE_MAX * sum(strata)
}

export interface Plan {
  of: 'precision' | 'recall'
  width: number
  widthAfter: number
  /** From which stratum each question comes, in order. */
  asks: StratumName[]
}

/**
 * The few questions that narrow the interval most: one after the other, each to the stratum where an answer that comes as
 * expected takes most off its width. That is Neyman's (1934) allocation, a label at a time. Null: nothing left to ask.
 */
export function planQuestions(strata: readonly SortedStratum[], count: number): Plan | null {
  const precision = widthOfPrecision(strata)
  const isPrecise = precision <= PRECISION_ENOUGH || !strata.some((one) => one.open > 0 && isOf(DRAFT_STRATA)(one))
  const widthWith = isPrecise ? widthOfRecall : widthOfPrecision
  let now = strata.map((one) => ({ ...one }))
  const asks: StratumName[] = []
  while (asks.length < count) {
    let best: { width: number; after: SortedStratum[]; stratum: StratumName } | null = null
    for (const [at, one] of now.entries()) {
      if (one.open === 0 || (!isPrecise && !isOf(DRAFT_STRATA)(one))) continue
      const after = now.with(at, answered(one))
      const width = widthWith(after)
      if (!best || width < best.width) best = { width, after, stratum: one.stratum }
    }
    if (!best) break
    now = best.after
    asks.push(best.stratum)
  }
  if (asks.length === 0) return null
  return { of: isPrecise ? 'recall' : 'precision', width: widthWith(strata), widthAfter: widthWith(now), asks }
}

/** As the answers so far make one expect it. */
const answered = (one: SortedStratum): SortedStratum => ({
  ...one,
  sorted: one.sorted + 1,
  forUs: one.forUs + (one.forUs + 0.5) / (one.sorted + 1),
  open: one.open - 1,
})

/** Also while too little is known to tell the figure: what is open counts with its whole width. */
function widthOfPrecision(strata: readonly SortedStratum[]): number {
  const figure = stratifiedShare(strata.filter(isOf(DRAFT_STRATA)).map(asStratum))
  return figure ? widthOf(figure) : 0
}

function widthOfRecall(strata: readonly SortedStratum[]): number {
  const isFound = isOf(DRAFT_STRATA)
  const total = (some: readonly SortedStratum[]) => stratifiedTotal(some.map(asStratum))
  const found = total(strata.filter(isFound))
  const missed = total(strata.filter((one) => !isFound(one)))
  const figure = shareOfTotals(found, missed)
  // Of intervals that are all as wide as can be, the one with the less uncertain totals is nearer to an answer.
  return figure ? widthOf(figure) + (widthOf(missed) + widthOf(found)) / (1 + found.high + missed.high) : 0
}
