import { sql } from 'kysely'
import type { RuleRun } from '../../../contract/inbox-routing.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Hit } from '../../routing/index.ts'
import type { Deed } from './deeds.ts'

const RUNS_OF_CONVERSATION_MAX = 100
const RUNS_OF_RULE_MAX = 50
const SNIPPET_CHARACTERS = 160

/** What one rule did on one conversation, because of one event. */
export interface Run {
  conversationId: string
  position: string
  version: number
  hit: Hit
  did: Deed[]
}

/** The trail says that a rule acted; the run says what and why. */
export async function writeRuns(tx: WorkspaceTransaction, runs: Run[], now: Date): Promise<void> {
  if (runs.length === 0) return
  const rows = runs.map(({ conversationId, position, version, hit: { rule, ordinal, postId, held }, did }) => ({
    conversation_id: conversationId,
    position,
    rule_id: rule.ruleId,
    ordinal,
    version,
    post_id: postId,
    name: rule.name,
    because: held.map((place) => rule.conditions[place]),
    did,
  }))
  await sql`
    insert into rule_run (workspace_id, conversation_id, position, rule_id, ordinal, version, at, post_id, name, because, did)
    select ${tx.workspaceId}, g.conversation_id, g.position, g.rule_id, g.ordinal, g.version, ${now}, g.post_id, g.name,
      g.because, g.did
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(conversation_id uuid, position bigint, rule_id uuid,
      ordinal int, version int, post_id uuid, name text, because jsonb, did jsonb)`.execute(tx.sql)
}

interface Row {
  conversation_id: string
  at: Date
  position: string
  rule_id: string
  ordinal: number
  version: number
  name: string
  post_id: string
  because: unknown
  did: unknown
}

/** What a condition about the person held for says what is known of them, to whoever may not read that. */
const OF_PERSON: readonly RuleRun['because'][number]['about'][] = ['person', 'segment', 'score']

const present = (row: Row, mayReadPeople: boolean): RuleRun => {
  const because = row.because as RuleRun['because']
  const told = mayReadPeople ? because : because.filter(({ about }) => !OF_PERSON.includes(about))
  return { ...factsOf(row), because: told, becauseOfPerson: told.length < because.length }
}

const factsOf = (row: Row) => ({
  at: row.at,
  position: row.position,
  ruleId: row.rule_id,
  ordinal: row.ordinal,
  version: row.version,
  name: row.name,
  postId: row.post_id,
  did: row.did as RuleRun['did'],
})

/** Served by the primary key. */
export async function runsOfConversation(
  tx: WorkspaceTransaction,
  conversationId: string,
  mayReadPeople: boolean,
): Promise<RuleRun[]> {
  const { rows } = await sql<Row>`
    select r.* from rule_run r
      join conversation c on c.workspace_id = r.workspace_id and c.conversation_id = r.conversation_id
    where r.workspace_id = ${tx.workspaceId} and r.conversation_id = ${conversationId}
    order by r.position desc, r.ordinal limit ${RUNS_OF_CONVERSATION_MAX}`.execute(tx.sql)
  return rows.map((row) => present(row, mayReadPeople))
}

/** The conversation is read too, so that what is closed to whoever asks is not told. Served by rule_run_rule. */
export async function runsOfRule(tx: WorkspaceTransaction, ruleId: string, mayReadPeople: boolean) {
  const { rows } = await sql<Row & { snippet: string }>`
    select r.*, left(coalesce(p.text, ''), ${SNIPPET_CHARACTERS}) as snippet from rule_run r
      join conversation c on c.workspace_id = r.workspace_id and c.conversation_id = r.conversation_id
      left join post p on p.workspace_id = r.workspace_id and p.post_id = r.post_id
    where r.workspace_id = ${tx.workspaceId} and r.rule_id = ${ruleId}
    order by r.at desc limit ${RUNS_OF_RULE_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    ...present(row, mayReadPeople),
    conversationId: row.conversation_id,
    snippet: row.snippet,
  }))
}
