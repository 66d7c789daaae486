import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { withEverythingOpen } from '../../platform/everything-open.ts'
import type { FourEyesRule } from '../../publishing/index.ts'
import { openRules, type Rule, rulesFor } from '../../routing/index.ts'
import { openCalendars } from '../clocks/promises.ts'
import { gatherPosts } from './posts.ts'
import { currentRules } from './versions.ts'

/** Of one conversation, the newest: what the customer said before is answered long since. */
const POSTS_MAX = 50

/**
 * The rule by which a second person has to look at what is said in one of these conversations; null: none. A rule asks for it
 * once it has acted there, and as long as it stands: in the rules that hold now it is on, still asks for it, and still holds
 * for something that the customer says there. So a demand is lifted with its rule, by an edit of the customer or a better
 * label, and never by looking away: what only other colleagues may read counts too.
 */
export async function fourEyesRule(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
  now: Date,
): Promise<FourEyesRule | null> {
  const marked = await markedAmong(tx, conversationIds)
  if (marked.length === 0) return null
  return withEverythingOpen(tx, async (whole) => {
    const asking = await rulesThatAsked(whole, marked)
    if (asking.size === 0) return null
    const { rules } = await currentRules(whole)
    const standing = rules.filter((rule) => rule.on && asksForIt(rule) && asking.has(rule.ruleId))
    const holding = await firstHolding(whole, standing, asking, now)
    return holding && { ruleId: holding.ruleId, name: holding.name }
  })
}

const asksForIt = ({ actions }: Rule): boolean => actions.some((action) => action.do === 'four-eyes')

/** In which some rule asked; of those alone that whoever asks may read. */
async function markedAmong(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select conversation_id as id from conversation where workspace_id = ${tx.workspaceId}
      and conversation_id = any(${[...conversationIds]}::uuid[]) and four_eyes_rule_id is not null`.execute(tx.sql)
  return rows.map(({ id }) => id)
}

/** Rules with the conversations in which they asked. Served by rule_run's key. */
async function rulesThatAsked(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ rule_id: string; conversation_id: string }>`
    select distinct rule_id, conversation_id from rule_run where workspace_id = ${tx.workspaceId}
      and conversation_id = any(${[...conversationIds]}::uuid[]) and did @> '[{"do": "four-eyes"}]'`.execute(tx.sql)
  return new Map(
    [...Map.groupBy(rows, (row) => row.rule_id)].map(([ruleId, some]) => [
      ruleId,
      some.map((row) => row.conversation_id),
    ]),
  )
}

async function firstHolding(
  tx: WorkspaceTransaction,
  rules: readonly Rule[],
  asking: ReadonlyMap<string, readonly string[]>,
  now: Date,
): Promise<Rule | null> {
  for (const rule of rules) {
    const book = openRules([{ ...rule, stops: false }])
    // A rule that cannot be read any more lifts nothing.
    if ('problems' in book) return rule
    const calendars = book.about.has('time') ? await openCalendars(tx) : new Map()
    const said = await saidIn(tx, asking.get(rule.ruleId) ?? [])
    const posts = [...(await gatherPosts(tx, said, { book, calendars, now })).values()]
    if (rulesFor(book, { kind: 'opened', posts }).length > 0) return rule
  }
  return null
}

/** Served by conversation_post's key. */
async function saidIn(tx: WorkspaceTransaction, conversationIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select p.post_id from unnest(${[...conversationIds]}::uuid[]) as g(id) cross join lateral (
      select post_id from conversation_post where workspace_id = ${tx.workspaceId} and conversation_id = g.id
        and direction = 'in' and not deleted
      order by published_at desc, post_id desc limit ${POSTS_MAX}) p`.execute(tx.sql)
  return rows.map((row) => row.post_id)
}
