import type { WorkspaceTransaction } from '../../platform/database.ts'
import { personsChanged } from './due.ts'
import { evidenceOf, isMoreThanAName, SUGGESTED_WEIGHT_MIN, type Weighed } from './evidence.ts'
import type { Ground } from './ground.ts'
import type { Identity } from './identities.ts'
import { isAutomatic } from './joining.ts'
import { hashOf } from './keys.ts'
import { contested, type Fit } from './rivals.ts'
import { closeSuggestions, type Opening, type OpenRow, openSuggestions, type PairRow, rowsBetween } from './rows.ts'
import { readSides, type SidePair, weighSides } from './sides.ts'

export interface Settled {
  /** Suggestions that stand open now. */
  kept: Set<string>
  /** Those of them that the policy joins by itself. */
  automatic: string[]
  /** Identities that they name. */
  authorIds: string[]
  /** How many were not open before. */
  news: number
}

/** Each two sides once, whichever of them was looked at first. */
export const eachOnce = (pairs: readonly SidePair[]): SidePair[] => [
  ...new Map(
    pairs
      .map(([one, other]) => (one < other ? [one, other] : [other, one]) as SidePair)
      .map((pair) => [pair.join(' '), pair]),
  ).values(),
]

/**
 * Of each two sides the strongest pair stands open, and no other; below the line, or refused on the same evidence, none. Everything
 * that is known of the sides is read, weighed and written at once, however many they are; the caller bounds them.
 */
export async function settle(tx: WorkspaceTransaction, pairs: readonly SidePair[], ground: Ground): Promise<Settled> {
  if (pairs.length === 0) return { kept: new Set(), automatic: [], authorIds: [], news: 0 }
  const { model, policy, around, known } = ground
  const sides = await readSides(tx, [...new Set(pairs.flat())], around.impersonators, known)
  const of = (side: string): Identity[] => sides.get(side) ?? []
  const between = await rowsBetween(
    tx,
    pairs.map(([one, other]) => [idsOf(of(one)), idsOf(of(other))]),
  )
  const found: (Opening & { sides: SidePair; open: string[] })[] = []
  const fits: Fit[] = []
  const withdrawn: string[] = []
  for (const [at, [one, other]] of pairs.entries()) {
    const before = between.get(at) ?? []
    // Somebody joined them while they were read.
    if (before.some(({ state }) => state === 'confirmed')) continue
    const open = before.filter(({ state }) => state === 'open').map(({ suggestion_id }) => suggestion_id)
    const refusals = before.reduce((sum, row) => sum + row.refusals, 0)
    const weighed = weighSides(ground.comparer, of(one), of(other), refusals)
    // Of whom somebody said that they are two, neither is a rival for the other's place.
    if (weighed && refusals === 0) fits.push({ sides: [one, other], weighed })
    const opening = openingOf(tx.workspaceId, weighed, before, ground)
    if (opening) found.push({ ...opening, sides: [one, other], open })
    else withdrawn.push(...open)
  }
  const contests = await contested(tx, found, fits, sides, ground)
  const openings = found.map((opening, at) => ({ ...opening, weighed: contests[at] as Weighed }))
  const opened = await openSuggestions(tx, openings, model.version, around.now)
  const superseded = openings.flatMap(({ open }, at) => open.filter((id) => id !== opened[at]))
  await closeSuggestions(tx, superseded, 'superseded')
  await closeSuggestions(tx, withdrawn, 'withdrawn')
  return {
    kept: new Set(opened),
    automatic: opened.filter((_, at) => isAutomatic(policy, (openings[at] as Opening).weighed)),
    authorIds: openings.flatMap(({ weighed }) => [weighed.one.authorId, weighed.other.authorId]),
    news: openings.filter(({ open }, at) => !open.includes(opened[at] as string)).length,
  }
}

/** Held against the line by what speaks for these two alone: that one of several fits is worth asking, too. */
function openingOf(
  workspaceId: string,
  weighed: Weighed | null,
  before: readonly PairRow[],
  { around }: Ground,
): Opening | null {
  if (!weighed || weighed.weight < SUGGESTED_WEIGHT_MIN || !isMoreThanAName(weighed.reasons)) return null
  const evidence = evidenceOf(weighed.reasons).map((text) => hashOf(around.secrets, workspaceId, text))
  const refused = new Set(before.flatMap((row) => row.refused))
  const isNews = before.every(({ refusals }) => refusals === 0) || evidence.some((hash) => !refused.has(hash))
  return isNews ? { weighed, evidence } : null
}

const idsOf = (identities: readonly Identity[]) => identities.map(({ authorId }) => authorId)

/** What no longer holds. Another identity of the same persons may still resemble the other side: theirs are looked at next. */
export async function closeWhatWasNotFound(tx: WorkspaceTransaction, rows: readonly OpenRow[]): Promise<void> {
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

const isOnePersons = (row: OpenRow): boolean => row.person_id !== null && row.person_id === row.other_person_id
