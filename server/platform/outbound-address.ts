/** Which addresses may be reached from inside: the public internet, and what the operator lists. */
import ipaddr from 'ipaddr.js'
import { failed, type OutboundFailure } from './outbound-failure.ts'

/** Asks for every address of a name; stood in for in tests of DNS rebinding. */
export type ResolveName = (hostname: string) => Promise<{ address: string; family: number }[]>

export interface CheckedAddress {
  address: string
  family: 4 | 6
}

const ADDRESS_CHARACTERS_MAX = 4096

/** First in a list of places: nothing but these may be reached, public or not. */
export const ONLY = 'only'

type Refusal = { ok: false; failure: OutboundFailure }

/** The address as a URL, if it is one that may be asked at all: http or https, no credentials, no disguised host. */
export function readAddress(address: string): { ok: true; url: URL } | Refusal {
  if (address.length > ADDRESS_CHARACTERS_MAX) return failed('bad-address', 'The address is too long.')
  if (!URL.canParse(address)) return failed('bad-address', 'This is no web address.')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return failed('bad-address', 'Only http and https.')
  if (url.username !== '' || url.password !== '') return failed('bad-address', 'The address holds credentials.')
  if (isDisguised(address, url.hostname)) return failed('bad-address', 'The host is an address in an unusual form.')
  return { ok: true, url }
}

/** `http://2130706433`, `http://0x7f.1`, `http://0177.0.0.1` and full-width digits all become dotted quads when parsed. */
function isDisguised(address: string, hostname: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(hostname)) return false
  const written = /^\s*[a-z]+:[\\/]*([^\\/?#]*)/i.exec(address)?.[1] ?? ''
  return written.replace(/:\d*$/, '') !== hostname
}

/** Every address of the host, or a refusal if even one of them may not be reached: a mixed answer is an attempt. */
export async function checkAddresses(
  url: URL,
  resolve: ResolveName,
  allowPrivate: readonly string[],
): Promise<{ ok: true; addresses: CheckedAddress[] } | Refusal> {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
  const isFenced = allowPrivate[0] === ONLY
  const rules = rulesOf(allowPrivate)
  const hostAllowed = rules.some((rule) => rule.host === host.toLowerCase() && portMatches(rule, port))
  // A name is not even looked up: the question alone would leave the house.
  if (isFenced && !hostAllowed && !ipaddr.isValid(host))
    return failed('forbidden-address', `${host} is outside the fence.`)
  const found = ipaddr.isValid(host) ? [{ address: host }] : await resolve(host)
  const addresses: CheckedAddress[] = []
  for (const { address } of found) {
    // A zone (fe80::1%eth0) marks a link-local address, which is refused by its range; the parser wants it gone.
    const parsed = ipaddr.parse(address.replace(/%.*$/, ''))
    const listed = rules.some((rule) => rule.network && portMatches(rule, port) && inside(parsed, rule.network))
    if (isFenced && !hostAllowed && !listed) return failed('forbidden-address', `${host} is outside the fence.`)
    if (!hostAllowed && !listed && !isPublic(parsed)) {
      return failed('forbidden-address', `${host} is not on the public internet (${kindOf(parsed)}).`)
    }
    addresses.push({ address, family: parsed.kind() === 'ipv4' ? 4 : 6 })
  }
  if (addresses.length === 0) return failed('unreachable', `${host} has no address.`)
  return { ok: true, addresses }
}

/** Whether the operator lists this very place (by name or by address, not by what the name resolves to): it may be spoken to without TLS. */
export function isAllowedPrivate(url: URL, allowPrivate: readonly string[]): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = Number(url.port) || (['https:', 'wss:'].includes(url.protocol) ? 443 : 80)
  return rulesOf(allowPrivate).some((rule) => {
    if (!portMatches(rule, port)) return false
    if (rule.host === host) return true
    const isLoopbackName = host === 'localhost'
    const address = ipaddr.isValid(host) ? ipaddr.parse(host) : isLoopbackName ? ipaddr.parse('127.0.0.1') : null
    return address !== null && rule.network !== null && inside(address, rule.network)
  })
}

const rulesOf = (allowPrivate: readonly string[]): Rule[] =>
  (allowPrivate[0] === ONLY ? allowPrivate.slice(1) : allowPrivate).map(readRule)

type Address = ipaddr.IPv4 | ipaddr.IPv6

interface Rule {
  host: string
  network: [Address, number] | null
  port: number | null
}

/** `192.168.0.0/16`, `10.0.0.5:8080`, `[::1]:3000`, `fd00::/8`, `twin.example:3999`. Throws on anything else: configuration. */
function readRule(text: string): Rule {
  const bracketed = /^\[([^\]]+)\](?::(\d+))?$/.exec(text)
  const plain = /^([^:]*)(?::(\d+))?$/.exec(text)
  const [, place = text, port] = bracketed ?? plain ?? []
  const rule = { host: place.toLowerCase(), port: port === undefined ? null : Number(port) }
  if (ipaddr.isValidCIDR(place)) return { ...rule, network: ipaddr.parseCIDR(place) }
  if (ipaddr.isValid(place)) {
    const address = ipaddr.parse(place)
    return { ...rule, network: [address, address.kind() === 'ipv4' ? 32 : 128] }
  }
  if (!/^[a-z0-9.-]+$/i.test(place)) throw new Error(`Not a network, an address or a host name: ${text}`)
  return { ...rule, network: null }
}

function portMatches(rule: Rule, port: number): boolean {
  return rule.port === null || rule.port === port
}

function inside(address: Address, [network, bits]: [Address, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits)
}

/**
 * Only plain unicast is public. Forms that carry an IPv4 address inside an IPv6 one (mapped, NAT64, 6to4, Teredo,
 * the old "compatible" one) are refused whatever they carry; IPv6 beyond 2000::/3 is not assigned to anyone.
 */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || ((address.parts[0] ?? 0) & 0xe000) === 0x2000
}

function kindOf(address: Address): string {
  const range = address.range()
  return range === 'unicast' ? 'unassigned' : range
}
