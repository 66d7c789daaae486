import { sql } from 'kysely'
import { type Comparison, compare, type Model, type Prepared, prepare } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type PairComparison, type Weighed, weighed } from './evidence.ts'
import { IDENTITY_SCHEMA } from './fields.ts'
import { type Identity, type Impersonators, readIdentities } from './identities.ts'

/** Identities of one person that are held against a newcomer; the longest known. */
const SIDE_IDENTITIES_MAX = 12
/** Persons that are looked at as a whole, of all whose identities resemble one. */
const SIDES_MAX = 6
/** From here on it is worth looking at everything that is known of both; the line itself lies higher. */
const LOOK_CLOSER_WEIGHT = -4

/** Somebody as a suggestion sees them: a person, or an account that is nobody's yet. */
export const sideOf = ({ personId, authorId }: Pick<Identity, 'personId' | 'authorId'>): string => personId ?? authorId

/** Two sides that resemble each other in some of their identities. */
export type SidePair = readonly [side: string, other: string]

/** The same whichever of the two comes first. */
export const pairKey = ([one, other]: SidePair): string => (one < other ? `${one} ${other}` : `${other} ${one}`)

/** Reads each record once, whatever it is compared with. */
export class Comparer {
  readonly #model: Model
  readonly #hasCounted: boolean
  readonly #prepared = new Map<Identity, Prepared>()

  constructor(model: Model) {
    this.#model = model
    this.#hasCounted = model.units.some(({ values }) => values.total > 0)
  }

  compare(one: Identity, other: Identity): PairComparison {
    const comparison = compare(this.#model, this.#of(one), this.#of(other))
    return { one, other, comparison: this.#hasCounted ? comparison : withoutRarity(comparison) }
  }

  #of(identity: Identity): Prepared {
    const known = this.#prepared.get(identity)
    if (known) return known
    const prepared = prepare(IDENTITY_SCHEMA, identity.record)
    this.#prepared.set(identity, prepared)
    return prepared
  }
}

/** Where no names were counted yet, nobody can say that one is rare. */
const withoutRarity = (comparison: Comparison): Comparison => ({
  ...comparison,
  reasons: comparison.reasons.map(({ params: { rare: _, ...params }, ...reason }) => ({ ...reason, params })),
})

/** Other sides that resemble this identity, by one of their identities: the most alike first. */
export function sidesAlike(comparer: Comparer, identity: Identity, candidates: readonly Identity[]): string[] {
  const strongest = new Map<string, number>()
  for (const candidate of candidates) {
    if (sideOf(candidate) === sideOf(identity) || (candidate.heardOnly && identity.heardOnly)) continue
    const { weight } = comparer.compare(identity, candidate).comparison
    const side = sideOf(candidate)
    if (weight >= LOOK_CLOSER_WEIGHT) strongest.set(side, Math.max(weight, strongest.get(side) ?? weight))
  }
  return [...strongest]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SIDES_MAX)
    .map(([side]) => side)
}

/** Everything that is known of some sides; what this transaction has read already is not read again. Served by author_person. */
export async function readSides(
  tx: WorkspaceTransaction,
  sides: readonly string[],
  impersonators: Impersonators,
  known: ReadonlyMap<string, Identity> = NOTHING_READ,
): Promise<Map<string, Identity[]>> {
  const { rows } = await sideQuery(tx.workspaceId, sides).execute(tx.sql)
  const persons = new Set(rows.map(({ person_id }) => person_id))
  const ids = [...rows.map(({ author_id }) => author_id), ...sides.filter((side) => !persons.has(side))]
  const unread = ids.filter((id) => !known.has(id))
  const read = await readIdentities(tx, unread, impersonators)
  return Map.groupBy(
    ids.flatMap((id) => known.get(id) ?? read.get(id) ?? []),
    sideOf,
  )
}
const NOTHING_READ: ReadonlyMap<string, Identity> = new Map()

export const sideQuery = (workspaceId: string, sides: readonly string[]) => sql<{
  person_id: string
  author_id: string
}>`
  select g.person_id, a.author_id from unnest(${[...sides]}::uuid[]) as g(person_id)
    cross join lateral (select author_id from author where workspace_id = ${workspaceId} and person_id = g.person_id
      order by author_id limit ${SIDE_IDENTITIES_MAX}) a`

/** All identities of one side against all of another. Null: one of them may not be compared any more. */
export function weighSides(
  comparer: Comparer,
  side: readonly Identity[],
  other: readonly Identity[],
  refusals: number,
): Weighed | null {
  return weighed(comparedSides(comparer, side, other), refusals)
}

export const comparedSides = (
  comparer: Comparer,
  side: readonly Identity[],
  other: readonly Identity[],
): PairComparison[] => side.flatMap((one) => other.map((two) => comparer.compare(one, two)))
