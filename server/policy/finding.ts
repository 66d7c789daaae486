import { POLICY_CHECK_IDS, type POLICY_CHECKS, POLICY_RISKS, type PolicyCheck } from '../../contract/policy-words.ts'

export type CheckId = PolicyCheck
export type CodeOf<Check extends CheckId> = (typeof POLICY_CHECKS)[Check][number]
export const CHECK_IDS: readonly CheckId[] = POLICY_CHECK_IDS

export type Risk = (typeof POLICY_RISKS)[number]
export const riskAtLeast = (risk: Risk, least: Risk): boolean =>
  POLICY_RISKS.indexOf(risk) >= POLICY_RISKS.indexOf(least)

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
