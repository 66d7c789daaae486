import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AMOUNT_FIELDS, MOMENT_FIELDS, type SegmentRule, WORDS_FIELDS } from '../../../contract/people-segments.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/database.ts'
import { countRules } from './counting.ts'
import { holds, ruleCondition, type SummaryFacts } from './rule.ts'

const NOW = new Date('2026-11-20T12:00:00Z')
const DAY_MS = 86_400_000
const WORDS = ['VIP', 'pond', 'de', 'nl', 'contact', 'it’s "odd", {really}']

let test: TestDatabase
const workspaceId = newId()
const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
  test.database.inWorkspace(workspaceId, { kind: 'system', id: null }, work)

const moment = fc.nat(1000).map((days) => new Date(NOW.getTime() - days * DAY_MS))
const words = fc.uniqueArray(fc.constantFrom(...WORDS), { maxLength: 3 })
const points = fc.option(fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10))
const count = fc.nat(20)
const facts: fc.Arbitrary<SummaryFacts> = fc.record({
  profiled: fc.constantFrom(true, true, true, false),
  value: points,
  influence: points,
  advocate: points,
  detractor: points,
  spent: fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
  orders: count,
  contracts: count,
  followers: fc.nat(1_000_000).map(String),
  posts: count,
  conversations: count,
  known_since: moment,
  last_post_at: fc.option(moment),
  last_contact_at: fc.option(moment),
  tags: words,
  networks: words,
  language: fc.option(fc.constantFrom(...WORDS)),
  consents: words,
})
const condition = fc.oneof(
  fc.record({
    field: fc.constantFrom(...AMOUNT_FIELDS),
    is: fc.constantFrom('atLeast' as const, 'below' as const),
    amount: fc.oneof(
      fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
      fc.nat(1_000_000),
    ),
  }),
  fc.record({
    field: fc.constantFrom(...MOMENT_FIELDS),
    is: fc.constantFrom('within' as const, 'notWithin' as const),
    days: fc.integer({ min: 1, max: 1000 }),
  }),
  fc.record({
    field: fc.constantFrom(...WORDS_FIELDS),
    is: fc.constantFrom('anyOf' as const, 'noneOf' as const),
    words: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
  }),
)
const rule: fc.Arbitrary<SegmentRule> = fc.record({
  match: fc.constantFrom('all' as const, 'any' as const),
  conditions: fc.array(condition, { minLength: 1, maxLength: 4 }),
})

beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

const people = async (all: SummaryFacts[]): Promise<string[]> => {
  const ids = all.map(() => newId())
  await inWorkspace(async (tx) => {
    for (const [at, one] of all.entries()) {
      await sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
        values (${workspaceId}, ${ids[at]}, ${ids[at]}, 'x', 'x', 'agent', 'system')`.execute(tx.sql)
      await tx.sql
        .insertInto('person_summary')
        .values({ workspace_id: workspaceId, person_id: ids[at] ?? '', made_at: NOW, scored_by: 0, ...one })
        .execute()
    }
  })
  return ids
}

describe('a rule', () => {
  it('holds the same persons in memory and in the database, and counts them', async () => {
    const all = fc.sample(facts, 120)
    const ids = await people(all)
    const rules = fc.sample(rule, 200)
    await inWorkspace(async (tx) => {
      const { counts } = await countRules(tx, rules.slice(0, 50), NOW)
      for (const [index, each] of rules.entries()) {
        const { rows } = await sql<{ person_id: string }>`select person_id from person_summary s
          where s.workspace_id = ${workspaceId} and ${ruleCondition(each, NOW)}`.execute(tx.sql)
        const held = ids.filter((_, at) => holds(each, all[at] as SummaryFacts, NOW))
        expect(rows.map((row) => row.person_id).sort(), JSON.stringify(each)).toEqual(held.sort())
        if (index < 50) expect(counts[index]).toEqual({ persons: held.length, estimated: false })
      }
    })
  })
})
