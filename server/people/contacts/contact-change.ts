/** What is said of somebody by a record, ready to be judged: absent is unchanged, null clears. */

import type { ConsentPurpose, StatementChannel } from '../../../contract/people-consent.ts'
import type { LEGAL_BASES } from '../../../contract/people-shapes.ts'
import { isScientific, readDate } from '../../connectors/index.ts'
import type { ToldContact } from './told-contact.ts'

export type LegalBasis = (typeof LEGAL_BASES)[number]

/** The words under which it was given, where they are not those of the whole source. */
export interface ToldConsent extends Partial<ConsentWords> {
  purpose: ConsentPurpose
  given: boolean
}

export interface ConsentWords {
  text: string
  language: string
  channel: StatementChannel
}

export interface ContactChange {
  externalId: string | null
  /** By the name of the field as persons have it (fields/value.ts). */
  fields: Record<string, string | null>
  mails?: readonly string[] | null | undefined
  phones?: readonly string[] | null | undefined
  sites?: readonly string[] | null | undefined
  numbers?: readonly { system: string; number: string }[] | null | undefined
  handles?: readonly { network: string; handle: string }[] | null | undefined
  consents: ToldConsent[]
  doNotContact?: boolean | undefined
  legalBasis: LegalBasis | null
}

/** What is wrong with a value; the row is taken in without it, unless it `refuses`. */
export interface ContactFault {
  code: string
  params: Record<string, string | number>
  refuses: boolean
}

const VALUES_MAX = 20
const FIELD_CHARACTERS_MAX = 2_000
const SHOWN_CHARACTERS_MAX = 60
const TAGS_CHARACTERS_MAX = 1_000

/** Names of a file's and the API's fields, as persons have them. */
export const FIELD_NAMES: Record<string, string> = {
  name: 'name',
  given: 'given-name',
  family: 'family-name',
  nickname: 'nickname',
  organisation: 'company',
  role: 'title',
  street: 'street',
  postcode: 'postcode',
  city: 'city',
  country: 'country',
  birthDate: 'birth-date',
  language: 'language',
  note: 'note',
  tags: 'tags',
}

/** A field of one's own is known by a word of small letters. */
export const customField = (name: string): string =>
  `custom.${
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 50) || 'field'
  }`

/** What a row or card says; what cannot be read is left out and said. */
export function changeOf(told: ToldContact): { change: ContactChange; faults: ContactFault[] } {
  const faults: ContactFault[] = []
  const leave = (code: string, value: string, refuses = false) => {
    faults.push({ code, params: { value: value.slice(0, SHOWN_CHARACTERS_MAX) }, refuses })
  }
  if (isScientific(told.externalId)) leave('number-damaged', told.externalId, true)
  const phones = told.phones.filter((phone) => {
    if (!isScientific(phone.trim())) return true
    leave('phone-damaged-left-out', phone)
    return false
  })
  const legalBasis = told.legalBasis === '' ? null : legalBasisOf(told.legalBasis)
  if (told.legalBasis !== '' && legalBasis === null) leave('legal-basis-unknown', told.legalBasis, true)
  const consents = Object.entries(told.consents).flatMap(([purpose, written]) => {
    const given = yesOrNo(written)
    if (given === null) leave('consent-left-out', written)
    return given === null ? [] : [{ purpose: purpose as ConsentPurpose, given }]
  })
  const silent = told.doNotContact === undefined ? null : yesOrNo(told.doNotContact)
  if (told.doNotContact !== undefined && silent === null) leave('consent-left-out', told.doNotContact)
  const change: ContactChange = {
    externalId: told.externalId === '' ? null : told.externalId,
    fields: fieldsOf(told, leave),
    consents,
    legalBasis,
    ...listsOf({ ...told, phones }, faults),
    ...(silent ? { doNotContact: true } : {}),
  }
  return { change, faults }
}

