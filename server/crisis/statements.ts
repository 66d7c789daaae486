import { sql } from 'kysely'
import type { LANGUAGES } from '../../contract/accounts-fields.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

const STATEMENTS_MAX = 200

type Language = (typeof LANGUAGES)[number]

/**
 * draft → waiting → approved, each of one version. Another word is another version and begins again: what was approved
 * in calm is what can be used in the storm.
 */
interface StatementInput {
  name: string
  topicId: string | null
  texts: Partial<Record<Language, string>>
}

interface StatementRow {
  statement_id: string
  version: number
  name: string
  topic_id: string | null
  topic_name: string | null
  texts: Partial<Record<Language, string>>
  state: 'draft' | 'waiting' | 'approved'
  written_by: string | null
  approved_by_name: string | null
  approved_at: Date | null
}

export async function listStatements(tx: WorkspaceTransaction) {
  const { rows } = await sql<StatementRow>`
    select s.*, t.name as topic_name, m.name as approved_by_name
    from holding_statement s left join topic t on t.workspace_id = s.workspace_id and t.topic_id = s.topic_id
      left join member m on m.workspace_id = s.workspace_id and m.member_id = s.approved_by
    where s.workspace_id = ${tx.workspaceId} and s.removed_at is null order by s.name limit ${STATEMENTS_MAX}`.execute(
    tx.sql,
  )
  return rows.map((row) => ({
    statementId: row.statement_id,
    version: row.version,
    name: row.name,
    topicId: row.topic_id,
    topicName: row.topic_name,
    texts: row.texts,
    state: row.state,
    writtenById: row.written_by,
    approvedByName: row.approved_by_name,
    approvedAt: row.approved_at,
  }))
}

const writerOf = ({ actor }: WorkspaceTransaction): string | null => (actor.kind === 'member' ? actor.id : null)

export async function createStatement(tx: WorkspaceTransaction, input: StatementInput): Promise<string> {
  if ((await listStatements(tx)).length >= STATEMENTS_MAX)
    throw new Invalid('too-many-statements', { statementsMax: STATEMENTS_MAX })
  await requireTopic(tx, input.topicId)
  requireWords(input.texts)
  const statementId = newId()
  await tx.sql
    .insertInto('holding_statement')
    .values({
      workspace_id: tx.workspaceId,
      statement_id: statementId,
      name: input.name,
      topic_id: input.topicId,
      texts: JSON.stringify(input.texts),
      written_by: writerOf(tx),
    })
    .execute()
  tx.record({ type: 'statement.created', subjects: { statementId } })
  return statementId
}

export async function changeStatement(
  tx: WorkspaceTransaction,
  { statementId, version, name, topicId, texts }: StatementInput & { statementId: string; version: number },
): Promise<number> {
  const row = await lockStatement(tx, statementId)
  if (row.version !== version) throw new Conflict('statement-changed', { version: row.version })
  await requireTopic(tx, topicId)
  requireWords(texts)
  const isOtherText = !sameTexts(row.texts as StatementInput['texts'], texts)
  await set(tx, statementId, {
    version: version + 1,
    name,
    topic_id: topicId,
    ...(isOtherText
      ? {
          texts: JSON.stringify(texts),
          state: 'draft',
          written_by: writerOf(tx),
          approved_by: null,
          approved_at: null,
        }
      : {}),
  })
  tx.record({ type: 'statement.changed', subjects: { statementId }, codes: { otherText: isOtherText } })
  return version + 1
}

function requireWords(texts: StatementInput['texts']): void {
  if (Object.keys(texts).length === 0) throw new Invalid('statement-empty')
}

const sameTexts = (one: StatementInput['texts'], other: StatementInput['texts']): boolean =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].every(
    (language) => one[language as Language] === other[language as Language],
  )

export async function submitStatement(tx: WorkspaceTransaction, statementId: string): Promise<void> {
  const row = await lockStatement(tx, statementId)
  if (row.state !== 'draft') return
  await set(tx, statementId, { state: 'waiting' })
  tx.record({ type: 'statement.submitted', subjects: { statementId } })
}

/** Exactly the version that was read, by a second person: whoever wrote the words cannot. */
export async function approveStatement(
  tx: WorkspaceTransaction,
  { statementId, version }: { statementId: string; version: number },
  now: Date,
): Promise<void> {
  const approver = writerOf(tx)
  if (!approver) throw new Forbidden('people-only')
  const row = await lockStatement(tx, statementId)
  if (row.version !== version) throw new Conflict('statement-changed', { version: row.version })
  if (row.state === 'approved') return
  if (row.written_by === approver) throw new Forbidden('own-statement')
  await set(tx, statementId, { state: 'approved', approved_by: approver, approved_at: now })
  tx.record({ type: 'statement.approved', subjects: { statementId } })
}

export async function removeStatement(tx: WorkspaceTransaction, statementId: string, now: Date): Promise<void> {
  await lockStatement(tx, statementId)
  await set(tx, statementId, { removed_at: now })
  tx.record({ type: 'statement.removed', subjects: { statementId } })
}

async function requireTopic(tx: WorkspaceTransaction, topicId: string | null): Promise<void> {
  if (topicId === null) return
  const row = await tx.sql
    .selectFrom('topic')
    .select('topic_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound('topic-unknown')
}

async function lockStatement(tx: WorkspaceTransaction, statementId: string) {
  const row = await tx.sql
    .selectFrom('holding_statement')
    .select(['version', 'texts', 'state', 'written_by'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('statement_id', '=', statementId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('statement-unknown')
  return row
}

const set = (
  tx: WorkspaceTransaction,
  statementId: string,
  values: Partial<{
    version: number
    name: string
    topic_id: string | null
    texts: string
    state: 'draft' | 'waiting' | 'approved'
    written_by: string | null
    approved_by: string | null
    approved_at: Date | null
    removed_at: Date
  }>,
) =>
  tx.sql
    .updateTable('holding_statement')
    .set(values)
    .where('workspace_id', '=', tx.workspaceId)
    .where('statement_id', '=', statementId)
    .execute()
