/** What each check may find. server/policy looks for it; every `check.code` has a sentence in every language. */
export const POLICY_CHECKS = {
  iban: ['iban'],
  'card-number': ['card-number'],
  'mail-address': ['of-customer', 'of-colleague', 'private', 'other'],
  'phone-number': ['of-customer', 'of-colleague', 'other', 'unlisted'],
  'customer-number': ['of-customer', 'pattern', 'named', 'case'],
  'postal-address': ['address', 'street'],
  'birth-date': ['birth-date'],
  'number-plate': ['number-plate'],
  'customer-name': ['not-public'],
  recipient: ['other-handle', 'other-name'],
  'asks-personal': ['asks-personal'],
  colleague: ['full-name'],
  'inside-talk': ['confided', 'private-contact', 'own-affairs'],
  claim: ['claim'],
  disclosure: ['missing', 'late', 'cue', 'rule', 'bot'],
  guarantee: ['guarantee'],
  deadline: ['deadline'],
  refund: ['refund'],
  price: ['price'],
  link: ['unlisted', 'shortener', 'look-alike', 'hidden-host', 'address-number', 'odd-letters'],
  'other-brand': ['signature', 'handle', 'hashtag', 'name'],
  language: ['other-language'],
  'form-of-address': ['mixed', 'against'],
  promotion: ['promotion', 'to-complaint'],
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

export const POLICY_ACTIONS = ['off', 'inform', 'confirm', 'four-eyes', 'refuse'] as const
export const POLICY_RISKS = ['low', 'medium', 'high'] as const
export const POLICY_VERDICTS = ['send', 'confirm', 'four-eyes', 'refuse'] as const
export const POLICY_PRESETS = ['small-team', 'care-desk'] as const
