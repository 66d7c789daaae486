import type { PolicyCheck } from '../../../contract/policy-words.ts'

/** As they are shown together. */
export const CHECK_GROUPS: { group: string; checks: PolicyCheck[] }[] = [
  {
    group: 'personal',
    checks: [
      'iban',
      'card-number',
      'mail-address',
      'phone-number',
      'customer-number',
      'postal-address',
      'birth-date',
      'number-plate',
      'customer-name',
      'asks-personal',
    ],
  },
  { group: 'promises', checks: ['guarantee', 'deadline', 'refund', 'price', 'claim', 'disclosure'] },
  { group: 'place', checks: ['other-brand', 'recipient', 'link', 'language', 'placeholder'] },
  {
    group: 'tone',
    checks: ['form-of-address', 'promotion', 'insult', 'shouting', 'dismissive', 'colleague', 'inside-talk'],
  },
  // A crisis holds back in the outbox, and training lets the right to speak sleep: neither is switched here.
  { group: 'facts', checks: ['embargo', 'unread'] },
]

/** Those that people set; the others do nothing wherever they are set. */
export const SWITCHED_CHECKS: readonly PolicyCheck[] = CHECK_GROUPS.flatMap(({ checks }) => checks)
