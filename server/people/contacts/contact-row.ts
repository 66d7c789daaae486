/** A row of a file as what it says of somebody. */
import type { Mapping } from '../../connectors/index.ts'
import { BIRTH_FIELDS, PLAIN_FIELDS } from './contact-columns.ts'
import { emptyContact, type ToldContact } from './told-contact.ts'

const VALUE_CHARACTERS_MAX = 5_000
const HANDLE_ADDRESS = /^https?:\/\/[^/]+\/(?:in\/|@)?/i

export type ColumnsByField = ReadonlyMap<string, readonly number[]>

/** In the order of the file. */
export function columnsByField(mapping: Mapping, columns: readonly string[]): ColumnsByField {
  const byField = new Map<string, number[]>()
  for (const [index, column] of columns.entries()) {
    const field = Object.hasOwn(mapping, column) ? mapping[column] : undefined
    if (field) byField.set(field, [...(byField.get(field) ?? []), index])
  }
  return byField
}

export function toldByRow(cells: readonly string[], columns: ColumnsByField): ToldContact {
  const contact = emptyContact()
  const values = (field: string): string[] =>
    (columns.get(field) ?? []).flatMap((column) => cells[column]?.trim().slice(0, VALUE_CHARACTERS_MAX) || [])
  const first = (field: string): string => values(field)[0] ?? ''
  contact.externalId = first('externalId')
  for (const field of [...PLAIN_FIELDS, ...BIRTH_FIELDS]) {
    const value = first(field)
    if (value !== '') contact.fields[field] = value
  }
  contact.mails = values('mail').flatMap((value) => value.split(/[,;\s]+/).filter((part) => part !== ''))
  contact.phones = values('phone').flatMap((value) => value.split(/\s*[,;|]\s*|\s+(?:oder|or|of)\s+/).filter(Boolean))
  contact.sites = values('site').flatMap((value) => value.split(/[,;\s]+/).filter((part) => part !== ''))
  contact.tags = values('tags').flatMap((value) => value.split(/\s*(?:[,;|]|:::)\s*/).filter(Boolean))
  contact.legalBasis = first('legalBasis')
  if (first('doNotContact') !== '') contact.doNotContact = first('doNotContact')
  for (const field of columns.keys()) readNamed(contact, field, first(field))
  return contact
}

/** `handle:x`, `consent:contact` and their like: what stands behind the colon says which. */
function readNamed(contact: ToldContact, field: string, value: string): void {
  if (value === '' || !field.includes(':')) return
  const name = field.slice(field.indexOf(':') + 1)
  if (field.startsWith('handle:'))
    contact.handles.push({ network: name, handle: value.replace(HANDLE_ADDRESS, '').replace(/\/+$/, '') })
  else if (field.startsWith('customer-number:')) contact.customerNumbers.push({ system: name, number: value })
  else if (field.startsWith('consent:')) contact.consents[name] = value
  else contact.fields[`custom.${name}`] = value
}
