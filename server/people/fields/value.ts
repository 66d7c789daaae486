import { Invalid } from '../../platform/errors.ts'

/** Fields that every person has; any other word is a field of the workspace's own, such as those of its CRM. */
export const FIELDS = [
  'name',
  'given-name',
  'family-name',
  'language',
  'company',
  'title',
  'city',
  'birth-date',
] as const

const FIELD = /^[a-z0-9][a-z0-9._-]{0,59}$/
const VALUE_CHARACTERS_MAX = 2_000

/** Words of our own making, because they stand in events and addresses. */
export function requireField(field: string): string {
  if (!FIELD.test(field)) throw new Invalid('field-name-invalid', { field: field.slice(0, 60) })
  return field
}

/** As it is kept: without blanks around it; languages as codes of two or three letters, dates of birth as yyyy-mm-dd. */
export function fieldValue(field: string, value: string | null): string | null {
  const text = value?.replaceAll('\0', '').toWellFormed().normalize('NFC').trim()
  if (!text) return null
  if (text.length > VALUE_CHARACTERS_MAX) throw new Invalid('field-too-long', { field, max: VALUE_CHARACTERS_MAX })
  if (field === 'language') return languageCode(text)
  if (field === 'birth-date') return birthDate(text)
  return text
}

function languageCode(text: string): string {
  const code = /^([a-z]{2,3})(?:[-_][a-z0-9-]+)*$/i.exec(text)?.[1]?.toLowerCase()
  if (!code) throw new Invalid('field-invalid', { field: 'language' })
  return code
}

function birthDate(text: string): string {
  const day = /^(\d{4}-\d\d-\d\d)(?:T.*)?$/.exec(text)?.[1]
  const date = day ? new Date(`${day}T00:00:00Z`) : null
  if (!day || !date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
    throw new Invalid('field-invalid', { field: 'birth-date' })
  return day
}
