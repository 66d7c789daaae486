import type { Vector } from './background.ts'
import { type Model, probabilityOf, scoreOf } from './model.ts'

export interface Candidate {
  readonly id: string
  readonly vector: Vector
}

/** So many candidates are weighed; which ones of more, the caller decides (the newest). */
export const CANDIDATES_MAX = 2_000
/** Before this many labels a model's doubt says little: what stands for many posts is asked first. */
const LABELS_BEFORE_DOUBT = 4
/** One question of so many goes where nothing is labelled yet, however sure the model is. */
const EXPLORE_EVERY = 5

/**
 * The posts whose label would teach most, the best first: those in doubt, that are unlike what is labelled or asked
 * already, and like many others (information density, Settles and Craven 2008); now and then one far from everything.
 */
export function nextToAsk(
  model: Model,
  candidates: readonly Candidate[],
  labelled: readonly Vector[],
  count: number,
): string[] {
  const pool = candidates.slice(0, CANDIDATES_MAX)
  const centre = centreOf(pool)
  const nearest = pool.map(({ vector }) => labelled.reduce((best, other) => Math.max(best, likeness(vector, other)), 0))
  const doubt = pool.map(({ vector }) => 1 - Math.abs(2 * probabilityOf(scoreOf(model, vector)) - 1))
  const density = pool.map(({ vector }) => Math.max(0.01, dot(vector.themes, centre)))
  const asked = new Set<number>()
  while (asked.size < Math.min(count, pool.length)) {
    const sorted = labelled.length + asked.size
    const explores = sorted < LABELS_BEFORE_DOUBT || sorted % EXPLORE_EVERY === EXPLORE_EVERY - 1
    const worth = (at: number): number => {
      const unlike = 1 - (nearest[at] as number)
      return explores
        ? unlike * (density[at] as number)
        : (doubt[at] as number) * (0.3 + unlike) * (0.3 + (density[at] as number))
    }
    const best = bestOf(pool.length, asked, worth)
    asked.add(best)
    const { vector } = pool[best] as Candidate
    pool.forEach((other, at) => {
      nearest[at] = Math.max(nearest[at] as number, likeness(other.vector, vector))
    })
  }
  return [...asked].map((at) => (pool[at] as Candidate).id)
}

function bestOf(size: number, without: ReadonlySet<number>, worth: (at: number) => number): number {
  let [best, most] = [-1, Number.NEGATIVE_INFINITY]
  for (let at = 0; at < size; at++) {
    if (without.has(at)) continue
    const value = worth(at)
    if (value > most) [best, most] = [at, value]
  }
  return best
}

function centreOf(pool: readonly Candidate[]): Float64Array {
  const sum = new Float64Array(pool[0]?.vector.themes.length ?? 0)
  for (const { vector } of pool)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (vector.themes[at] as number) / pool.length
  return sum
}

const likeness = (one: Vector, other: Vector): number => Math.max(0, dot(one.themes, other.themes))

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number)
  return sum
}
