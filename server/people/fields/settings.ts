import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { addJob } from '../../platform/jobs.ts'
import { TOLD_BY_CUSTOMER } from './rule.ts'

export interface PeopleSettings {
  /** ISO 3166 alpha-2; for phone numbers that are written without a country. */
  defaultCountry: string | null
  /** Systems whose records are believed before others', the first most. */
  fieldSources: string[]
}

/** Where a workspace works says in which country its customers' phone numbers are written, unless it says otherwise. */
const COUNTRY_OF_TIME_ZONE: Record<string, string> = {
  'Europe/Berlin': 'DE',
  'Europe/Busingen': 'DE',
  'Europe/Amsterdam': 'NL',
  'Europe/Vienna': 'AT',
  'Europe/Zurich': 'CH',
  'Europe/Brussels': 'BE',
  'Europe/Luxembourg': 'LU',
  'Europe/Paris': 'FR',
  'Europe/London': 'GB',
  'Europe/Dublin': 'IE',
  'Europe/Madrid': 'ES',
  'Europe/Lisbon': 'PT',
  'Europe/Rome': 'IT',
  'Europe/Copenhagen': 'DK',
  'Europe/Stockholm': 'SE',
  'Europe/Oslo': 'NO',
  'Europe/Helsinki': 'FI',
  'Europe/Warsaw': 'PL',
  'Europe/Prague': 'CZ',
}

/** Asked several times for each record that is taken in: within a transaction it is read once. */
const readIn = new WeakMap<WorkspaceTransaction, Promise<PeopleSettings>>()
const zoneReadIn = new WeakMap<WorkspaceTransaction, Promise<string | null>>()

export function peopleSettings(tx: WorkspaceTransaction): Promise<PeopleSettings> {
  const known = readIn.get(tx) ?? readPeopleSettings(tx)
  readIn.set(tx, known)
  return known
}

async function readPeopleSettings(tx: WorkspaceTransaction): Promise<PeopleSettings> {
  const row = await tx.sql
    .selectFrom('people_settings')
    .select(['default_country', 'field_sources'])
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return { defaultCountry: row?.default_country ?? null, fieldSources: row?.field_sources ?? [] }
}

export const fieldSources = async (tx: WorkspaceTransaction): Promise<string[]> =>
  (await peopleSettings(tx)).fieldSources

/** As stated, else that of the time zone; null where neither says. */
export const defaultCountry = async (tx: WorkspaceTransaction): Promise<string | null> =>
  (await peopleSettings(tx)).defaultCountry ?? (await countryOfTimeZone(tx))

/** With what a screen offers: systems that told something, in no order of belief. */
export async function readSettings(tx: WorkspaceTransaction) {
  return {
    ...(await peopleSettings(tx)),
    countryOfTimeZone: await countryOfTimeZone(tx),
    knownSources: await knownSources(tx),
  }
}

/** Where the order of belief changes, names of persons follow in the background (renaming.ts). */
export async function saveSettings(tx: WorkspaceTransaction, settings: PeopleSettings): Promise<void> {
  const before = await peopleSettings(tx)
  const row = { default_country: settings.defaultCountry, field_sources: [...new Set(settings.fieldSources)] }
  await tx.sql
    .insertInto('people_settings')
    .values({ workspace_id: tx.workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
    .execute()
  readIn.delete(tx)
  tx.record({ type: 'people.settings-changed', subjects: {} })
  if (before.fieldSources.join() !== row.field_sources.join())
    await addJob(tx, RENAMING, {}, { key: `${RENAMING} ${tx.workspaceId}` })
}

export const RENAMING = 'rename-persons'
const SOURCES_MAX = 50

/** Each source once, by hopping along the values of one column: nobody counts rows for it. */
async function knownSources(tx: WorkspaceTransaction): Promise<string[]> {
  const { rows } = await sql<{ source: string }>`
    with recursive hop as (
      (select source from author_field where workspace_id = ${tx.workspaceId} order by source limit 1)
      union all
      select (select source from author_field where workspace_id = ${tx.workspaceId} and source > hop.source
        order by source limit 1) from hop where hop.source is not null)
    select source from hop where source is not null and source <> ${TOLD_BY_CUSTOMER} limit ${SOURCES_MAX}`.execute(
    tx.sql,
  )
  return rows.map((row) => row.source)
}

function countryOfTimeZone(tx: WorkspaceTransaction): Promise<string | null> {
  const known = zoneReadIn.get(tx) ?? readCountryOfTimeZone(tx)
  zoneReadIn.set(tx, known)
  return known
}

async function readCountryOfTimeZone(tx: WorkspaceTransaction): Promise<string | null> {
  const workspace = await tx.sql
    .selectFrom('workspace')
    .select('time_zone')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return COUNTRY_OF_TIME_ZONE[workspace?.time_zone ?? ''] ?? null
}
