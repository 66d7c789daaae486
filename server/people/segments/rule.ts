import { type RawBuilder, sql } from 'kysely'
import { SCORES } from '../../../contract/people-scores.ts'
import type { Condition, SegmentRule } from '../../../contract/people-segments.ts'

/** What a rule asks of a person: a row of person_summary. */
export interface SummaryFacts {
  profiled: boolean
  value: number | null
  influence: number | null
  advocate: number | null
  detractor: number | null
  spent: number
  orders: number
  contracts: number
  /** A whole number as text. */
  followers: string
  posts: number
  conversations: number
  known_since: Date
  last_post_at: Date | null
  last_contact_at: Date | null
  tags: string[]
  networks: string[]
  language: string | null
  consents: string[]
}

type MomentField = Extract<Condition, { days: number }>['field']
const MOMENT_COLUMNS = {
  knownSince: 'known_since',
  lastPost: 'last_post_at',
  lastContact: 'last_contact_at',
} as const satisfies Record<MomentField, keyof SummaryFacts>

const DAY_MS = 86_400_000
const daysAgo = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS)

/**
 * Whether a rule holds a person. The same is said to PostgreSQL by ruleCondition, a test compares the two. Who objected to
 * being profiled is held by none.
 */
export function holds(rule: SegmentRule, facts: SummaryFacts, now: Date): boolean {
  if (!facts.profiled) return false
  const meets = (condition: Condition) => meetsCondition(condition, facts, now)
  return rule.match === 'all' ? rule.conditions.every(meets) : rule.conditions.some(meets)
}

function meetsCondition(condition: Condition, facts: SummaryFacts, now: Date): boolean {
  if ('amount' in condition) {
    const known = facts[condition.field]
    if (known === null) return false
    return condition.is === 'atLeast' ? Number(known) >= condition.amount : Number(known) < condition.amount
  }
  if ('days' in condition) {
    const at = facts[MOMENT_COLUMNS[condition.field]]
    const within = at !== null && at >= daysAgo(now, condition.days)
    return within === (condition.is === 'within')
  }
  const known = condition.field === 'language' ? [facts.language ?? ''] : facts[condition.field]
  return condition.words.some((word) => known.includes(word)) === (condition.is === 'anyOf')
}

/** The same as a condition on `person_summary s`. Read row by row, narrow as they are: no index could serve every rule. */
export function ruleCondition(rule: SegmentRule, now: Date): RawBuilder<boolean> {
  const conditions = rule.conditions.map((condition) => sql`(${sqlOf(condition, now)})`)
  const joined = sql.join(conditions, rule.match === 'all' ? sql` and ` : sql` or `)
  return sql<boolean>`(s.profiled and (${joined}))`
}

function sqlOf(condition: Condition, now: Date): RawBuilder<unknown> {
  if ('amount' in condition) {
    const column = sql.ref(`s.${condition.field}`)
    // Scores are kept to a tenth as real, which is no exact tenth: the bound is read the same way.
    const bound = SCORES.some((score) => score === condition.field)
      ? sql`${condition.amount}::real`
      : sql`${condition.amount}::float8`
    return condition.is === 'atLeast'
      ? sql`coalesce(${column} >= ${bound}, false)`
      : sql`coalesce(${column} < ${bound}, false)`
  }
  if ('days' in condition) {
    const column = sql.ref(`s.${MOMENT_COLUMNS[condition.field]}`)
    const since = daysAgo(now, condition.days)
    return condition.is === 'within'
      ? sql`coalesce(${column} >= ${since}, false)`
      : sql`coalesce(${column} < ${since}, true)`
  }
  const meets =
    condition.field === 'language'
      ? sql`coalesce(s.language, '') = any(${condition.words}::text[])`
      : sql`${sql.ref(`s.${condition.field}`)} && ${condition.words}::text[]`
  return condition.is === 'anyOf' ? meets : sql`not (${meets})`
}
