import type { Condition } from '../../../contract/people-segments.ts'

export type { Condition, SegmentRule } from '../../../contract/people-segments.ts'

type Field = Condition['field']
type Kind = 'amount' | 'moment' | 'words'

/** What can be asked of a person, in the order of the menu; a type keeps the list whole. */
const KINDS: Record<Field, Kind> = {
  tags: 'words',
  networks: 'words',
  language: 'words',
  lastContact: 'moment',
  lastPost: 'moment',
  knownSince: 'moment',
  value: 'amount',
  influence: 'amount',
  advocate: 'amount',
  detractor: 'amount',
  spent: 'amount',
  orders: 'amount',
  contracts: 'amount',
  followers: 'amount',
  posts: 'amount',
  conversations: 'amount',
  consents: 'words',
}
export const FIELDS = Object.keys(KINDS) as Field[]
export const kindOf = (field: Field): Kind => KINDS[field]

export const firstCondition = (): Condition => conditionOf('tags')

/** A field with what is asked of it first. */
export function conditionOf(field: Field): Condition {
  const kind = kindOf(field)
  if (kind === 'amount') return { field, is: 'atLeast', amount: 1 } as Condition
  if (kind === 'moment') return { field, is: 'within', days: 90 } as Condition
  return { field, is: 'anyOf', words: [] } as Condition
}

export const isComplete = (condition: Condition): boolean =>
  'words' in condition ? condition.words.length > 0 : 'days' in condition ? condition.days >= 1 : condition.amount >= 0
