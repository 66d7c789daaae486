import { sql } from 'kysely'
import { keysOfName, wordsOfKey } from '../server/people/search/name-words.ts'
import { neighbourKeys } from '../server/people/search/word-neighbours.ts'
import { textArray } from '../server/platform/array-literal.ts'
import type { WorkspaceTransaction } from '../server/platform/database.ts'
import { numbersFrom } from './random.ts'

export const PERSONS_AT_ONCE = 5_000
const FIRST_NAMES = 3_000
const SURNAMES = 120_000
const BEGINNINGS =
  'Ba Be Bi Bo Bra Da De Do Dra Fa Fe Fi Fo Fre Ga Ge Go Gra Ha He Hi Ho Ja Jo Ka Ke Ki Ko Kra La Le Li Lo Lu Ma Me Mi Mo Na Ne No Pa Pe Ra Re Ri Ro Sa Se Sie Scha Schu Sta Ste Ta Te Ti To Tra U Wa We Wi Wo Za Ze'.split(
    ' ',
  )
const MIDDLES =
  'ba be bi ber bel da de der den di do fe fer ga ge ger gi ha he ke ker ki la le ler li lo ma me mer mi na ne ner ni pe ra re ri ro sa se ser si ta te ter ti to we'.split(
    ' ',
  )
const ENDS = ' ch ck er el en l ld ler ll m mann n nd ng nn r rd rt s sen ski son st t tz z'.split(' ')

/** The same name for the same number; few first names are many people's, and most surnames a few people's (Zipf). */
export function nameOfPerson(person: number): string {
  const random = numbersFrom(person + 1)
  const share = () => (random() % 1_000_000) / 1_000_000
  return `${invented(Math.floor(FIRST_NAMES ** share()), 1)} ${invented(Math.floor(SURNAMES ** share()) + FIRST_NAMES, 2)}`
}

/** A word that reads like a name: its number written in syllables. */
function invented(rank: number, middles: number): string {
  const random = numbersFrom(rank * 7 + middles)
  let word = BEGINNINGS[random() % BEGINNINGS.length] ?? ''
  for (let at = 0; at < middles; at++) word += MIDDLES[random() % MIDDLES.length] ?? ''
  return word + (ENDS[random() % ENDS.length] ?? '')
}

const known = new Set<string>()

/** Persons with an account, a handle that they gave up, a mail address, a phone, a customer number and a summary. */
export async function insertPersons(tx: WorkspaceTransaction, from: number, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => from + index)
  const names = numbers.map(nameOfPerson)
  const range = sql`generate_series(${sql.lit(from)}, ${sql.lit(from + count - 1)}) n`
  const w = tx.workspaceId
  await sql`
    insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
    select ${w}, ${idOf('d', sql`n`)}, ${idOf('d', sql`n`)}, name, lower(name), 'imported', 'system'
    from unnest(${textArray(numbers.map(String))}::int[], ${textArray(names)}::text[]) as g(n, name)`.execute(tx.sql)
  await sql`
    insert into author (workspace_id, author_id, network, network_id, kind, handle, handle_key, person_id, first_heard_at, last_heard_at)
    select ${w}, ${idOf('a', sql`n`)}, 'bench', 'seeded-' || n, 'account', 'user' || n || '.bench', 'user' || n || '.bench',
      ${idOf('d', sql`n`)}, now(), now() from ${range}`.execute(tx.sql)
  await sql`
    insert into author_handle (workspace_id, author_id, handle, seen_from, seen_until)
    select ${w}, ${idOf('a', sql`n`)}, 'formerly' || n || '.bench', now() - interval '1 year', now() from ${range}`.execute(
    tx.sql,
  )
  const contact = (kind: string, key: string, id: ReturnType<typeof sql>) => sql`
    insert into author (workspace_id, author_id, network, network_id, kind, person_id, first_heard_at, last_heard_at)
    select ${w}, ${idOf(key, sql`n`)}, ${kind}, ${id}, ${kind}, ${idOf('d', sql`n`)}, now(), now() from ${range}`
  await contact('mail', 'b', sql`'user' || n || '@mail.example.org'`).execute(tx.sql)
  await contact('phone', 'c', sql`'+4930' || (10000000 + n)`).execute(tx.sql)
  await contact('customer-number', 'e', sql`'K-' || n`).execute(tx.sql)
  await sql`
    insert into person_summary (workspace_id, person_id, made_at, profiled, scored_by, value, known_since, last_contact_at, tags, networks)
    select ${w}, ${idOf('d', sql`n`)}, now(), true, 0, n % 1000 / 10.0, now(), now() - n % 365 * interval '1 day',
      case when n % 20 = 0 then '{VIP}'::text[] when n % 33 = 0 then '{press}' else '{}' end, '{bench}' from ${range}`.execute(
    tx.sql,
  )
  await insertKeys(tx, numbers, names)
}

async function insertKeys(tx: WorkspaceTransaction, numbers: number[], names: string[]): Promise<void> {
  const keys = names.flatMap((name, at) => keysOfName(name).map((key) => ({ key, number: numbers[at] ?? 0 })))
  await sql`
    insert into person_name_key (workspace_id, key, person_id)
    select ${tx.workspaceId}, key, ${idOf('d', sql`n`)}
    from unnest(${textArray(keys.map(({ key }) => key))}::text[], ${textArray(keys.map(({ number }) => String(number)))}::int[])
      as g(key, n) on conflict do nothing`.execute(tx.sql)
  const words = [...new Set(keys.flatMap(({ key }) => wordsOfKey(key)))].filter((word) => !known.has(word))
  for (const word of words) known.add(word)
  const neighbours = words.flatMap((word) => neighbourKeys(word).map((key) => ({ key, word })))
  await sql`
    insert into name_word_key (workspace_id, key, word) select ${tx.workspaceId}, key, word
    from unnest(${textArray(neighbours.map(({ key }) => key))}::text[], ${textArray(neighbours.map(({ word }) => word))}::text[])
      as g(key, word) on conflict do nothing`.execute(tx.sql)
}

const idOf = (kind: string, number: ReturnType<typeof sql>) =>
  sql`('0000000' || ${sql.lit(kind)} || '-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`
