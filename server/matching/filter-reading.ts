import type { Filter, QueryError } from './query.ts'

/** What stands behind a colon: a filter, or why it is none. */
export type FilterReading = { filter: Filter } | { error: QueryError }

/** Says what was expected and, where it can, what was meant. */
export type Refuse = (expected: string, meant?: string | null) => FilterReading
