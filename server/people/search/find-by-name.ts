import { type RawBuilder, sql } from 'kysely'
import { textArray } from '../../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { prefixEnd } from '../name-keys.ts'
import { representatives } from '../representatives.ts'
import { LIKENESS_MIN, nameLikeness, wordLikeness, wordsLikeness } from './likeness.ts'
import { firstWordEnd, nameWords, pairKey, wordsOfKey } from './name-words.ts'
import { neighbourKeys, slipsOf } from './word-neighbours.ts'

/** Words of a question that count; of the words that sound or look like one, so many are tried. */
const TYPED_WORDS_MAX = 4
const ALIKE_MAX = 24
/** Of the words that share a key with a typed one. The common ones come first in no order; it bounds the work. */
const NEIGHBOURS_MAX = 2_000
/** Pairs of words alike that are looked up, the likest first. */
const PAIRS_MAX = 160
/** Persons found by one key range and all together; of them those are read and ranked whose keys agree best. */
const FOUND_PER_RANGE_MAX = 40
const FOUND_MAX = 240
const RANKED_MAX = 50
/** Somebody is called just so: slips are not looked for. What only begins alike is less. */
const TYPED_RIGHT = 0.96
const NAMES_PER_PERSON_MAX = 20

export interface NamedPerson {
  personId: string
  /** The name by which it was found, and how well it agrees: 0 to 1. */
  name: string
  likeness: number
}

/** Persons whose names agree with the text, slips forgiven, best first. */
export async function findByName(tx: WorkspaceTransaction, text: string, limit: number): Promise<NamedPerson[]> {
  const typed = nameWords(text).slice(0, TYPED_WORDS_MAX)
  if (typed.join('').length < 2) return []
  const asTyped = await ranked(tx, typed, await personsWithin(tx, typed, rangesAsTyped(typed)))
  if (asTyped.some(({ likeness }) => likeness >= TYPED_RIGHT)) return asTyped.slice(0, limit)
  const alike = await wordsAlike(tx, typed)
  const slipped = await ranked(tx, typed, await personsWithin(tx, typed, rangesOfSlips(typed, alike)))
  const best = new Map([...slipped, ...asTyped].map((person) => [person.personId, person]))
  return [...best.values()].toSorted(byLikeness).slice(0, limit)
}

const byLikeness = (a: NamedPerson, b: NamedPerson): number =>
  b.likeness - a.likeness || (a.personId < b.personId ? -1 : 1)

interface Range {
  from: string
  below: string
}

/** The last word may be unfinished; any order; an initial is a beginning too. */
function rangesAsTyped(typed: readonly string[]): Range[] {
  const starting = (from: string): Range => ({ from, below: prefixEnd(from) })
  if (typed.length === 1) return typed.map(starting)
  return [...typed.flatMap((one) => typed.flatMap((other) => (one === other ? [] : [starting(pairKey(one, other))])))]
}

/** Pairs of words alike; beside an initial the other word with it; the only word of a name. */
function rangesOfSlips(typed: readonly string[], alike: Map<string, string[]>): Range[] {
  const exactly = (key: string): Range => ({ from: key, below: `${key}\u0001` })
  const wordsFor = (word: string) => alike.get(word) ?? []
  if (typed.length === 1) return wordsFor(typed[0] ?? '').map((word) => ({ from: word, below: firstWordEnd(word) }))
  const pairs = typed.flatMap((one, at) =>
    typed.slice(at + 1).flatMap((other) => {
      const [long, short] = one.length >= other.length ? [one, other] : [other, one]
      if (slipsOf(short) > 0) return likestPairs(wordsFor(long), wordsFor(short)).map(exactly)
      return wordsFor(long).map((word) => ({ from: pairKey(word, short), below: prefixEnd(pairKey(word, short)) }))
    }),
  )
  return [...pairs, ...typed.flatMap((word) => [...new Set([word, ...wordsFor(word)])].map(exactly))]
}

/** Both lists are the likest first: of pairs, those come first whose places are low together. */
function likestPairs(ones: string[], others: string[]): string[] {
  const pairs = ones.flatMap((a, at) => others.map((b, place) => ({ key: pairKey(a, b), place: at + place })))
  return pairs
    .toSorted((a, b) => a.place - b.place)
    .slice(0, PAIRS_MAX)
    .map(({ key }) => key)
}

