import { sql } from 'kysely'
import { textArray } from '../../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { representatives } from '../representatives.ts'
import { firstWordEnd, keysOfName, wordsOfKey } from './name-words.ts'
import { neighbourKeys } from './word-neighbours.ts'

/** Names of a person's accounts that keys are made of, beside their own. */
const NAMES_MAX = 20
const KEYS_MAX = 120

interface Key {
  person: string
  key: string
}

/**
 * Writes anew by which names these persons are found: their own and those of their accounts; nothing for whoever is
 * merged into somebody else or erased. One transaction of a workspace at a time: a word that the last one loses and the
 * next one needs would be lost.
 */
export async function writeNameKeys(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`name keys ${tx.workspaceId}`}, 0))`.execute(tx.sql)
  const wanted = wantedKeys(await namesOf(tx, personIds))
  const { rows: standing } = await sql<Key>`
    select person_id as person, key from person_name_key
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(tx.sql)
  const text = ({ person, key }: Key) => `${person} ${key}`
  const wantedTexts = new Set(wanted.map(text))
  const standingTexts = new Set(standing.map(text))
  await removeKeys(
    tx,
    standing.filter((key) => !wantedTexts.has(text(key))),
  )
  await addKeys(
    tx,
    wanted.filter((key) => !standingTexts.has(text(key))),
  )
}

/** What erasure asks for: the keys of these persons, and the words that nobody else is called. */
export async function removeNameKeys(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`name keys ${tx.workspaceId}`}, 0))`.execute(tx.sql)
  const { rows } = await sql<Key>`
    select person_id as person, key from person_name_key
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(tx.sql)
  await removeKeys(tx, rows)
}

async function namesOf(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ person_id: string; name: string; others: string[] }>`
    select p.person_id, p.name, array(select distinct a.name from (
        select name from author where workspace_id = ${tx.workspaceId} and person_id = p.person_id and name is not null
        order by author_id limit ${NAMES_MAX}) a) as others
    from ${representatives(tx, personIds)} p`.execute(tx.sql)
  return new Map(rows.map((row) => [row.person_id, [...new Set([row.name, ...row.others])]]))
}

const wantedKeys = (names: Map<string, string[]>): Key[] =>
  [...names].flatMap(([person, called]) =>
    [...new Set(called.flatMap(keysOfName))].slice(0, KEYS_MAX).map((key) => ({ person, key })),
  )

async function addKeys(tx: WorkspaceTransaction, keys: Key[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    insert into person_name_key (workspace_id, key, person_id)
    select ${tx.workspaceId}, k.key, k.person_id
    from unnest(${textArray(keys.map(({ key }) => key))}::text[], ${keys.map(({ person }) => person)}::uuid[]) as k(key, person_id)
    on conflict do nothing`.execute(tx.sql)
  await addWords(tx, [...new Set(keys.flatMap(({ key }) => wordsOfKey(key)))])
}

/** Served by the primary key: a word stands under itself. */
async function addWords(tx: WorkspaceTransaction, words: string[]): Promise<void> {
  const { rows } = await sql<{ word: string }>`
    select g.word from unnest(${textArray(words)}::text[]) as g(word) where not exists (
      select from name_word_key k where k.workspace_id = ${tx.workspaceId} and k.word = g.word collate "C")`.execute(
    tx.sql,
  )
  const fresh = rows.flatMap(({ word }) => neighbourKeys(word).map((key) => ({ key, word })))
  if (fresh.length === 0) return
  await sql`
    insert into name_word_key (workspace_id, key, word)
    select ${tx.workspaceId}, k.key, k.word
    from unnest(${textArray(fresh.map(({ key }) => key))}::text[], ${textArray(fresh.map(({ word }) => word))}::text[]) as k(key, word)
    order by k.key, k.word on conflict do nothing`.execute(tx.sql)
}

async function removeKeys(tx: WorkspaceTransaction, keys: Key[]): Promise<void> {
  if (keys.length === 0) return
  await sql`
    delete from person_name_key k using unnest(${textArray(keys.map(({ key }) => key))}::text[],
      ${keys.map(({ person }) => person)}::uuid[]) as g(key, person_id)
    where k.workspace_id = ${tx.workspaceId} and k.key = g.key collate "C" and k.person_id = g.person_id`.execute(
    tx.sql,
  )
  const words = [...new Set(keys.flatMap(({ key }) => wordsOfKey(key)))]
  await sql`
    delete from name_word_key w using unnest(${textArray(words)}::text[], ${textArray(words.map(firstWordEnd))}::text[]) as g(word, above)
    where w.workspace_id = ${tx.workspaceId} and w.word = g.word collate "C" and not exists (
      select from person_name_key k where k.workspace_id = ${tx.workspaceId} and k.key >= g.word collate "C"
        and k.key < g.above collate "C")`.execute(tx.sql)
}
