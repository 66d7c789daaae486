import { type Background, THEMES, type Vector, vectorOf } from './background.ts'
import type { Features } from './features.ts'

/** A sorted post that the model learns from. `weight` is 1 for a person's label, less for what an action hints at. */
export interface Label {
  /** The post's. One label a post: of two, the later in the list counts. */
  readonly id: string
  readonly forUs: boolean
  readonly weight: number
  readonly features: Features
}

export interface Model {
  readonly background: Background
  /** How many labels by people it rests on. */
  readonly labels: number
  readonly intercept: number
  readonly weights: ReadonlyMap<number, number>
  readonly themes: Float64Array
}

/** The strength with which a label pulls, and how loud themes and the intercept speak beside words. Chosen on bench/relevance.bench.ts. */
const PULL = 5
const THEME_SCALE = 0.7
const INTERCEPT_SCALE = 0.5
const ROUNDS_MAX = 40
const TOLERANCE = 3e-3

/**
 * L2-regularised logistic regression over features and themes, by dual coordinate descent (Yu, Huang, Lin 2011). Every
 * label has a loss of its own and nothing else depends on how many there are: adding a label therefore never lowers its own
 * post's score, and the outcome is one point for one set of labels, in whatever order they came.
 */
export function train(background: Background, labels: readonly Label[]): Model {
  const single = [...new Map(labels.map((label) => [label.id, label])).values()]
  const ordered = single.sort((a, b) => (a.id < b.id ? -1 : 1))
  const examples = ordered.map((label) => exampleOf(vectorOf(background, label.features), label))
  const columns = numbered(examples)
  const weights = descend(examples, columns)
  return {
    background,
    labels: single.filter(({ weight }) => weight === 1).length,
    intercept: (weights[0] as number) * INTERCEPT_SCALE,
    weights: new Map([...columns].map(([id, column]) => [id, weights[column] as number])),
    themes: weights.slice(1, 1 + THEMES).map((value) => value * THEME_SCALE),
  }
}

/** Log-odds that a post is for us; 0 where nothing is known. */
export function scoreOf(model: Model, vector: Vector): number {
  let sum = model.intercept
  vector.ids.forEach((id, at) => {
    sum += (vector.values[at] as number) * (model.weights.get(id) ?? 0)
  })
  for (let theme = 0; theme < THEMES; theme++) sum += (vector.themes[theme] as number) * (model.themes[theme] as number)
  return sum
}

export const probabilityOf = (score: number): number => 1 / (1 + Math.exp(-score))

interface Example {
  vector: Vector
  side: 1 | -1
  bound: number
  square: number
}

function exampleOf(vector: Vector, { forUs, weight }: Label): Example {
  const length = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0)
  const square = INTERCEPT_SCALE ** 2 + length(vector.values) + THEME_SCALE ** 2 * length(vector.themes)
  return { vector, side: forUs ? 1 : -1, bound: PULL * weight, square }
}

function numbered(examples: readonly Example[]): Map<number, number> {
  const columns = new Map<number, number>()
  for (const { vector } of examples)
    for (const id of vector.ids) if (!columns.has(id)) columns.set(id, 1 + THEMES + columns.size)
  return columns
}

function descend(examples: readonly Example[], columns: ReadonlyMap<number, number>): Float64Array {
  const weights = new Float64Array(1 + THEMES + columns.size)
  const places = examples.map(({ vector }) => Int32Array.from(vector.ids, (id) => columns.get(id) as number))
  const duals = Float64Array.from(examples, ({ bound }) => bound * 1e-3)
  examples.forEach((example, at) => {
    add(weights, example, places[at] as Int32Array, (duals[at] as number) * example.side)
  })
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let largest = 0
    examples.forEach((example, at) => {
      const was = duals[at] as number
      const rest = example.side * product(weights, example, places[at] as Int32Array) - was * example.square
      const is = bestDual(rest, example, was)
      duals[at] = is
      largest = Math.max(largest, Math.abs(is - was) / example.bound)
      add(weights, example, places[at] as Int32Array, (is - was) * example.side)
    })
    if (largest < TOLERANCE) break
  }
  return weights
}

/** The root of rest + dual·square + log(dual / (bound − dual)), which grows from −∞ to ∞ between 0 and the bound. */
function bestDual(rest: number, { bound, square }: Example, from: number): number {
  let [low, high, dual] = [0, bound, from]
  for (let step = 0; step < 30; step++) {
    const slope = rest + dual * square + Math.log(dual / (bound - dual))
    if (Math.abs(slope) < 1e-7) break
    if (slope > 0) high = dual
    else low = dual
    const newton = dual - slope / (square + bound / (dual * (bound - dual)))
    dual = newton > low && newton < high ? newton : (low + high) / 2
  }
  return Math.min(Math.max(dual, bound * 1e-12), bound * (1 - 1e-12))
}

function product(weights: Float64Array, { vector }: Example, places: Int32Array): number {
  let sum = (weights[0] as number) * INTERCEPT_SCALE
  for (let theme = 0; theme < THEMES; theme++)
    sum += (weights[1 + theme] as number) * (vector.themes[theme] as number) * THEME_SCALE
  for (let at = 0; at < places.length; at++)
    sum += (weights[places[at] as number] as number) * (vector.values[at] as number)
  return sum
}

function add(weights: Float64Array, { vector }: Example, places: Int32Array, amount: number): void {
  weights[0] = (weights[0] as number) + amount * INTERCEPT_SCALE
  for (let theme = 0; theme < THEMES; theme++)
    weights[1 + theme] = (weights[1 + theme] as number) + amount * (vector.themes[theme] as number) * THEME_SCALE
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number
    weights[place] = (weights[place] as number) + amount * (vector.values[at] as number)
  }
}
