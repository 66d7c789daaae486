import type { Features } from './features.ts'

/** More posts than this tell nothing new of how words go together; the newest are enough. */
export const BACKGROUND_POSTS_MAX = 5_000
export const VOCABULARY_MAX = 4_000
export const THEMES = 48
const POSTS_PER_FEATURE_MIN = 2
const ROUNDS = 4

/**
 * What the matched posts of a topic say about each other before anybody has sorted one: how rare each feature is, and
 * which features go together. `themes` holds THEMES numbers per feature of the vocabulary, the rows of a truncated
 * singular value decomposition (latent semantic analysis, Deerwester et al. 1990): posts that share no word can still be
 * near each other, which is what lets ten labels speak for a thousand posts.
 */
export interface Background {
  readonly posts: number
  /** Feature id → its place in the tables below. */
  readonly places: ReadonlyMap<number, number>
  readonly postsWith: Uint32Array
  /** In steps of `steps`, one a theme: small enough for a row of a table, and kept without loss. */
  readonly themes: Int16Array
  readonly steps: Float64Array
}

/** A post as numbers: rare features weigh more, the whole has length one; `themes` likewise. */
export interface Vector {
  readonly ids: readonly number[]
  readonly values: Float64Array
  readonly themes: Float64Array
  /** What turns a feature's value into its share of `themes`. */
  readonly themeScale: number
}

export const emptyBackground: Background = {
  posts: 0,
  places: new Map(),
  postsWith: new Uint32Array(0),
  themes: new Int16Array(0),
  steps: new Float64Array(THEMES),
}

/** The same for the same posts in the same order; some 0.3 s for 5,000 posts, so it belongs into a job and not into an update. */
export function learnBackground(posts: readonly Features[]): Background {
  const learning = learningBackground(posts)
  for (;;) {
    const { done, value } = learning.next()
    if (done) return value
  }
}

/** The same in steps of a few milliseconds, for a process that has others to serve meanwhile. */
export function* learningBackground(posts: readonly Features[]): Generator<void, Background> {
  const read = posts.slice(-BACKGROUND_POSTS_MAX)
  const counted = vocabularyOf(read)
  const counts: Background = {
    ...emptyBackground,
    posts: read.length,
    places: new Map(counted.map(({ id }, place) => [id, place])),
    postsWith: Uint32Array.from(counted, ({ count }) => count),
  }
  yield
  const exact = yield* themesOf(counts, read)
  const steps = stepsOf(exact)
  return {
    ...counts,
    steps,
    themes: Int16Array.from(exact, (value, at) => value / (steps[at % THEMES] as number) || 0),
  }
}

/** The largest number of each theme fills 15 bits. */
function stepsOf(exact: Float64Array): Float64Array {
  const largest = new Float64Array(THEMES)
  exact.forEach((value, at) => {
    largest[at % THEMES] = Math.max(largest[at % THEMES] as number, Math.abs(value))
  })
  return largest.map((value) => value / 0x7fff)
}

interface Counted {
  id: number
  count: number
}

function vocabularyOf(posts: readonly Features[]): Counted[] {
  const counts = new Map<number, Counted>()
  for (const { ids } of posts)
    for (const id of ids) {
      const known = counts.get(id)
      if (known) known.count++
      else counts.set(id, { id, count: 1 })
    }
  const repeated = [...counts.values()].filter(({ count }) => count >= POSTS_PER_FEATURE_MIN)
  return repeated.sort((a, b) => b.count - a.count || a.id - b.id).slice(0, VOCABULARY_MAX)
}

export function rarity(background: Background, id: number): number {
  const place = background.places.get(id)
  const postsWith = place === undefined ? 1 : (background.postsWith[place] as number)
  return Math.log((1 + Math.max(1, background.posts)) / (1 + postsWith)) + 1
}

/** A pair mostly repeats its two words. */
const PAIR_WEIGHT = 0.5
const kindWeight = (name: string): number => (name.startsWith('pair:') ? PAIR_WEIGHT : 1)

