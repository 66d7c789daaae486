/** What sets of posts apart by their words. Pure; used by audits and by discovery alike. */

/** G² beyond this comes about by chance once in ten thousand times (one degree of freedom). */
export const G2_MIN = 15.13

/** A longer phrase takes the place of its word when this share of the word's posts hold the phrase. */
const COVERS_SHARE = 0.55

/** Beyond this rank nothing is looked at: what is shown are a dozen. */
const RANKS_PER_SHOWN = 20

/**
 * Log-likelihood ratio G² of Dunning (1993), "Accurate methods for the statistics of surprise and coincidence", over the
 * table posts with and without a term × in two sets of posts. Large: the shares differ by more than chance.
 */
export function logLikelihood(inOne: number, one: number, inOther: number, other: number): number {
  const total = one + other
  const withTerm = inOne + inOther
  const cell = (seen: number, row: number, column: number): number =>
    seen === 0 ? 0 : seen * Math.log((seen * total) / (row * column))
  return (
    2 *
    (cell(inOne, withTerm, one) +
      cell(inOther, withTerm, other) +
      cell(one - inOne, total - withTerm, one) +
      cell(other - inOther, total - withTerm, other))
  )
}

interface RankedTerm {
  /** Words with blanks between them. */
  key: string
  posts: number
}

/** Says the same thing once: "customer service" stands for "service" where most posts with the one hold the other. */
export function withoutRepeats<Ranked extends RankedTerm>(ranked: Ranked[], shown: number): Ranked[] {
  const kept: Ranked[] = []
  for (const term of ranked.slice(0, shown * RANKS_PER_SHOWN)) {
    const shorter = kept.findIndex((other) => contains(term.key, other.key))
    const longer = kept.some((other) => contains(other.key, term.key) && other.posts >= term.posts * COVERS_SHARE)
    if (longer) continue
    if (shorter < 0) kept.push(term)
    else if (term.posts >= (kept[shorter] as Ranked).posts * COVERS_SHARE) kept[shorter] = term
  }
  const once = kept.filter((term, at) => kept.findIndex((other) => other.key === term.key) === at)
  return once
    .filter(
      (term) =>
        !once.some(
          (other) => other !== term && contains(other.key, term.key) && other.posts >= term.posts * COVERS_SHARE,
        ),
    )
    .slice(0, shown)
}

const contains = (phrase: string, part: string): boolean => phrase !== part && ` ${phrase} `.includes(` ${part} `)
