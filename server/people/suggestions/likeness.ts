import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { isMoreThanAName, type ShownReason, SUGGESTED_WEIGHT_MIN } from './evidence.ts'
import { type ContactPoint, NOBODY_YET, pointKey, recordOf } from './fields.ts'
import { type Identity, type Impersonators, readIdentities } from './identities.ts'
import { candidatesOf, storedKeys } from './keys.ts'
import { currentModel } from './models.ts'
import { readPolicy } from './policy.ts'
import { Comparer, readSides, sidesAlike, weighSides } from './sides.ts'

/** Somebody who is not written yet: a row of a file that is only looked at. */
export interface Newcomer {
  points: readonly ContactPoint[]
  /** By name of the field (fields/value.ts). */
  told: ReadonlyMap<string, string>
}

export interface Likeness {
  personId: string
  probability: number
  reasons: ShownReason[]
}

/** Is nobody's id, so it is found in no block and belongs to no side. */
const NOT_WRITTEN = '00000000-0000-0000-0000-000000000000'
/** Whoever pretends to be us has no number in a system of ours, and nothing is made of what is only looked at. */
const NOBODY_PRETENDS: Impersonators = async () => new Set()

/** Whether anybody may be asked for at all. */
export const mayCompare = async (tx: WorkspaceTransaction): Promise<boolean> => (await readPolicy(tx)).mode !== 'none'

/**
 * With whom each of these would be suggested, if they were taken in: by the same keys, comparisons and line as whoever is
 * written, the most likely first. Writes nothing. The caller knows that the policy is not "no inference".
 */
export async function likenessesOf(
  tx: WorkspaceTransaction,
  newcomers: readonly Newcomer[],
  secrets: Secrets,
): Promise<Likeness[][]> {
  const comparer = new Comparer((await currentModel(tx, secrets)).model)
  const found: Likeness[][] = []
  for (const newcomer of newcomers) found.push(await likenesses(tx, newcomer, comparer, secrets))
  return found
}

async function likenesses(tx: WorkspaceTransaction, newcomer: Newcomer, comparer: Comparer, secrets: Secrets) {
  const own = identitiesOf(newcomer)
  const keys = own.flatMap(({ ownRecord }) => storedKeys(secrets, tx.workspaceId, ownRecord))
  const candidates = await candidatesOf(tx, NOT_WRITTEN, [...new Set(keys)])
  const known = [...(await readIdentities(tx, candidates, NOBODY_PRETENDS)).values()].filter(({ personId }) => personId)
  const sides = [...new Set(own.flatMap((identity) => sidesAlike(comparer, identity, known)))]
  const others = await readSides(tx, sides, NOBODY_PRETENDS)
  const weights = sides.flatMap((personId) => {
    const weighed = weighSides(comparer, own, others.get(personId) ?? [], 0)
    if (!weighed || weighed.weight < SUGGESTED_WEIGHT_MIN || !isMoreThanAName(weighed.reasons)) return []
    return [{ personId, probability: weighed.probability, reasons: weighed.reasons, weight: weighed.weight }]
  })
  return weights.sort((a, b) => b.weight - a.weight).map(({ weight: _, ...likeness }) => likeness)
}

/** One for each contact point, as they will be written. What is told of a person is told of the first. */
function identitiesOf({ points, told }: Newcomer): Identity[] {
  return points.map((point, index) => {
    const facts = {
      kind: point.kind,
      network: point.kind,
      scope: point.scope,
      networkId: point.value,
      handle: null,
      name: null,
      bio: null,
      url: null,
      activeFrom: new Date(0),
      activeUntil: new Date(0),
      told: index === 0 ? told : new Map<string, string>(),
    }
    return {
      authorId: NOT_WRITTEN,
      personId: NOT_WRITTEN,
      network: point.kind,
      kind: point.kind,
      stable: true,
      heardOnly: false,
      record: recordOf(facts, {
        ...NOBODY_YET,
        points: points.filter((other) => pointKey(other) !== pointKey(point)),
        told,
      }),
      ownRecord: recordOf(facts, NOBODY_YET),
      proven: new Set<string>(),
      named: new Set<string>(),
      shared: new Set<string>(),
    }
  })
}
