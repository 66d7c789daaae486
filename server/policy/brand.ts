import type { CountryCode } from 'libphonenumber-js/max'
import type { Risk } from './finding.ts'

export type GermanAddress = 'du' | 'Sie'
export type DutchAddress = 'je' | 'u'

/** How an account speaks, and what it may and may not say. */
export interface Brand {
  name: string
  handles: readonly string[]
  /** Null: either, but not both in one text. */
  address: { de: GermanAddress | null; nl: DutchAddress | null }
  /** Numbers without a country's code are read as these countries write them. */
  countries: readonly CountryCode[]
  own: OwnContacts
  /** Registrable domains (klinkerlaut.example) that may be linked. Empty: links are not held against a list. */
  links: readonly string[]
  /** How numbers of customers, orders and contracts look: # is a digit, @ a letter, all else stands for itself. */
  numberPatterns: readonly string[]
  claims: readonly ClaimRule[]
  embargoes: readonly EmbargoRule[]
  disclosures: readonly DisclosureRule[]
  /** A text written by a bot has to say so. */
  botsSaySo: boolean
  others: readonly OtherBrand[]
  colleagues: readonly Colleague[]
}

/** What is ours and public: never a finding. */
export interface OwnContacts {
  /** Whole addresses, or "@klinkerlaut.example" for all of a domain. */
  mails: readonly string[]
  phones: readonly string[]
  ibans: readonly string[]
  /** "Turmstraße 5": street and number as they are written. */
  addresses: readonly string[]
}

/** Words that must not be said. `query` is in the listening language; no topics: always. */
export interface ClaimRule {
  id: string
  query: string
  topics: readonly string[]
  risk: Risk
}

/** What `query` (listening language) matches is not said before then. */
export interface EmbargoRule {
  id: string
  query: string
  until: Date
}

/** Where `when` (listening language) matches, one of `words` has to stand in the text. */
export interface DisclosureRule {
  id: string
  when: string
  words: readonly string[]
}

/** A brand of the same owner, whose texts must not be sent from this account. */
export interface OtherBrand {
  name: string
  handles: readonly string[]
  hashtags: readonly string[]
  signatures: readonly string[]
}

export interface Colleague {
  name: string
  mails: readonly string[]
  phones: readonly string[]
}

/** A brand of which nothing is known but its name. */
export function brandOf(name: string, details: Partial<Brand> = {}): Brand {
  return {
    name,
    handles: [],
    address: { de: null, nl: null },
    countries: ['DE', 'NL', 'GB', 'US'],
    own: { mails: [], phones: [], ibans: [], addresses: [] },
    links: [],
    numberPatterns: [],
    claims: [],
    embargoes: [],
    disclosures: [],
    botsSaySo: true,
    others: [],
    colleagues: [],
    ...details,
  }
}
