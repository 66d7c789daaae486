/** A card of vCard 4.0 (RFC 6350). */
import type { ContactExportField } from '../../../contract/contact-export.ts'
import type { ExportedPerson } from './exported.ts'

const LINE_BYTES_MAX = 75

export function cardOf(person: ExportedPerson, fields: ReadonlySet<ContactExportField>): string {
  const value = (field: ContactExportField): string => (fields.has(field) ? (person.fields.get(field) ?? '') : '')
  const lines = ['BEGIN:VCARD', 'VERSION:4.0', `UID:urn:uuid:${person.personId}`, `FN:${text(person.name || '?')}`]
  const add = (name: string, written: string) => {
    if (written !== '') lines.push(`${name}:${text(written)}`)
  }
  const [given, family] = [value('given-name'), value('family-name')]
  if (given || family) lines.push(`N:${text(family)};${text(given)};;;`)
  if (fields.has('mails')) for (const mail of person.mails) add('EMAIL', mail)
  if (fields.has('phones')) for (const phone of person.phones) lines.push(`TEL;VALUE=uri:tel:${phone}`)
  if (fields.has('sites')) for (const site of person.sites) add('URL', site)
  if (fields.has('accounts'))
    for (const { network, handle } of person.accounts)
      lines.push(`SOCIALPROFILE;VALUE=text;SERVICE-TYPE=${parameter(network)}:${text(handle)}`)
  if (fields.has('numbers'))
    for (const { system, number } of person.numbers)
      lines.push(`X-CUSTOMER-NUMBER;TYPE=${parameter(system)}:${text(number)}`)
  add('ORG', value('company'))
  add('TITLE', value('title'))
  const address = [value('street'), value('city'), '', value('postcode'), value('country')].map(text)
  if (address.some((part) => part !== '')) lines.push(`ADR:;;${address.join(';')}`)
  add('BDAY', value('birth-date').replaceAll('-', ''))
  add('LANG', value('language'))
  const tags = value('tags')
    .split(/\s*,\s*/)
    .filter(Boolean)
  if (tags.length > 0) lines.push(`CATEGORIES:${tags.map(text).join(',')}`)
  add('NOTE', value('note'))
  // No standard property says it; whoever reads a card must not overlook it.
  if (person.doNotContact) lines.push('X-DO-NOT-CONTACT:TRUE', 'CATEGORIES:DO NOT CONTACT')
  return [...lines, 'END:VCARD', ''].map(fold).join('\r\n')
}

const text = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll(/[,;]/g, '\\$&')
    .replaceAll(/\r\n|\r|\n/g, '\\n')

const parameter = (value: string): string => `"${value.replaceAll(/["\r\n]/g, '')}"`

/** No line is longer than 75 bytes, and none is cut within a character. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_BYTES_MAX) return line
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    // A continued line begins with a blank, which counts.
    if (bytes + size > LINE_BYTES_MAX - (pieces.length > 0 ? 1 : 0)) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += character
    bytes += size
  }
  return [...pieces, piece].join('\r\n ')
}
