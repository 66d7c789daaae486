import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { personsChanged } from './due.ts'
import { evidenceOf, isMoreThanAName, SUGGESTED_WEIGHT_MIN } from './evidence.ts'
import { type Identity, type Impersonators, readIdentities } from './identities.ts'
import { isAutomatic } from './joining.ts'
import { candidatesOf, hashOf, storedKeys, writeKeys } from './keys.ts'
import { currentModel, type StoredModel } from './models.ts'
import { type Policy, readPolicy } from './policy.ts'
import {
  closeSuggestions,
  openOf,
  openSuggestion,
  refuseWhatWasTakenApart,
  rowsBetween,
  trimSuggestions,
} from './rows.ts'
import { Comparer, readSides, sideOf, sidesAlike, weighSides } from './sides.ts'

export interface Surroundings {
  secrets: Secrets
  impersonators: Impersonators
  now: Date
}

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
  const found = new Found()
  const comparer = new Comparer(model.model)
  for (const identity of compared) {
    const candidates = await candidatesOf(tx, identity.authorId, keys.get(identity.authorId) ?? [])
    const provers = await otherProvers(tx, identity.authorId)
    await findForOne(tx, { identity, candidates: [...candidates, ...provers], comparer, model, policy, around, found })
  }
  await closeWhatWasNotFound(
    tx,
    before.filter((row) => !found.kept.has(row.suggestion_id)),
  )
  await trimSuggestions(tx, found.authorIds)
  if (found.news > 0) tx.record({ type: 'suggestion.found', subjects: {}, codes: { count: found.news } })
  return found.automatic
}

/** Another identity of the same persons may still resemble the other side: theirs are looked at next. */
async function closeWhatWasNotFound(tx: WorkspaceTransaction, rows: Awaited<ReturnType<typeof openOf>>): Promise<void> {
  const [one, apart] = [rows.filter(isOnePersons), rows.filter((row) => !isOnePersons(row))]
  await closeSuggestions(
    tx,
    one.map((row) => row.suggestion_id),
    'superseded',
  )
  const withdrawn = await closeSuggestions(
    tx,
    apart.map((row) => row.suggestion_id),
    'withdrawn',
  )
  if (withdrawn > 0)
    await personsChanged(
      tx,
      apart.flatMap((row) => [row.person_id ?? [], row.other_person_id ?? []].flat()),
    )
}

const isOnePersons = (row: { person_id: string | null; other_person_id: string | null }): boolean =>
  row.person_id !== null && row.person_id === row.other_person_id

class Found {
  readonly kept = new Set<string>()
  readonly automatic: string[] = []
  readonly authorIds: string[] = []
  news = 0
}

interface Search {
  identity: Identity
  candidates: readonly string[]
  comparer: Comparer
  model: StoredModel
  policy: Policy
  around: Surroundings
  found: Found
}

async function findForOne(tx: WorkspaceTransaction, search: Search): Promise<void> {
  const { identity, candidates, comparer, policy, around } = search
  const others = await readIdentities(tx, [...new Set(candidates)], around.impersonators)
  const comparable = [...others.values()].filter((other) => isCompared(other, policy))
  const alike = sidesAlike(comparer, identity, comparable)
  if (alike.length === 0) return
  const sides = await readSides(tx, [sideOf(identity), ...alike], around.impersonators)
  const own = sides.get(sideOf(identity)) ?? []
  for (const side of alike) await settle(tx, search, own, sides.get(side) ?? [])
}

/** Of two sides the strongest pair stands open, and no other; below the line, or refused on the same evidence, none. */
async function settle(
  tx: WorkspaceTransaction,
  { comparer, model, policy, around, found }: Search,
  own: readonly Identity[],
  others: readonly Identity[],
): Promise<void> {
  const before = await rowsBetween(tx, idsOf(own), idsOf(others))
  const refusals = before.reduce((sum, row) => sum + row.refusals, 0)
  const weighed = weighSides(comparer, own, others, refusals)
  if (!weighed) return
  const open = before.filter(({ state }) => state === 'open').map(({ suggestion_id }) => suggestion_id)
  const evidence = evidenceOf(weighed.reasons).map((text) => hashOf(around.secrets, tx.workspaceId, text))
  const refused = new Set(before.flatMap((row) => row.refused))
  const isNews = refusals === 0 || evidence.some((hash) => !refused.has(hash))
  if (weighed.weight < SUGGESTED_WEIGHT_MIN || !isMoreThanAName(weighed.reasons) || !isNews) {
    await closeSuggestions(tx, open, 'withdrawn')
    return
  }
  const opened = await openSuggestion(tx, weighed, { evidence, modelVersion: model.version, now: around.now })
  const weaker = open.filter((id) => id !== opened.suggestionId)
  await closeSuggestions(tx, weaker, 'superseded')
  found.kept.add(opened.suggestionId)
  found.authorIds.push(weighed.one.authorId, weighed.other.authorId)
  if (opened.isNew) found.news++
  if (isAutomatic(policy, weighed)) found.automatic.push(opened.suggestionId)
}

const idsOf = (identities: readonly Identity[]) => identities.map(({ authorId }) => authorId)

/** Accounts of whoever proved this contact point once, though it is another's now. Served by person_link_author. */
async function otherProvers(tx: WorkspaceTransaction, authorId: string): Promise<string[]> {
  const { rows } = await sql<{ author_id: string }>`
    select a.author_id from person_link l
      join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
      join author held on held.workspace_id = l.workspace_id and held.author_id = l.author_id
        and held.kind <> 'account' and held.person_id is distinct from p.current_id
      cross join lateral (select author_id from author where workspace_id = l.workspace_id and person_id = p.current_id
        order by author_id limit 1) a
    where l.workspace_id = ${tx.workspaceId} and l.author_id = ${authorId} and l.method = 'customer-proved'
      and l.withdrawn_at is null and not l.shared
    limit 5`.execute(tx.sql)
  return rows.map(({ author_id }) => author_id)
}
