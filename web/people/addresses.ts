/** Words that addresses of people hold. Here and not beside their screens, because the first files load the routes. */

/** What the list of people shows. */
export const PEOPLE_VIEWS = ['authors', 'persons'] as const
/** Persons by why they are kept, and by what they said: a kind of statement and its state. */
export const PERSON_BASES = ['consent', 'contract', 'legitimate-interest', 'legal-obligation'] as const
export const PERSON_STATEMENTS = [
  'objects-contact',
  'objects-profiling',
  'given-contact',
  'given-linking',
  'given-profiling',
  'given-publication',
  'given-research',
  'withdrawn-contact',
  'withdrawn-linking',
  'withdrawn-profiling',
  'withdrawn-publication',
  'withdrawn-research',
] as const
/** What of a timeline is shown; as the contract names it (contract/listening-timelines.ts). */
export const TIMELINE_KINDS = ['posts', 'conversations', 'answers', 'identity', 'purchases'] as const

/** What a file that is taken in holds. */
export const IMPORTS_HOLD = ['contacts', 'purchases'] as const
export type ImportHolds = (typeof IMPORTS_HOLD)[number]
