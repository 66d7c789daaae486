/**
 * Every check with the codes of what it finds: server/policy looks for them, and a screen has a sentence for each `check.code`
 * in every language. Findings that are equally hard are told in this order.
 */
export const POLICY_CHECKS = {
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
export type PolicyCheck = keyof typeof POLICY_CHECKS
export const POLICY_CHECK_IDS = Object.keys(POLICY_CHECKS) as [PolicyCheck, ...PolicyCheck[]]

/** From nothing to the hardest: what a finding of a check does. `inform` shows it and lets the text go. */
export const POLICY_ACTIONS = ['off', 'inform', 'confirm', 'four-eyes', 'refuse'] as const
export const POLICY_RISKS = ['low', 'medium', 'high'] as const
/** From none to the hardest. */
export const POLICY_VERDICTS = ['send', 'confirm', 'four-eyes', 'refuse'] as const
export const POLICY_PRESETS = ['small-team', 'care-desk'] as const
