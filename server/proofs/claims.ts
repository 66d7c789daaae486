import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { Invalid } from '../platform/errors.ts'

/** What a customer types of themselves, read strictly: what is doubtful is asked again, never guessed. */

/** Mobile numbers alone get text messages, and of the countries that the workspace serves: others are expensive tricks. */
export function mobileNumber(text: string, countries: readonly string[]): string {
  const [home] = countries
  const number = parsePhoneNumberFromString(text, home ? { defaultCountry: home as never } : undefined)
  if (!number?.isValid()) throw new Invalid('phone-invalid')
  if (!number.country || !countries.includes(number.country)) throw new Invalid('phone-country')
  return number.number
}

export interface Site {
  /** Where it is looked at. */
  address: string
  /** Without `www.`: both are one site. */
  host: string
}

/** A page without query or fragment: what stands behind a query is what anybody writes there. */
export function readSite(text: string): Site {
  const written = text.trim()
  const address = /^https?:\/\//i.test(written) ? written : `https://${written}`
  const url = URL.parse(address)
  const isPage = url?.search === '' && url.username === '' && url.hostname.includes('.')
  if (!isPage) throw new Invalid('site-invalid')
  url.hash = ''
  return { address: url.href, host: withoutWww(url.host) }
}

export const withoutWww = (host: string): string => host.replace(/^www\./, '')

/** `@name@server.example`, or the address of a profile. */
export function fediverseAccount(text: string): { user: string; host: string } {
  const written = text.trim()
  const handle = /^@?([\w.-]{1,64})@([a-z0-9.:-]{1,200})$/i.exec(written)
  const profile = /^https?:\/\/([a-z0-9.:-]{1,200})\/(?:@|users\/)([\w.-]{1,64})\/?$/i.exec(written)
  const found = handle ? { user: handle[1], host: handle[2] } : profile && { user: profile[2], host: profile[1] }
  if (!found?.user || !found.host || !URL.canParse(`https://${found.host}`)) throw new Invalid('fediverse-invalid')
  return { user: found.user, host: found.host.toLowerCase() }
}

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

export function domainHandle(text: string): string {
  const handle = text.trim().toLowerCase().replace(/^@/, '')
  if (!DOMAIN.test(handle)) throw new Invalid('handle-invalid')
  return handle
}
