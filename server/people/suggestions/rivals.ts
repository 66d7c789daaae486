import type { WorkspaceTransaction } from '../../platform/database.ts'
import { identitiesChanged } from './due.ts'
import { AUTOMATIC_WEIGHT_MIN, type HeldBack, type Weighed, weighed } from './evidence.ts'
import type { Ground } from './ground.ts'
import type { Identity } from './identities.ts'
import { type OpenRow, openOf } from './rows.ts'
import { type Comparer, comparedSides, pairKey, readSides, type SidePair, sideOf, weighSides } from './sides.ts'

/** Two sides that are perhaps one, by what speaks for these two alone. */
export interface Fit {
  readonly sides: SidePair
  readonly weighed: Weighed
}

/** From even odds on somebody fits. */
const FITS_WEIGHT_MIN = 0
/** Whoever is a thousand times less likely does not fit as well. */
const BEHIND_MAX = AUTOMATIC_WEIGHT_MIN

/**
 * A contested identity: others fit it about as well that are not one with each other, so at most one of them is right. What
 * speaks for one of these is then held against what speaks for the others, and no policy joins it before there is more.
 * `fits` are the pairs that are weighed now; those that stand open already are read, and looked at again if this is news to them.
 */
export async function contested(
  tx: WorkspaceTransaction,
  openings: readonly Fit[],
  fits: readonly Fit[],
  sides: ReadonlyMap<string, readonly Identity[]>,
  { comparer, around, known }: Ground,
): Promise<Weighed[]> {
  if (openings.length === 0) return []
  const named = new Set(openings.flatMap(({ sides }) => sides))
  const identities = [...named].flatMap((side) => sides.get(side) ?? [])
  const standing = await openOf(
    tx,
    identities.map(({ authorId }) => authorId),
  )
  const given = new Set(fits.map(({ sides }) => pairKey(sides)))
  const others = standing.filter(
    (row) => !given.has(pairKey(sidesOfRow(row))) && sidesOfRow(row)[0] !== sidesOfRow(row)[1],
  )
  const unread = [...new Set(others.flatMap(sidesOfRow))].filter((side) => !sides.has(side))
  const read = unread.length === 0 ? [] : await readSides(tx, unread, around.impersonators, known)
  const all = new Map([...sides, ...read])
  const before = others.flatMap((row) => fitOf(comparer, all, sidesOfRow(row)) ?? [])
  const contest = new Contest(comparer, all, [...fits, ...before])
  const touched = new Set<string>()
  const found = openings.map((fit) => {
    const rivals = contest.rivalsOf(fit)
    for (const { sides } of rivals) touched.add(pairKey(sides))
    return rivals.length === 0 ? fit.weighed : shared(fit.weighed, rivals)
  })
  // Those hear of it where they are weighed themselves.
  const news = others.filter((row) => !row.held_back.includes(CONTESTED) && touched.has(pairKey(sidesOfRow(row))))
  await identitiesChanged(
    tx,
    news.flatMap(({ author_id, other_author_id }) => [author_id, other_author_id]),
  )
  return found
}

const CONTESTED: HeldBack = 'contested'

const sidesOfRow = (row: OpenRow): SidePair =>
  [
    sideOf({ authorId: row.author_id, personId: row.person_id }),
    sideOf({ authorId: row.other_author_id, personId: row.other_person_id }),
  ].sort() as [string, string]

function fitOf(comparer: Comparer, all: ReadonlyMap<string, readonly Identity[]>, sides: SidePair): Fit | null {
  const weighed = weighSides(comparer, all.get(sides[0]) ?? [], all.get(sides[1]) ?? [], 0)
  return weighed && { sides, weighed }
}

/** The odds against nobody become odds against nobody and all that fit as well. */
function shared(weighed: Weighed, rivals: readonly Fit[]): Weighed {
  const bits = Math.log2(1 + rivals.reduce((sum, rival) => sum + 2 ** rival.weighed.weight, 0))
  const weight = weighed.weight - bits
  const reason = { code: 'rule.others-fit', field: '', weight: -Math.round(bits * 100) / 100, params: {} }
  return {
    ...weighed,
    weight,
    probability: 1 / (1 + 2 ** -weight),
    reasons: [...weighed.reasons, reason].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)),
    heldBack: [...weighed.heldBack, CONTESTED],
  }
}

class Contest {
  readonly #comparer: Comparer
  readonly #sides: ReadonlyMap<string, readonly Identity[]>
  readonly #fits = new Map<string, Fit[]>()
  readonly #apart = new Map<string, boolean>()

  constructor(comparer: Comparer, sides: ReadonlyMap<string, readonly Identity[]>, fits: readonly Fit[]) {
    this.#comparer = comparer
    this.#sides = sides
    for (const fit of fits) {
      if (fit.weighed.weight < FITS_WEIGHT_MIN) continue
      for (const side of fit.sides) this.#fits.set(side, [...(this.#fits.get(side) ?? []), fit])
    }
  }

  /** Pairs of one of these two with somebody who cannot be the other as well. */
  rivalsOf({ sides: [one, other], weighed: { weight } }: Fit): Fit[] {
    const of = (side: string, instead: string): Fit[] =>
      (this.#fits.get(side) ?? []).filter(({ sides, weighed }) => {
        const third = sides[0] === side ? sides[1] : sides[0]
        return third !== instead && weighed.weight > weight - BEHIND_MAX && this.#areTwo(third, instead)
      })
    return [...of(one, other), ...of(other, one)]
  }

  /**
   * More likely two than one, or accounts of one network that were active at once: of these one is a copy or a second account, and
   * only a proof that nobody can copy tells which.
   */
  #areTwo(one: string, other: string): boolean {
    const key = pairKey([one, other])
    const known = this.#apart.get(key)
    if (known !== undefined) return known
    const pairs = comparedSides(this.#comparer, this.#sides.get(one) ?? [], this.#sides.get(other) ?? [])
    const together = weighed(pairs, 0)
    const isProven = together?.proofLevel === 'proved' || together?.proofLevel === 'mutual'
    const isAtOnce = pairs.some(({ comparison }) => comparison.reasons.some(({ code }) => code === AT_ONCE))
    const areTwo = together !== null && (together.weight < FITS_WEIGHT_MIN || (isAtOnce && !isProven))
    this.#apart.set(key, areTwo)
    return areTwo
  }
}

const AT_ONCE = 'network.active-at-once'
