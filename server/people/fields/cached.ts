import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { nameKey } from '../name-keys.ts'
import { type Candidates, candidatesOf } from './candidates.ts'
import { ranked } from './rule.ts'
import { fieldSources } from './settings.ts'

export const NAME_CHARACTERS_MAX = 200
/** What every list shows stands on the person's row. */
const CACHED = ['name', 'language']

interface CachedFields {
  name: string
  name_key: string
  language: string | null
}

/** What stands on a person's row, of all candidates. */
export function cachedFields(candidates: Candidates, sources: readonly string[]): CachedFields {
  const value = (field: string) => ranked(candidates.get(field) ?? [], sources)[0]?.value ?? null
  const name = (value('name') ?? '').slice(0, NAME_CHARACTERS_MAX)
  return { name, name_key: keyOf(name), language: value('language') }
}

/** A name of emoji alone has no words; it is found by itself then. */
const keyOf = (name: string): string => nameKey(name) ?? name.trim().toLowerCase()

/**
 * Writes anew what persons are called, on them and on everyone who is the same; who was erased has no name. The caller
 * holds the persons' rows, so that whoever changes another of their identities at the same moment comes before or after.
 */
export async function refreshPersons(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  const current = await sql<{ current_id: string }>`
    select distinct current_id from person
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) and erased_at is null`.execute(
    tx.sql,
  )
  const sources = await fieldSources(tx)
  const found = await candidatesOf(
    tx,
    current.rows.map((row) => row.current_id),
    CACHED,
  )
  const rows = [...found].map(([current_id, candidates]) => ({ current_id, ...cachedFields(candidates, sources) }))
  await sql`
    update person p set name = g.name, name_key = g.name_key, language = g.language
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(current_id uuid, name text, name_key text, language text)
    where p.workspace_id = ${tx.workspaceId} and p.current_id = g.current_id and p.erased_at is null
      and (p.name, p.name_key, p.language) is distinct from (g.name, g.name_key, g.language)`.execute(tx.sql)
}
