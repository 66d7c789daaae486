import type { Suggestion } from './shapes.ts'

/** From so many bits on the words get surer; the figure stands beside them. */
const SURE_BITS = 10
const VERY_LIKELY_BITS = 6

export const surenessOf = ({ weight }: Pick<Suggestion, 'weight'>): 'sure' | 'very-likely' | 'likely' =>
  weight >= SURE_BITS ? 'sure' : weight >= VERY_LIKELY_BITS ? 'very-likely' : 'likely'

/** Never 100 %: nothing that is inferred is certain. */
export const shownProbability = (probability: number): number => Math.min(0.99, Math.floor(probability * 100) / 100)
