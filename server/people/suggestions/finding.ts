import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Ground, Surroundings } from './ground.ts'
import { type Identity, readIdentities } from './identities.ts'
import { candidatesOf, storedKeys, writeKeys } from './keys.ts'
import { currentModel } from './models.ts'
import { type Policy, readPolicy } from './policy.ts'
import { openOf, refuseWhatWasTakenApart, trimSuggestions } from './rows.ts'
import { closeWhatWasNotFound, eachOnce, settle } from './settling.ts'
import { Comparer, type SidePair, sideOf, sidesAlike } from './sides.ts'

/** Whom an identity is compared for: persons' always, others' only where the policy says so. */
const isCompared = (identity: Identity, policy: Policy): boolean =>
  identity.personId !== null || (policy.heardToo && identity.kind === 'account')

/**
 * Keys of these identities as they are now; those that may not be compared lose theirs. The caller knows that the policy
 * is not "no inference". Returns those that are compared.
 */
export async function keepKeys(
  tx: WorkspaceTransaction,
  policy: Policy,
  authorIds: readonly string[],
  { secrets, impersonators }: Surroundings,
): Promise<{ compared: Identity[]; keys: Map<string, string[]> }> {
  const identities = await readIdentities(tx, authorIds, impersonators)
  const compared = [...identities.values()].filter((identity) => isCompared(identity, policy))
  const keys = new Map(
    compared.map((identity) => [identity.authorId, storedKeys(secrets, tx.workspaceId, identity.ownRecord)]),
  )
  await writeKeys(tx, authorIds, keys)
  return { compared, keys }
}

/**
 * Looks at identities anew: keys, candidates, comparisons, suggestions; what no longer holds is withdrawn. One transaction,
 * safe to run twice. Returns the suggestions that the policy joins by itself.
 */
export async function findFor(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  around: Surroundings,
): Promise<string[]> {
  const policy = await readPolicy(tx)
  if (policy.mode === 'none' || authorIds.length === 0) return []
  const model = await currentModel(tx, around.secrets)
  const { compared, keys } = await keepKeys(tx, policy, authorIds, around)
  await refuseWhatWasTakenApart(tx, authorIds, around.now)
  const before = await openOf(tx, authorIds)
  const comparer = new Comparer(model.model)
  const { pairs, known } = await pairsAlike(tx, compared, keys, { comparer, policy, around })
  const settled = await settle(tx, pairs, { comparer, model, policy, around, known })
  await closeWhatWasNotFound(
    tx,
    before.filter((row) => !settled.kept.has(row.suggestion_id)),
  )
  await trimSuggestions(tx, settled.authorIds)
  if (settled.news > 0) tx.record({ type: 'suggestion.found', subjects: {}, codes: { count: settled.news } })
  return settled.automatic
}

/** The sides that resemble these identities, by what shares keys with them; and what was read for it. */
async function pairsAlike(
  tx: WorkspaceTransaction,
  compared: readonly Identity[],
  keys: ReadonlyMap<string, string[]>,
  { comparer, policy, around }: Omit<Ground, 'model' | 'known'>,
): Promise<{ pairs: SidePair[]; known: ReadonlyMap<string, Identity> }> {
  const candidates = await otherProvers(
    tx,
    compared.map(({ authorId }) => authorId),
  )
  for (const { authorId } of compared) {
    const found = await candidatesOf(tx, authorId, keys.get(authorId) ?? [])
    candidates.set(authorId, [...found, ...(candidates.get(authorId) ?? [])])
  }
  const known = new Map(compared.map((identity) => [identity.authorId, identity]))
  const unread = [...new Set([...candidates.values()].flat())].filter((id) => !known.has(id))
  for (const [id, other] of await readIdentities(tx, unread, around.impersonators))
    if (isCompared(other, policy)) known.set(id, other)
  const alike = compared.flatMap((identity) => {
    const others = [...new Set(candidates.get(identity.authorId))].flatMap((id) => known.get(id) ?? [])
    return sidesAlike(comparer, identity, others).map((side) => [sideOf(identity), side] as const)
  })
  return { pairs: eachOnce(alike), known }
}

/** Accounts of whoever proved one of these contact points once, though it is another's now. Served by person_link_author. */
async function otherProvers(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ point_id: string; author_id: string }>`
    select g.author_id as point_id, x.author_id from unnest(${[...authorIds]}::uuid[]) as g(author_id)
      cross join lateral (
        select a.author_id from person_link l
          join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
          join author held on held.workspace_id = l.workspace_id and held.author_id = l.author_id
            and held.kind <> 'account' and held.person_id is distinct from p.current_id
          cross join lateral (select author_id from author where workspace_id = l.workspace_id and person_id = p.current_id
            order by author_id limit 1) a
        where l.workspace_id = ${tx.workspaceId} and l.author_id = g.author_id and l.method = 'customer-proved'
          and l.withdrawn_at is null and not l.shared
        limit 5) x`.execute(tx.sql)
  return new Map(
    [...Map.groupBy(rows, ({ point_id }) => point_id)].map(([id, found]) => [
      id,
      found.map(({ author_id }) => author_id),
    ]),
  )
}
