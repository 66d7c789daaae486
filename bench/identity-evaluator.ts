/**
 * How good a grouping of records is, counted exactly from the table of (true group, found group): no pair is ever enumerated,
 * so a million records and large groups cost a pass. Pairwise counts pairs of records; B³ (Bagga and Baldwin, 1998) asks of
 * each record which share of its found group belongs there, and which share of its true group was found.
 */
export type Label = string | number

export interface Quality {
  precision: number
  recall: number
  f1: number
}

/** Labels are those of the records' groups, by the records' order; a record that nothing was found for is a group of its own. */
export function evaluate(truth: readonly Label[], found: readonly Label[]): { pairwise: Quality; bCubed: Quality } {
  const { trueSizes, foundSizes, cells } = tableOf(truth, found)
  let common = 0
  let precision = 0
  let recall = 0
  for (const { trueGroup, foundGroup, size } of cells) {
    common += pairsOf(size)
    precision += size ** 2 / (foundSizes[foundGroup] as number)
    recall += size ** 2 / (trueSizes[trueGroup] as number)
  }
  return {
    pairwise: qualityOf(share(common, sumOfPairs(foundSizes)), share(common, sumOfPairs(trueSizes))),
    bCubed: qualityOf(share(precision, truth.length), share(recall, truth.length)),
  }
}

/** Pairwise quality of the pairs between records of two kinds, and of those within each kind. */
export interface QualityByKind {
  withinFirst: Quality
  between: Quality
  withinSecond: Quality
}

/** `second` tells of each record whether it is of the second kind. */
export function evaluateByKind(
  truth: readonly Label[],
  found: readonly Label[],
  second: readonly boolean[],
): QualityByKind {
  if (second.length !== truth.length) throw new Error('Each record needs its kind.')
  const kinds = second.map(Number)
  const inTruth = kindPairs(truth, kinds)
  const inFound = kindPairs(found, kinds)
  const { trueGroups, foundGroups } = numbered(truth, found)
  const common = kindPairs(
    truth.map(
      (label, at) =>
        (trueGroups.get(label) as number) * foundGroups.size + (foundGroups.get(found[at] as Label) as number),
    ),
    kinds,
  )
  const quality = (at: 0 | 1 | 2) => qualityOf(share(common[at], inFound[at]), share(common[at], inTruth[at]))
  return { withinFirst: quality(0), between: quality(1), withinSecond: quality(2) }
}

/** Pairs of one group within the first kind, between the kinds, within the second. */
function kindPairs(labels: readonly Label[], kinds: readonly number[]): [number, number, number] {
  const sizes = new Map<Label, [number, number]>()
  labels.forEach((label, at) => {
    const size = sizes.get(label) ?? [0, 0]
    size[kinds[at] as 0 | 1]++
    sizes.set(label, size)
  })
  const pairs: [number, number, number] = [0, 0, 0]
  for (const [first, second] of sizes.values()) {
    pairs[0] += pairsOf(first)
    pairs[1] += first * second
    pairs[2] += pairsOf(second)
  }
  return pairs
}

/** Pairs with the weight they were given, and whether they are truly the same: as objects, or as columns for many. */
export type ScoredPairs =
  | readonly { weight: number; same: boolean }[]
  | { weights: Float64Array | Float32Array; same: Uint8Array }

export interface Operating {
  recall: number
  /** That at this threshold: at least the one asked for. */
  precision: number
  /** Pairs of at least this weight count as found; infinite where no threshold is precise enough. */
  weight: number
}

/**
 * The most that is found by a threshold whose precision is at least this. Pairs of equal weight are taken in together or not
 * at all, because no threshold could tell them apart. True pairs that were never scored count as missed.
 */
export function recallAtPrecision(pairs: ScoredPairs, totalTruePairs: number, precision: number): Operating {
  const { right, wrong } = parted(pairs)
  let best: Operating = { recall: 0, precision: 1, weight: Number.POSITIVE_INFINITY }
  let taken = right.length
  let mistaken = wrong.length
  while (taken > 0 || mistaken > 0) {
    const weight = Math.max(
      right[taken - 1] ?? Number.NEGATIVE_INFINITY,
      wrong[mistaken - 1] ?? Number.NEGATIVE_INFINITY,
    )
    while (taken > 0 && (right[taken - 1] as number) >= weight) taken--
    while (mistaken > 0 && (wrong[mistaken - 1] as number) >= weight) mistaken--
    const hits = right.length - taken
    const reached = hits / (hits + wrong.length - mistaken)
    if (hits > 0 && reached >= precision) best = { recall: share(hits, totalTruePairs), precision: reached, weight }
  }
  return best
}

/** Weights of true and of false pairs, each ascending. */
function parted(pairs: ScoredPairs): { right: Float64Array; wrong: Float64Array } {
  const columns =
    'weights' in pairs
      ? pairs
      : {
          weights: Float64Array.from(pairs, ({ weight }) => weight),
          same: Uint8Array.from(pairs, ({ same }) => Number(same)),
        }
  const { weights, same } = columns
  const count = same.reduce((sum, one) => sum + (one ? 1 : 0), 0)
  const right = new Float64Array(count)
  const wrong = new Float64Array(weights.length - count)
  let rights = 0
  weights.forEach((weight: number, at: number) => {
    if (Number.isNaN(weight)) throw new Error('A weight is not a number.')
    if (same[at]) right[rights++] = weight
    else wrong[at - rights] = weight
  })
  return { right: right.sort(), wrong: wrong.sort() }
}

/** Pairs of records that belong together, of a labeling. */
export const truePairs = (truth: readonly Label[]): number => sumOfPairs([...countsOf(truth).values()])

function tableOf(truth: readonly Label[], found: readonly Label[]) {
  const { trueGroups, foundGroups } = numbered(truth, found)
  const trueSizes = new Array<number>(trueGroups.size).fill(0)
  const foundSizes = new Array<number>(foundGroups.size).fill(0)
  const cells = new Map<number, { trueGroup: number; foundGroup: number; size: number }>()
  truth.forEach((label, at) => {
    const trueGroup = trueGroups.get(label) as number
    const foundGroup = foundGroups.get(found[at] as Label) as number
    trueSizes[trueGroup] = (trueSizes[trueGroup] as number) + 1
    foundSizes[foundGroup] = (foundSizes[foundGroup] as number) + 1
    const key = trueGroup * foundGroups.size + foundGroup
    const cell = cells.get(key)
    if (cell) cell.size++
    else cells.set(key, { trueGroup, foundGroup, size: 1 })
  })
  return { trueSizes, foundSizes, cells: [...cells.values()] }
}

function numbered(truth: readonly Label[], found: readonly Label[]) {
  if (truth.length !== found.length) throw new Error(`${truth.length} true labels, but ${found.length} found ones.`)
  const number = (labels: readonly Label[]) => new Map([...new Set(labels)].map((label, at) => [label, at] as const))
  return { trueGroups: number(truth), foundGroups: number(found) }
}

function countsOf(labels: readonly Label[]): Map<Label, number> {
  const counts = new Map<Label, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

const pairsOf = (size: number): number => (size * (size - 1)) / 2
const sumOfPairs = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + pairsOf(size), 0)
/** Of nothing, everything: who claims no pair claims no wrong one, and where there is none, none is missed. */
const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole)
const qualityOf = (precision: number, recall: number): Quality => ({
  precision,
  recall,
  f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
})
