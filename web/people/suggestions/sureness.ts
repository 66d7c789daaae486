import type { Suggestion } from './shapes.ts'

/** From so many bits on the words get surer; the figure stands beside them. */
const SURE_BITS = 10
const VERY_LIKELY_BITS = 6
/** The line from which two are suggested; below it, several fit and one of them is right. */
const LIKELY_BITS = 3

export const surenessOf = ({ weight }: Pick<Suggestion, 'weight'>): 'sure' | 'very-likely' | 'likely' | 'possible' => {
  if (weight >= SURE_BITS) return 'sure'
  if (weight >= VERY_LIKELY_BITS) return 'very-likely'
  return weight >= LIKELY_BITS ? 'likely' : 'possible'
}

/** Never 100 %: nothing that is inferred is certain. */
export const shownProbability = (probability: number): number => Math.min(0.99, Math.floor(probability * 100) / 100)
