import { SCORE_MAX, type Score, type ScoreInput, type Term } from '../../../contract/people-scores.ts'

/** The inputs of one person. What is absent is none. */
export type Inputs = Partial<Record<ScoreInput, number>>

export interface Part {
  term: Term
  amount: number
  points: number
  capped: boolean
}

export interface Explained {
  points: number
  parts: Part[]
}

/**
 * The formulas that Rapport came with. A score is a sum of points for what a person did or bought, from 0 to 100; it says
 * nothing about a person's worth, and every point can be traced to its rows (docs/scores.md).
 */
export const DEFAULT_FORMULAS: Record<Score, readonly Term[]> = {
  value: [
    { input: 'spent', scale: 'each', weight: 0.02, cap: 50 },
    { input: 'orders', scale: 'each', weight: 1, cap: 15 },
    { input: 'contracts', scale: 'each', weight: 15, cap: 30 },
    { input: 'tenureYears', scale: 'each', weight: 2, cap: 10 },
  ],
  influence: [
    { input: 'followers', scale: 'log', weight: 15, cap: 75 },
    { input: 'postsAboutUs', scale: 'log', weight: 12, cap: 25 },
  ],
  advocate: [
    { input: 'positivePosts', scale: 'each', weight: 8, cap: 60 },
    { input: 'praises', scale: 'each', weight: 8, cap: 40 },
    { input: 'negativePosts', scale: 'each', weight: -6, cap: 60 },
  ],
  detractor: [
    { input: 'negativePosts', scale: 'each', weight: 8, cap: 60 },
    { input: 'complaints', scale: 'each', weight: 6, cap: 40 },
    { input: 'positivePosts', scale: 'each', weight: -4, cap: 40 },
  ],
}

const tenths = (points: number): number => Math.round(points * 10) / 10

/** The points that each term adds, and their sum between 0 and 100. Parts are exact to a tenth, as they are shown. */
export function explainScore(terms: readonly Term[], inputs: Inputs): Explained {
  const parts = terms.map((term) => {
    const amount = Math.max(0, inputs[term.input] ?? 0)
    const raw = term.weight * (term.scale === 'log' ? Math.log10(1 + amount) : amount)
    const most = term.cap ?? Number.POSITIVE_INFINITY
    const points = Math.sign(raw) * Math.min(Math.abs(raw), most)
    return { term, amount, points: tenths(points), capped: Math.abs(raw) > most }
  })
  const sum = parts.reduce((all, { points }) => all + points, 0)
  return { points: tenths(Math.min(SCORE_MAX, Math.max(0, sum))), parts }
}