/** For each typed word those of the workspace's names that a slip makes of it, the likest first. One question. */
async function wordsAlike(tx: WorkspaceTransaction, typed: readonly string[]): Promise<Map<string, string[]>> {
  const asked = typed.filter((word) => slipsOf(word) > 0)
  if (asked.length === 0) return new Map()
  const { rows } = await neighbourQuery(tx, asked.flatMap(neighbourKeys)).execute(tx.sql)
  const words = [...new Set(rows.map(({ word }) => word))]
  return new Map(
    asked.map((one) => [
      one,
      words
        .map((word) => ({ word, like: wordLikeness(one, word) }))
        .filter(({ like }) => like >= LIKENESS_MIN)
        .toSorted((a, b) => b.like - a.like)
        .slice(0, ALIKE_MAX)
        .map(({ word }) => word),
    ]),
  )
}

/** Served by name_word_key_pkey. */
export const neighbourQuery = (tx: WorkspaceTransaction, keys: string[]): RawBuilder<{ word: string }> => sql`
  select w.word from unnest(${textArray([...new Set(keys)])}::text[]) as g(key) cross join lateral (
    select word from name_word_key where workspace_id = ${tx.workspaceId} and key = g.key collate "C"
    limit ${NEIGHBOURS_MAX}) w limit ${NEIGHBOURS_MAX * 5}`

/** By their keys already those that agree best: names are read of few. */
async function personsWithin(tx: WorkspaceTransaction, typed: readonly string[], ranges: Range[]): Promise<string[]> {
  if (ranges.length === 0) return []
  const { rows } = await rangeQuery(tx, ranges).execute(tx.sql)
  const best = new Map<string, number>()
  for (const { person_id: personId, key } of rows)
    best.set(personId, Math.max(best.get(personId) ?? 0, wordsLikeness(typed, wordsOfKey(key))))
  return [...best]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, RANKED_MAX)
    .map(([personId]) => personId)
}

/** Served by person_name_key_pkey, one look for each range. */
export const rangeQuery = (
  tx: WorkspaceTransaction,
  ranges: Range[],
): RawBuilder<{ person_id: string; key: string }> => sql`
  select k.person_id, k.key from unnest(${textArray(ranges.map(({ from }) => from))}::text[],
      ${textArray(ranges.map(({ below }) => below))}::text[]) as r(from_key, below_key) cross join lateral (
    select person_id, key from person_name_key where workspace_id = ${tx.workspaceId} and key >= r.from_key collate "C"
      and key < r.below_key collate "C" order by key, person_id limit ${FOUND_PER_RANGE_MAX}) k
  limit ${FOUND_MAX}`

/** Keys find, names decide: each person by the name of theirs that agrees best. */
async function ranked(tx: WorkspaceTransaction, typed: readonly string[], personIds: string[]): Promise<NamedPerson[]> {
  if (personIds.length === 0) return []
  const { rows } = await namesQuery(tx, personIds).execute(tx.sql)
  return rows
    .map(({ person_id: personId, names }) => ({ personId, ...bestOf(typed, names) }))
    .filter(({ likeness }) => likeness >= LIKENESS_MIN)
    .toSorted(byLikeness)
}

/** Served by person_pkey and author_person. */
export const namesQuery = (
  tx: WorkspaceTransaction,
  personIds: string[],
): RawBuilder<{ person_id: string; names: string[] }> => sql`
  select p.person_id, array_prepend(p.name, array(select a.name from author a where a.workspace_id = ${tx.workspaceId}
      and a.person_id = p.person_id and a.name is not null order by a.author_id limit ${NAMES_PER_PERSON_MAX})) as names
  from ${representatives(tx, personIds)} p`

function bestOf(typed: readonly string[], names: string[]): { name: string; likeness: number } {
  let best = { name: names[0] ?? '', likeness: 0 }
  for (const name of new Set(names)) {
    const likeness = nameLikeness(typed, name)
    if (likeness > best.likeness) best = { name, likeness }
  }
  return best
}
