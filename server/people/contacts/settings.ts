import { CONTACT_IMPORT_SETTINGS, type ContactImportSettings } from '../../../contract/people-contact-imports.ts'
import type { ImportRow } from '../../imports/index.ts'
import { Invalid } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { Source } from './judging.ts'

/** What was chosen for a whole file so far; nothing of it has to be whole yet. */
export const settingsOf = (row: ImportRow): Partial<ContactImportSettings> =>
  row.settings as Partial<ContactImportSettings>

/** Where a file comes from and on which basis it may be kept has to be said before anything is taken in. */
export function requireSettings(given: unknown): ContactImportSettings {
  const parsed = CONTACT_IMPORT_SETTINGS.safeParse(given)
  if (parsed.success) return parsed.data
  throw new Invalid('contact-settings-missing', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
}

export const sourceOf = (
  settings: ContactImportSettings,
  secrets: Secrets,
  at: Date,
  importId: string | null,
): Omit<Source, 'line'> => ({
  system: settings.system,
  legalBasis: settings.legalBasis,
  inUse: settings.inUse,
  consent: settings.consent ?? null,
  secrets,
  at,
  importId,
})
