import { declareSchema, type LinkageRecord } from '../../linkage/index.ts'
import { cityIn } from './cities.ts'

/** What of identities is compared; nothing else is. docs/identity.md names these to whoever has to answer for it. */
export const IDENTITY_SCHEMA = declareSchema([
  { name: 'name', kind: 'full-name' },
  { name: 'handle', kind: 'handle' },
  { name: 'network', kind: 'network' },
  { name: 'active', kind: 'active' },
  { name: 'bio', kind: 'bio' },
  { name: 'mail', kind: 'mail' },
  { name: 'phone', kind: 'phone' },
  { name: 'site', kind: 'site' },
  { name: 'provenLink', kind: 'proven-link' },
  { name: 'provenId', kind: 'proven-id' },
  { name: 'birthDate', kind: 'birth-date' },
  { name: 'postcode', kind: 'postcode' },
  { name: 'city', kind: 'city' },
  { name: 'organisation', kind: 'organisation' },
  { name: 'standing', kind: 'standing' },
])

/** Answers and models that were made for other fields are of no use: raise it with every change above. */
export const FIELDS_VERSION = 3

export type PointKind = 'mail' | 'phone' | 'site' | 'customer-number'

/** An address, number or site by which somebody is reached. */
export interface ContactPoint {
  kind: PointKind
  scope: string
  value: string
}

export const pointKey = ({ kind, scope, value }: ContactPoint): string => `${kind}\n${scope}\n${value}`

export interface IdentityFacts {
  kind: 'account' | PointKind
  network: string
  scope: string
  networkId: string
  handle: string | null
  name: string | null
  bio: string | null
  url: string | null
  activeFrom: Date
  activeUntil: Date
  /** What was told of its holder, by name of the field. */
  told: ReadonlyMap<string, string>
}

export interface PersonFacts {
  points: readonly ContactPoint[]
  /** Of the person's other identities. */
  told: ReadonlyMap<string, string>
  /** Written by hand over what was told, by name of the field. */
  written: ReadonlyMap<string, string>
  /** What its holder proved to be theirs, also what is another's by now. */
  proven: readonly ContactPoint[]
  isOrganisation: boolean
}

export const NOBODY_YET: PersonFacts = {
  points: [],
  told: new Map(),
  written: new Map(),
  proven: [],
  isOrganisation: false,
}

/** Addresses at which nobody in particular reads: `info@`, `support@`. */
const ROLE_ADDRESS =
  /^(info|kontakt|contact|hello|hallo|office|buero|mail|post|service|support|hilfe|help|sales|vertrieb|verkoop|klantenservice|team|presse|press|redaktion|admin|webmaster|noreply|no-reply)@/
const MAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu
/** As people write it where others should be able to ring: with the country. */
const PHONE = /(?<![\p{L}\p{N}])\+\d[\d\s()/.-]{6,20}\d/gu
const POINTS_IN_PROFILE_MAX = 5
const BIO_CHARACTERS_MAX = 2_000

/** Contact points that an account names in its own profile. */
export function pointsNamed({ kind, bio, name }: IdentityFacts): ContactPoint[] {
  if (kind !== 'account') return []
  const text = `${name ?? ''} ${bio ?? ''}`.slice(0, BIO_CHARACTERS_MAX)
  // '@anna@example.social' is an account of the fediverse, no mail address.
  const mails = [...text.matchAll(MAIL)].filter(({ index }) => text[index - 1] !== '@').map(([mail]) => mail)
  const phones = [...text.matchAll(PHONE)].map(([phone]) => `+${phone.replaceAll(/\D/g, '')}`)
  return [
    ...mails.map((mail) => ({ kind: 'mail' as const, scope: '', value: mail.toLowerCase() })),
    ...phones.map((phone) => ({ kind: 'phone' as const, scope: '', value: phone })),
  ].slice(0, POINTS_IN_PROFILE_MAX)
}

export const isRoleAddress = ({ kind, value }: ContactPoint): boolean => kind === 'mail' && ROLE_ADDRESS.test(value)

const joined = (values: Iterable<string>): string | null => [...new Set(values)].join(' ') || null

/**
 * What an identity says of its holder. `withheld` are contact points that several persons share: they say nothing. With the
 * facts of the person it belongs to it is compared; without them it is found (`NOBODY_YET`).
 */
export function recordOf(
  facts: IdentityFacts,
  person: PersonFacts,
  withheld: ReadonlySet<string> = new Set(),
): LinkageRecord {
  const isAccount = facts.kind === 'account'
  const own: ContactPoint[] = isAccount
    ? pointsNamed(facts)
    : [{ kind: facts.kind as PointKind, scope: facts.scope, value: facts.networkId }]
  const points = [...own, ...person.points].filter((point) => !withheld.has(pointKey(point)) && !isRoleAddress(point))
  const of = (kind: PointKind) => points.filter((point) => point.kind === kind).map(({ value }) => value)
  const told = (field: string) => person.written.get(field) || facts.told.get(field) || person.told.get(field) || null
  const [numbers, proven] = [person.proven.filter(isNumber), person.proven.filter((point) => !isNumber(point))]
  return {
    name: facts.name ?? told('name') ?? givenAndSurname(told('given-name'), told('family-name')),
    handle: isAccount ? facts.handle : facts.kind === 'mail' && of('mail')[0] ? localPart(facts.networkId) : null,
    network: isAccount ? facts.network : null,
    active: isAccount ? `${day(facts.activeFrom)}/${day(facts.activeUntil)}` : null,
    bio: isAccount ? facts.bio : null,
    mail: joined(of('mail')),
    phone: joined(of('phone')),
    site: joined([...(facts.url ? [facts.url] : []), ...of('site')]),
    provenLink: joined(
      proven.filter((point) => !withheld.has(pointKey(point))).map(({ kind, value }) => `${kind}:${value}`),
    ),
    provenId: joined(numbers.map(({ scope, value }) => `${scope}:${value}`)),
    birthDate: told('birth-date'),
    postcode: told('postcode'),
    city: told('city') ?? (isAccount ? cityIn(facts.bio) : null),
    organisation: told('company'),
    standing: person.isOrganisation ? 'organisation' : null,
  }
}

/** Two numbers of one system contradict each other; two addresses do not. */
const isNumber = ({ kind }: ContactPoint): boolean => kind === 'customer-number'

const givenAndSurname = (given: string | null, surname: string | null): string | null =>
  [given, surname].filter(Boolean).join(' ') || null

const localPart = (address: string): string => address.slice(0, address.indexOf('@')).replace(/\+.*$/, '')

const day = (time: Date): string => time.toISOString().slice(0, 10)
