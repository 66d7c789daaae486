import type { Features } from '../server/relevance/index.ts'

/**
 * What we compare with: logistic regression on TF-IDF over the same features (rarity counted over the whole pool, which is
 * generous), rows of length one, balanced class weights, the strength of L2 chosen by stratified cross-validation within
 * the labels, the intercept a feature of its own as in liblinear. Dual coordinate descent on the matrix of products.
 */
const STRENGTHS = [0.01, 0.1, 1, 10, 100]
const FOLDS = 5
const ROUNDS_MAX = 200
const TOLERANCE = 1e-3

export interface Row {
  ids: readonly number[]
  values: Float64Array
}

export interface Sorted {
  row: Row
  forUs: boolean
}

export type Classifier = (row: Row) => boolean

export function rowsOf(posts: readonly Features[], pool: readonly Features[]): Row[] {
  const counts = new Map<number, number>()
  for (const { ids } of pool) for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return posts.map(({ ids }) => {
    const raw = Float64Array.from(ids, (id) => Math.log((1 + pool.length) / (1 + (counts.get(id) ?? 0))) + 1)
    const length = Math.hypot(...raw) || 1
    return { ids, values: raw.map((value) => value / length) }
  })
}

export function fitBaseline(sorted: readonly Sorted[]): Classifier {
  const positives = sorted.filter(({ forUs }) => forUs).length
  if (positives === 0 || positives === sorted.length) return () => positives > 0
  const problem = { sorted, products: sorted.map(({ row }) => productsWith(row, sorted)) }
  const all = sorted.map((_, at) => at)
  const pulls = solved(problem, all, chosenStrength(problem, Math.min(positives, sorted.length - positives)))
  const weights = new Map<number, number>()
  sorted.forEach(({ row }, at) => {
    row.ids.forEach((id, place) => {
      weights.set(id, (weights.get(id) ?? 0) + (row.values[place] as number) * (pulls[at] as number))
    })
  })
  const intercept = pulls.reduce((sum, pull) => sum + pull, 0)
  return ({ ids, values }) =>
    ids.reduce((sum, id, at) => sum + (weights.get(id) ?? 0) * (values[at] as number), intercept) > 0
}

interface Problem {
  sorted: readonly Sorted[]
  products: readonly Float64Array[]
}

function productsWith(row: Row, sorted: readonly Sorted[]): Float64Array {
  const values = new Map(row.ids.map((id, at) => [id, row.values[at] as number]))
  return Float64Array.from(sorted, ({ row: other }) =>
    other.ids.reduce((sum, id, at) => sum + (values.get(id) ?? 0) * (other.values[at] as number), 1),
  )
}

function chosenStrength(problem: Problem, rarer: number): number {
  const { sorted, products } = problem
  const folds = Math.min(FOLDS, rarer)
  if (folds < 2) return 1
  const foldOf = stratified(sorted, folds)
  const scored = STRENGTHS.map((strength) => {
    const answers: boolean[] = []
    for (let fold = 0; fold < folds; fold++) {
      const inside = sorted.flatMap((_, at) => (foldOf[at] === fold ? [] : [at]))
      const pulls = solved(problem, inside, strength)
      sorted.forEach((_, at) => {
        if (foldOf[at] === fold) answers[at] = scoreAt(products[at] as Float64Array, pulls) > 0
      })
    }
    const truths = sorted.map(({ forUs }) => forUs)
    return { strength, f1: macroF1(truths, answers) }
  })
  return scored.reduce((best, next) => (next.f1 > best.f1 ? next : best)).strength
}

const scoreAt = (products: Float64Array, pulls: Float64Array): number => {
  let sum = 0
  for (let at = 0; at < pulls.length; at++) sum += (products[at] as number) * (pulls[at] as number)
  return sum
}

function stratified(sorted: readonly Sorted[], folds: number): number[] {
  const seen = { true: 0, false: 0 }
  return sorted.map(({ forUs }) => seen[`${forUs}`]++ % folds)
}

/** F1 of both sides, their mean: says the same whichever side is rare. */
export function macroF1(truths: readonly boolean[], answers: readonly boolean[]): number {
  const f1 = (side: boolean): number => {
    let [both, wanted, given] = [0, 0, 0]
    truths.forEach((truth, at) => {
      if (truth === side) wanted++
      if (answers[at] === side) given++
      if (truth === side && answers[at] === side) both++
    })
    return wanted + given === 0 ? 1 : (2 * both) / (wanted + given)
  }
  return (f1(true) + f1(false)) / 2
}

/** What each labelled row adds to a score, per unit of likeness: dual times side. */
function solved({ sorted, products }: Problem, inside: readonly number[], strength: number): Float64Array {
  const positives = inside.filter((at) => sorted[at]?.forUs).length
  const duals = new Float64Array(sorted.length)
  const pulls = new Float64Array(sorted.length)
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let largest = 0
    for (const at of inside) {
      const forUs = sorted[at]?.forUs as boolean
      const side = forUs ? 1 : -1
      const bound = (strength * inside.length) / (2 * Math.max(1, forUs ? positives : inside.length - positives))
      const row = products[at] as Float64Array
      const square = row[at] as number
      const was = duals[at] as number
      const is = bestDual(side * scoreAt(row, pulls) - was * square, square, bound)
      duals[at] = is
      pulls[at] = is * side
      largest = Math.max(largest, Math.abs(is - was) / Math.min(bound, 10))
    }
    if (largest < TOLERANCE) break
  }
  return pulls
}

/** The root of rest + dual·square + log(dual / (bound − dual)), by halving. */
function bestDual(rest: number, square: number, bound: number): number {
  let [low, high] = [0, bound]
  for (let step = 0; step < 30; step++) {
    const dual = (low + high) / 2
    if (rest + dual * square + Math.log(dual / (bound - dual)) > 0) high = dual
    else low = dual
  }
  return (low + high) / 2
}
