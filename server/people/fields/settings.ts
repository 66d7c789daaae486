import type { WorkspaceTransaction } from '../../platform/database.ts'

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

export async function peopleSettings(tx: WorkspaceTransaction): Promise<PeopleSettings> {
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
export async function defaultCountry(tx: WorkspaceTransaction): Promise<string | null> {
  const stated = (await peopleSettings(tx)).defaultCountry
  if (stated) return stated
  const workspace = await tx.sql
    .selectFrom('workspace')
    .select('time_zone')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return COUNTRY_OF_TIME_ZONE[workspace?.time_zone ?? ''] ?? null
}
