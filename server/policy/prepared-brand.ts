import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { evaluate, type MatchablePost, parse, prepare, type Query, type QueryError } from '../matching/index.ts'
import type { Brand, ClaimRule, DisclosureRule, EmbargoRule, OwnContacts } from './brand.ts'
import type { Span } from './finding.ts'
import { mailKey, nameKey, numberKey } from './known.ts'
import type { Reading } from './reading.ts'

/** Queries of rules are read in the languages in which the house writes. */
const LANGUAGES = ['de', 'nl', 'en']
export const NUMBER_PATTERN_CHARACTERS_MAX = 40
export const RULES_MAX = 500

/** Where the rule's query matches, or null. */
type Matches = (reading: Reading) => readonly Span[] | null

/** A brand with its lists made ready for looking up and its queries parsed: made once for many drafts. */
export interface PreparedBrand {
  brand: Brand
  claims: readonly (ClaimRule & { matches: Matches })[]
  embargoes: readonly (EmbargoRule & { matches: Matches })[]
  disclosures: readonly (DisclosureRule & { matches: Matches })[]
  numberShapes: readonly string[]
  mails: ReadonlySet<string>
  phones: ReadonlySet<string>
  ibans: ReadonlySet<string>
  addresses: readonly string[]
  colleagueMails: ReadonlySet<string>
  colleaguePhones: ReadonlySet<string>
  /** Lower case, without www. */
  links: readonly string[]
}

/** A rule that cannot be used, and why: the rest of the brand's rules hold. */
export type RuleFault =
  | { rule: string; code: 'query'; errors: readonly QueryError[] }
  | { rule: string; code: 'number-pattern' | 'too-many-rules' }

export function prepareBrand(brand: Brand): { prepared: PreparedBrand; faults: readonly RuleFault[] } {
  const faults: RuleFault[] = []
  const withQueries = <Rule extends { id: string }>(rules: readonly Rule[], queryOf: (rule: Rule) => string) => {
    if (rules.length > RULES_MAX) faults.push({ rule: rules[RULES_MAX]?.id ?? '', code: 'too-many-rules' })
    return rules.slice(0, RULES_MAX).flatMap((rule) => {
      const result = parse(queryOf(rule), { languages: LANGUAGES })
      if (result.ok) return [{ ...rule, matches: matchesOf(result.query) }]
      faults.push({ rule: rule.id, code: 'query', errors: result.errors })
      return []
    })
  }
  const shapes = brand.numberPatterns.filter((pattern) => {
    const isUsable = pattern.length <= NUMBER_PATTERN_CHARACTERS_MAX && (pattern.match(/#/g)?.length ?? 0) >= 3
    if (!isUsable) faults.push({ rule: pattern, code: 'number-pattern' })
    return isUsable
  })
  return {
    prepared: {
      brand,
      claims: withQueries(brand.claims, (rule) => rule.query),
      embargoes: withQueries(brand.embargoes, (rule) => rule.query),
      disclosures: withQueries(brand.disclosures, (rule) => rule.when),
      numberShapes: shapes,
      ...ownContacts(brand.own, brand),
      colleagueMails: new Set(brand.colleagues.flatMap(({ mails }) => mails.map(mailKey))),
      colleaguePhones: new Set(brand.colleagues.flatMap(({ phones }) => phones.flatMap((phone) => e164(phone, brand)))),
      links: brand.links.map((link) =>
        link
          .toLowerCase()
          .replace(/^(?:https?:\/\/)?(?:www\.)?/, '')
          .replace(/[/?#].*$/, ''),
      ),
    },
    faults,
  }
}

const ownContacts = (own: OwnContacts, brand: Brand) => ({
  mails: new Set(own.mails.map(mailKey)),
  phones: new Set(own.phones.flatMap((phone) => e164(phone, brand))),
  ibans: new Set(own.ibans.map(numberKey)),
  addresses: own.addresses.map(nameKey),
})

const e164 = (written: string, { countries: [country] }: Brand): string[] => {
  const phone = parsePhoneNumberFromString(written, { ...(country && { defaultCountry: country }) })
  return phone ? [phone.number] : []
}

/** Title and text are one document for a query, and the text of each picture is another. */
function matchesOf(query: Query): Matches {
  return ({ draft, prose, language }) => {
    const title = prose.find((piece) => piece.part === 'title')?.text ?? null
    const documents = prose.filter((piece) => piece.part !== 'title')
    const found = documents.map((piece) => {
      const isText = piece.part === 'text'
      const post = postOf(isText ? title : null, piece.text, language, isText ? draft.links : [])
      const match = evaluate(query, prepare(post))
      return (
        match?.spans.map(
          ({ part, from, to }): Span =>
            part === 'title' ? { part, index: 0, from, to } : { part: piece.part, index: piece.index, from, to },
        ) ?? null
      )
    })
    const spans = found.filter((one) => one !== null)
    return spans.length > 0 ? spans.flat() : null
  }
}

/** A draft has no network, author or age yet: filters that ask for these do not hold. */
const postOf = (
  title: string | null,
  text: string,
  language: string | null,
  links: readonly string[],
): MatchablePost => ({
  title,
  text,
  language,
  network: '',
  scope: '',
  site: null,
  url: null,
  publishedAt: new Date(0),
  author: { handle: null, name: null, followers: null, networkId: '' },
  isReply: false,
  hasMedia: false,
  links,
  mentions: [],
  sourceName: null,
})
