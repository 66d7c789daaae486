/** What somebody can agree to, and what they can object to; told to everyone who asks about a person. */
export const CONSENT_PURPOSES = ['linking', 'contact', 'profiling', 'publication', 'research'] as const
export const CONSENT_STATES = ['given', 'withdrawn', 'refused'] as const
export const OBJECTION_KINDS = ['contact', 'profiling'] as const
/** Why somebody is kept as a person. */
export const PERSON_PURPOSES = ['care', 'contract', 'research', 'programme'] as const
export const STATEMENT_CHANNELS = ['portal', 'network', 'mail', 'phone', 'letter', 'in-person'] as const

export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]
export type ObjectionKind = (typeof OBJECTION_KINDS)[number]
export type PersonPurpose = (typeof PERSON_PURPOSES)[number]
export type StatementChannel = (typeof STATEMENT_CHANNELS)[number]
