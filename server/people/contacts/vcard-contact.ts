import { emptyContact, type ToldContact } from './told-contact.ts'
import { type CardProperty, partsOf, readProperty, unescapeText } from './vcard-property.ts'

const PROPERTIES_MAX = 500

/** What a card says of somebody, in the words of a contact. Photos, keys and sounds are passed over. */
export function contactOfCard(lines: string[]): ToldContact {
  const properties = lines.slice(0, PROPERTIES_MAX).flatMap((line) => readProperty(line) ?? [])
  const outer = withoutAgents(properties)
  const labels = new Map(
    outer.flatMap(({ group, name, value }) => (group && name === 'X-ABLABEL' ? [[group, unescapeText(value)]] : [])),
  )
  const contact = emptyContact()
  for (const property of byPreference(outer)) readInto(contact, property, labels.get(property.group ?? '') ?? '')
  return contact
}

/** A card within a card is somebody else. */
function withoutAgents(properties: CardProperty[]): CardProperty[] {
  let depth = 0
  return properties.filter(({ name, value }) => {
    const marker = value.trim().toUpperCase() === 'VCARD'
    if (marker && name === 'BEGIN') depth++
    if (marker && name === 'END') depth--
    return depth <= 1
  })
}

/** What the card prefers comes first: `PREF=1` of 4.0, `TYPE=pref` of 3.0, bare `PREF` of 2.1. */
const byPreference = (properties: CardProperty[]): CardProperty[] =>
  properties.toSorted((one, other) => rankOf(one) - rankOf(other))

function rankOf({ parameters }: CardProperty): number {
  const preference = Number(parameters.get('PREF')?.[0] ?? (parameters.get('TYPE')?.includes('pref') ? 1 : 101))
  return Number.isFinite(preference) ? preference : 101
}

type Reader = (contact: ToldContact, value: string, property: CardProperty, label: string) => void

const READERS: Record<string, Reader> = {
  UID: (contact, value) => {
    contact.externalId ||= unescapeText(value)
  },
  FN: (contact, value) => setField(contact, 'name', unescapeText(value)),
  N: (contact, value) => {
    const [family = '', given = ''] = partsOf(value, ';')
    setField(contact, 'family', family)
    setField(contact, 'given', given)
  },
  NICKNAME: (contact, value) => setField(contact, 'nickname', partsOf(value, ',')[0] ?? ''),
  EMAIL: (contact, value) => contact.mails.push(unescapeText(value).replace(/^mailto:/i, '')),
  TEL: (contact, value) => contact.phones.push(phoneOf(value)),
  URL: (contact, value) => contact.sites.push(unescapeText(value)),
  ORG: (contact, value) => setField(contact, 'organisation', partsOf(value, ';')[0] ?? ''),
  TITLE: (contact, value) => setField(contact, 'role', unescapeText(value)),
  ROLE: (contact, value) => setField(contact, 'role', unescapeText(value)),
  ADR: readAddress,
  BDAY: (contact, value) => setField(contact, 'birthDate', value.trim()),
  LANG: (contact, value) => setField(contact, 'language', value.trim()),
  CATEGORIES: (contact, value) => contact.tags.push(...partsOf(value, ',')),
  NOTE: (contact, value) => setField(contact, 'note', unescapeText(value)),
  'X-SOCIALPROFILE': (contact, value, { parameters }) => readProfile(contact, value, parameters.get('TYPE')?.[0]),
  SOCIALPROFILE: (contact, value, { parameters }) => readProfile(contact, value, parameters.get('SERVICE-TYPE')?.[0]),
  IMPP: (contact, value, { parameters }, label) =>
    readProfile(contact, value, parameters.get('X-SERVICE-TYPE')?.[0] ?? label),
  'X-TWITTER': (contact, value) => readProfile(contact, value, 'twitter'),
}

function readInto(contact: ToldContact, property: CardProperty, label: string): void {
  if (property.value.trim() === '' || !Object.hasOwn(READERS, property.name)) return
  READERS[property.name]?.(contact, property.value, property, label)
}

/** The first one counts: it is the preferred. */
function setField(contact: ToldContact, field: string, value: string): void {
  if (value !== '') contact.fields[field] ??= value
}

/** `tel:+49-30-1234;ext=5` of 4.0, plain text of the others. */
const phoneOf = (value: string): string => unescapeText(value).replace(/^tel:/i, '').replace(/;ext=/i, ' ext. ')

/** Post office box; extended; street; locality; region; postal code; country. */
function readAddress(contact: ToldContact, value: string): void {
  if (contact.fields.city !== undefined || contact.fields.street !== undefined) return
  const [, , street = '', city = '', , postcode = '', country = ''] = partsOf(value, ';')
  for (const [field, written] of Object.entries({ street, city, postcode, country }))
    setField(contact, field, written.replaceAll(/\s+/g, ' '))
}

const NETWORKS: Record<string, string> = { twitter: 'x', x: 'x', mastodon: 'fediverse', bluesky: 'bluesky' }

/** A profile's last step of the address is the handle, on networks where it is. */
function readProfile(contact: ToldContact, value: string, service: string | undefined): void {
  const text = unescapeText(value).replace(/^x-apple:|^[a-z-]+:(?!\/\/)/i, '')
  const network = NETWORKS[(service ?? '').toLowerCase()] ?? service?.toLowerCase()
  const handle = /^https?:/i.test(text) ? text.replace(/\/+$/, '').split('/').at(-1) : text
  if (network && handle) contact.handles.push({ network, handle: withoutPercent(handle) })
}

function withoutPercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