function fieldsOf(told: ToldContact, leave: (code: string, value: string) => void): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(told.fields)) {
    if (name.startsWith('birthDate')) continue
    const field = name.startsWith('custom.') ? customField(name.slice('custom.'.length)) : FIELD_NAMES[name]
    if (field === 'language') {
      const code = languageOf(value)
      if (code) fields.language = code
    } else if (field) fields[field] = value.slice(0, FIELD_CHARACTERS_MAX)
  }
  if (told.tags.length > 0) fields.tags = [...new Set(told.tags)].join(', ').slice(0, TAGS_CHARACTERS_MAX)
  const born = birthDateOf(told.fields)
  if (born.day) fields['birth-date'] = born.day
  else if (born.written !== '') leave('birth-date-left-out', born.written)
  return fields
}

/** Lists that name nothing are unchanged: an empty cell clears nothing. */
function listsOf(told: ToldContact, faults: ContactFault[]): Partial<ContactChange> {
  const few = <T>(field: string, values: readonly T[]): T[] | undefined => {
    if (values.length > VALUES_MAX)
      faults.push({ code: 'too-many-left-out', params: { most: VALUES_MAX, field }, refuses: false })
    return values.length === 0 ? undefined : values.slice(0, VALUES_MAX)
  }
  return {
    mails: few('mail', told.mails),
    phones: few('phone', told.phones),
    sites: few('site', told.sites),
    numbers: few('customer-number', told.customerNumbers),
    handles: few('handle', told.handles),
  }
}

function birthDateOf(fields: Record<string, string>): { written: string; day: string | null } {
  const { birthDateDayFirst: dayFirst, birthDateMonthFirst: monthFirst } = fields
  const written = dayFirst ?? monthFirst ?? fields.birthDate ?? ''
  // vCard and some exports write 19840521, 1984-05-21T00:00:00Z, or a day without a year, which is none.
  const compact = /^(\d{4})(\d\d)(\d\d)(?!\d)/.exec(written)
  if (compact) return { written, day: realDay(`${compact[1]}-${compact[2]}-${compact[3]}`) }
  const iso = /^\d{4}-\d\d-\d\d/.exec(written)?.[0]
  if (iso) return { written, day: realDay(iso) }
  const order = dayFirst !== undefined ? 'dmy' : monthFirst !== undefined ? 'mdy' : null
  if (/^\d+$/.test(written)) return { written, day: null }
  return { written, day: readDate(written, { order, timeZone: 'UTC' })?.toISOString().slice(0, 10) ?? null }
}

function realDay(day: string): string | null {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null
}

const LANGUAGES: Record<string, string> = {
  english: 'en',
  englisch: 'en',
  engels: 'en',
  german: 'de',
  deutsch: 'de',
  duits: 'de',
  dutch: 'nl',
  niederlandisch: 'nl',
  nederlands: 'nl',
  french: 'fr',
  franzosisch: 'fr',
  frans: 'fr',
  spanish: 'es',
  italian: 'it',
  polish: 'pl',
  turkish: 'tr',
}

function languageOf(written: string): string | null {
  const plain = written.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
  return LANGUAGES[plain] ?? /^([a-z]{2,3})(?:[-_][a-z0-9-]+)*$/.exec(plain)?.[1] ?? null
}

const BASES: Record<string, LegalBasis> = {
  consent: 'consent',
  einwilligung: 'consent',
  toestemming: 'consent',
  contract: 'contract',
  vertrag: 'contract',
  overeenkomst: 'contract',
  contractperformance: 'contract',
  legitimateinterest: 'legitimate-interest',
  berechtigtesinteresse: 'legitimate-interest',
  gerechtvaardigdbelang: 'legitimate-interest',
  legalobligation: 'legal-obligation',
  rechtlicheverpflichtung: 'legal-obligation',
  wettelijkeverplichting: 'legal-obligation',
}
const legalBasisOf = (written: string): LegalBasis | null =>
  BASES[written.toLowerCase().replaceAll(/[^a-z]/g, '')] ?? null

const YES = new Set([
  'yes',
  'y',
  'true',
  '1',
  'ja',
  'j',
  'wahr',
  'waar',
  'x',
  'opt-in',
  'subscribed',
  'given',
  'erteilt',
])
const NO = new Set(['no', 'n', 'false', '0', 'nein', 'nee', 'falsch', 'onwaar', 'opt-out', 'unsubscribed', 'refused'])
function yesOrNo(written: string): boolean | null {
  const word = written.trim().toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : null
}
