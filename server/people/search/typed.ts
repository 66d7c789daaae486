import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { siteAddress } from '../graph/contact-points.ts'

type Country = NonNullable<Parameters<typeof parsePhoneNumberFromString>[1]> & string

/** Where numbers without a country code may have been dialled, by the workspace's languages. */
const COUNTRIES: Record<string, readonly Country[]> = {
  de: ['DE', 'AT', 'CH'],
  nl: ['NL', 'BE'],
  en: ['GB', 'IE', 'US'],
  fr: ['FR', 'BE', 'CH'],
  es: ['ES'],
  it: ['IT', 'CH'],
  pl: ['PL'],
  fi: ['FI'],
}
const PHONE_DIGITS_MIN = 5
const PREFIX_CHARACTERS_MIN = 3

/** What a text that somebody typed may stand for, apart from a name. */
export interface Typed {
  /** Normalised ids of contact points. */
  contacts: string[]
  /** Beginning of a contact point: of a mail address, a customer number. Null: too short. */
  contactPrefix: string | null
  /** As handleKey writes handles. */
  handle: string
}

export function readTyped(text: string, languages: readonly string[]): Typed {
  const typed = text.trim()
  const handle = handleIn(typed).replace(/^@/, '').toLowerCase()
  const bare = typed.replace(/\s+/g, '')
  const contacts = [
    typed,
    bare,
    bare.toLowerCase(),
    bare.toUpperCase(),
    ...phonesIn(typed, languages),
    ...sitesIn(typed),
  ]
  return {
    contacts: [...new Set(contacts)].filter((contact) => contact !== ''),
    contactPrefix: bare.length >= PREFIX_CHARACTERS_MIN && !bare.startsWith('@') ? bare.toLowerCase() : null,
    handle,
  }
}

/** E.164, as typed with a country code, and as dialled in the countries of the workspace's languages. */
function phonesIn(typed: string, languages: readonly string[]): string[] {
  if (!/^[\d\s()+/.-]+$/.test(typed) || typed.replace(/\D/g, '').length < PHONE_DIGITS_MIN) return []
  const international = typed.replace(/^\s*00/, '+')
  const countries = languages.flatMap((language) => COUNTRIES[language] ?? [])
  const read = [undefined, ...(countries.length > 0 ? countries : (COUNTRIES.de ?? []))].flatMap(
    (country) => parsePhoneNumberFromString(international, country)?.number ?? [],
  )
  return [...new Set(read)]
}

/** The last part of a profile's address is the handle. */
function handleIn(typed: string): string {
  const path = /^https?:\/\/[^/]+\/(.+?)\/?$/.exec(typed)?.[1]
  return path?.split(/[?#]/)[0]?.split('/').at(-1) ?? typed
}

/** As a contact point keeps it. */
function sitesIn(typed: string): string[] {
  const site = typed.includes('@') || !/^\S+\.\S+$/.test(typed) ? null : siteAddress(typed)
  return site === null ? [] : [site]
}
