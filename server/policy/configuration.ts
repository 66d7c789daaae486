import { POLICY_ACTIONS, POLICY_RISKS, type POLICY_VERDICTS } from '../../contract/policy-words.ts'
import { DRAFT_KINDS, type DraftKind } from './draft.ts'
import { CHECK_IDS, type CheckId, type Risk } from './finding.ts'
import { type Measurement, mayRefuse } from './measurement.ts'

export type Action = (typeof POLICY_ACTIONS)[number]
export type Verdict = (typeof POLICY_VERDICTS)[number]

export interface CheckRule {
  action: Action
  /** Findings of less risk only inform. */
  from: Risk
  /** Drafts of other kinds are not checked. */
  kinds: readonly DraftKind[]
}

export interface Thresholds {
  languageLettersMin: number
}

/** Words that are no finding of one check: a hotline's number, a product in capitals. Compared without capitals and accents. */
export interface Exception {
  check: CheckId
  words: string
}

export interface PolicyConfiguration {
  version: string
  checks: Readonly<Record<CheckId, CheckRule>>
  /** Whatever is found: what these kinds, or all drafts of bots, need at least. */
  always: Readonly<Partial<Record<DraftKind | 'bot', Verdict>>>
  thresholds: Thresholds
  exceptions: readonly Exception[]
  /** What the workspace measured on its own past answers, by check: it counts like ours (measurement.ts). */
  measured: Readonly<Partial<Record<CheckId, Measurement>>>
}

export const EXCEPTIONS_MAX = 1_000
const ALL: readonly DraftKind[] = DRAFT_KINDS
const PUBLIC: readonly DraftKind[] = ['reply', 'post']

const rule = (action: Action, from: Risk = 'low', kinds: readonly DraftKind[] = ALL): CheckRule => ({
  action,
  from,
  kinds,
})

/** No four eyes and no training: one look more where it matters, and a stop only where it is certain. */
const SMALL_TEAM: Readonly<Record<CheckId, CheckRule>> = {
  iban: rule('refuse', 'low', PUBLIC),
  'card-number': rule('refuse'),
  'mail-address': rule('confirm', 'medium'),
  'phone-number': rule('confirm', 'medium'),
  'customer-number': rule('confirm', 'medium', PUBLIC),
  'postal-address': rule('confirm', 'medium', PUBLIC),
  'birth-date': rule('confirm', 'low', PUBLIC),
  'number-plate': rule('off', 'low', PUBLIC),
  'customer-name': rule('confirm', 'low', PUBLIC),
  'asks-personal': rule('inform', 'low', PUBLIC),
  colleague: rule('inform', 'low', PUBLIC),
  'inside-talk': rule('inform'),
  claim: rule('confirm'),
  disclosure: rule('confirm', 'medium'),
  language: rule('confirm'),
  guarantee: rule('inform'),
  deadline: rule('off'),
  refund: rule('inform'),
  price: rule('off'),
  link: rule('confirm', 'medium'),
  'form-of-address': rule('inform'),
  promotion: rule('inform', 'low', ['reply']),
  'other-brand': rule('confirm', 'medium'),
  recipient: rule('confirm', 'medium'),
  insult: rule('confirm'),
  shouting: rule('inform'),
  dismissive: rule('inform'),
  placeholder: rule('refuse', 'high'),
  embargo: rule('refuse'),
  freeze: rule('refuse', 'high'),
  author: rule('refuse', 'high'),
  unread: rule('confirm'),
}

/** Many people speak, some are new: the same stops, more second looks, training counts. */
const CARE_DESK: Readonly<Record<CheckId, CheckRule>> = {
  ...SMALL_TEAM,
  'mail-address': rule('four-eyes', 'high'),
  'phone-number': rule('four-eyes', 'high'),
  'customer-number': rule('four-eyes', 'high', PUBLIC),
  'number-plate': rule('inform', 'low', PUBLIC),
  'asks-personal': rule('confirm', 'low', PUBLIC),
  colleague: rule('confirm', 'low', PUBLIC),
  'inside-talk': rule('confirm', 'medium'),
  claim: rule('four-eyes', 'medium'),
  guarantee: rule('confirm'),
  deadline: rule('inform'),
  refund: rule('four-eyes', 'medium', PUBLIC),
  price: rule('inform', 'low', PUBLIC),
  link: rule('four-eyes', 'medium'),
  'form-of-address': rule('confirm', 'medium'),
  promotion: rule('confirm', 'medium', ['reply']),
  'other-brand': rule('four-eyes', 'medium'),
  insult: rule('four-eyes'),
  dismissive: rule('confirm'),
  author: rule('refuse'),
}

const base = { thresholds: { languageLettersMin: 30 }, exceptions: [], measured: {} }

export const smallTeam = (version: string): PolicyConfiguration => ({
  ...base,
  version,
  checks: SMALL_TEAM,
  always: {},
})

export const careDesk = (version: string): PolicyConfiguration => ({
  ...base,
  version,
  checks: CARE_DESK,
  always: { post: 'four-eyes', bot: 'confirm' },
})

export type ConfigurationFault =
  | { code: 'may-not-refuse'; check: CheckId }
  | { code: 'unknown-check'; check: string }
  | { code: 'bad-rule'; check: CheckId }
  | { code: 'too-many-exceptions'; max: number }

/** What speaks against using it. A check may refuse only where its false alarms are measured and rare. */
export function faultsOf({ checks, exceptions, measured }: PolicyConfiguration): ConfigurationFault[] {
  const unknown = Object.keys(checks).filter((check) => !CHECK_IDS.includes(check as CheckId))
  return [
    ...unknown.map((check) => ({ code: 'unknown-check' as const, check })),
    ...CHECK_IDS.flatMap((check): ConfigurationFault[] => {
      const { action, from } = checks[check] ?? {}
      if (!POLICY_ACTIONS.includes(action as Action) || !POLICY_RISKS.includes(from as Risk))
        return [{ code: 'bad-rule', check }]
      return action === 'refuse' && !mayRefuse(check, from as Risk, measured[check])
        ? [{ code: 'may-not-refuse', check }]
        : []
    }),
    ...(exceptions.length > EXCEPTIONS_MAX ? [{ code: 'too-many-exceptions' as const, max: EXCEPTIONS_MAX }] : []),
  ]
}
