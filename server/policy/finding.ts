/** Every check with the codes of what it finds. A screen has a sentence for each `check.code`, in every language. */
export const CHECKS = {
  'mail-address': ['of-customer', 'of-colleague', 'private', 'other'],
  'phone-number': ['of-customer', 'of-colleague', 'other', 'unlisted'],
  iban: ['iban'],
  'card-number': ['card-number'],
  'customer-number': ['of-customer', 'pattern', 'named', 'case'],
  'postal-address': ['address', 'street'],
  'birth-date': ['birth-date'],
  'number-plate': ['number-plate'],
  'customer-name': ['not-public'],
  'asks-personal': ['asks-personal'],
  colleague: ['full-name'],
  'inside-talk': ['confided', 'private-contact', 'own-affairs'],
  claim: ['claim'],
  disclosure: ['missing', 'late', 'cue', 'rule', 'bot'],
  language: ['other-language'],
  guarantee: ['guarantee'],
  deadline: ['deadline'],
  refund: ['refund'],
  price: ['price'],
  link: ['unlisted', 'shortener', 'look-alike', 'hidden-host', 'address-number', 'odd-letters'],
  'form-of-address': ['mixed', 'against'],
  promotion: ['promotion', 'to-complaint'],
  'other-brand': ['signature', 'handle', 'hashtag', 'name'],
  recipient: ['other-handle', 'other-name'],
  insult: ['insult'],
  shouting: ['capitals', 'marks'],
  dismissive: ['dismissive'],
  placeholder: ['braces', 'brackets', 'blank', 'word', 'empty-value'],
  embargo: ['embargo'],
  freeze: ['post', 'prepared', 'reply'],
  author: ['untrained', 'may-not-speak'],
  unread: ['too-long', 'too-many'],
} as const

export type CheckId = keyof typeof CHECKS
export type CodeOf<Check extends CheckId> = (typeof CHECKS)[Check][number]
export const CHECK_IDS = Object.keys(CHECKS) as CheckId[]

export const RISKS = ['low', 'medium', 'high'] as const
export type Risk = (typeof RISKS)[number]
export const riskAtLeast = (risk: Risk, least: Risk): boolean => RISKS.indexOf(risk) >= RISKS.indexOf(least)

/** What to do instead, as a code with the finding's values. */
export const INSTEADS = [
  'move-to-private',
  'ask-in-private',
  'leave-out',
  'use-public-name',
  'use-given-name',
  'use-team-contact',
  'put-on-list',
  'say-otherwise',
  'mark-at-start',
  'say-that-a-bot-writes',
  'add-words',
  'write-in-language',
  'name-conditions',
  'say-what-is-known',
  'link-directly',
  'check-link',
  'keep-one-form',
  'use-form',
  'answer-first',
  'use-other-account',
  'check-recipient',
  'stay-calm',
  'offer-help',
  'fill-in',
  'wait',
  'ask-crisis-lead',
  'finish-training',
  'hand-over',
  'shorten',
] as const
export type Instead = (typeof INSTEADS)[number]

export const PARTS = ['title', 'text', 'alternative', 'link'] as const
export type Part = (typeof PARTS)[number]

/** A piece of the draft, in UTF-16 offsets of its part; `index` counts links and texts of pictures. */
export interface Span {
  part: Part
  index: number
  from: number
  to: number
}

export const overlap = (one: Span, other: Span): boolean =>
  one.part === other.part && one.index === other.index && one.from < other.to && other.from < one.to

/**
 * What a check found. Values never repeat what was found of a person: spans show it, so that a finding can be kept longer
 * than the text.
 */
export interface Finding<Check extends CheckId = CheckId> {
  check: Check
  code: CodeOf<Check>
  risk: Risk
  values: Readonly<Record<string, string | number>>
  spans: readonly Span[]
  instead: Instead
}

type FindingDetails = Partial<Pick<Finding, 'values' | 'spans'>>

export function finding<Check extends CheckId>(
  check: Check,
  code: CodeOf<Check>,
  risk: Risk,
  instead: Instead,
  { values = {}, spans = [] }: FindingDetails = {},
): Finding {
  return { check, code, risk, values, spans, instead } as Finding
}