export function vectorOf(background: Background, features: Features): Vector {
  const { ids } = features
  const values = unit(
    Float64Array.from(ids, (id, at) => rarity(background, id) * kindWeight(features.names[at] as string)),
  )
  const sum = new Float64Array(THEMES)
  ids.forEach((id, at) => {
    const place = background.places.get(id)
    if (place === undefined) return
    const value = values[at] as number
    for (let theme = 0; theme < THEMES; theme++)
      sum[theme] = (sum[theme] as number) + value * (background.themes[place * THEMES + theme] as number)
  })
  background.steps.forEach((step, theme) => {
    sum[theme] = (sum[theme] as number) * step
  })
  const length = Math.hypot(...sum)
  const themeScale = length > 1e-9 ? 1 / length : 0
  return { ids, values, themes: sum.map((value) => value * themeScale), themeScale }
}

/** Subspace iteration on posts × features, begun with fixed numbers, so that the outcome is a function of the posts. */
function* themesOf(background: Background, posts: readonly Features[]): Generator<void, Float64Array> {
  const size = background.places.size
  if (size === 0) return new Float64Array(0)
  const rows = posts.map((post) => rowOf(background, post))
  let basis = orthonormal(startingNumbers(size * THEMES), size)
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(size * THEMES)
    for (const [at, row] of rows.entries()) {
      addOuter(next, row, projected(basis, row))
      if (at % ROWS_PER_STEP === 0) yield
    }
    basis = orthonormal(next, size)
    yield
  }
  return basis
}
/** Some 5 ms. */
const ROWS_PER_STEP = 500

interface Row {
  places: number[]
  values: Float64Array
}

function rowOf(background: Background, { ids }: Features): Row {
  const known = ids.filter((id) => background.places.has(id))
  return {
    places: known.map((id) => background.places.get(id) as number),
    values: unit(Float64Array.from(known, (id) => rarity(background, id))),
  }
}

function projected(basis: Float64Array, { places, values }: Row): Float64Array {
  const sum = new Float64Array(THEMES)
  for (let at = 0; at < places.length; at++) {
    const from = (places[at] as number) * THEMES
    const value = values[at] as number
    for (let theme = 0; theme < THEMES; theme++)
      sum[theme] = (sum[theme] as number) + value * (basis[from + theme] as number)
  }
  return sum
}

function addOuter(target: Float64Array, { places, values }: Row, themes: Float64Array): void {
  for (let at = 0; at < places.length; at++) {
    const from = (places[at] as number) * THEMES
    const value = values[at] as number
    for (let theme = 0; theme < THEMES; theme++)
      target[from + theme] = (target[from + theme] as number) + value * (themes[theme] as number)
  }
}

/** Modified Gram–Schmidt over the columns; a column with nothing of its own becomes zero. */
function orthonormal(columns: Float64Array, size: number): Float64Array {
  for (let theme = 0; theme < THEMES; theme++) {
    for (let other = 0; other < theme; other++) {
      const shared = columnProduct(columns, size, theme, other)
      for (let row = 0; row < size; row++) {
        const at = row * THEMES
        columns[at + theme] = (columns[at + theme] as number) - shared * (columns[at + other] as number)
      }
    }
    const length = Math.sqrt(columnProduct(columns, size, theme, theme))
    const scale = length > 1e-9 ? 1 / length : 0
    for (let row = 0; row < size; row++)
      columns[row * THEMES + theme] = (columns[row * THEMES + theme] as number) * scale
  }
  return columns
}

function columnProduct(columns: Float64Array, size: number, one: number, other: number): number {
  let sum = 0
  for (let row = 0; row < size; row++)
    sum += (columns[row * THEMES + one] as number) * (columns[row * THEMES + other] as number)
  return sum
}

function startingNumbers(count: number): Float64Array {
  let state = 0x9e3779b9
  return Float64Array.from({ length: count }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state / 0x80000000
  })
}

function unit(values: Float64Array): Float64Array {
  const length = Math.hypot(...values)
  return length > 0 ? values.map((value) => value / length) : values
}
