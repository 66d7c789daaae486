import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { againAfterDeadlock } from '../../platform/deadlock.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { mayProfileAuthors } from '../consent/index.ts'
import { undoOperation } from '../graph/index.ts'
import { identitiesChanged } from './due.ts'
import type { HeldBack, ShownReason } from './evidence.ts'
import { join } from './joining.ts'
import { readPolicy } from './policy.ts'
import { forgetAnswer, rememberAnswer, type SuggestionState } from './rows.ts'

/** Whoever says "later" means another day. */
const PUT_OFF_MS = 7 * 24 * 3_600_000

interface Row {
  suggestion_id: string
  author_id: string
  other_author_id: string
  state: SuggestionState
  reasons: ShownReason[]
  probability: number
  operation_id: string | null
  held_back: HeldBack[]
  decided_by_kind: string | null
  put_off_until: Date | null
}

/** They are one: joined in the ledger, with the reasons that were shown. */
export async function confirm(tx: WorkspaceTransaction, suggestionId: string, now: Date): Promise<string> {
  const row = await holdOpen(tx, suggestionId)
  const operationId = await join(tx, joinedOf(row), 'agent-confirmed', now)
  await decide(tx, row, 'confirmed', now, operationId)
  await rememberAnswer(tx, suggestionId, true, now)
  tx.record({ type: 'suggestion.confirmed', subjects: subjectsOf(row, operationId) })
  return operationId
}

/** By the policy, without being asked; the model learns nothing from it. Nothing happens when somebody was faster, or the policy has changed since. */
async function joinByPolicy(tx: WorkspaceTransaction, suggestionId: string, now: Date): Promise<boolean> {
  if ((await readPolicy(tx)).mode !== 'automatic') return false
  const row = await hold(tx, suggestionId)
  if (row?.state !== 'open' || row.held_back.length > 0) return false
  // They may have objected since they were found.
  const authorIds = [row.author_id, row.other_author_id]
  if ((await mayProfileAuthors(tx, authorIds)).size < authorIds.length) return false
  const operationId = await join(tx, joinedOf(row), 'suggested', now)
  await decide(tx, row, 'confirmed', now, operationId)
  tx.record({
    type: 'suggestion.confirmed',
    subjects: subjectsOf(row, operationId),
    codes: { automatic: true },
  })
  return true
}

/** Each in a transaction of its own: what cannot be joined any more holds up nothing else. */
export async function joinOne(
  { database, clock, log }: Services,
  workspaceId: string,
  suggestionId: string,
): Promise<void> {
  const join = () => database.inWorkspace(workspaceId, SYSTEM, (tx) => joinByPolicy(tx, suggestionId, clock.now()))
  await againAfterDeadlock(join).catch((error: unknown) =>
    log.warn({ err: error, workspaceId, suggestionId }, 'a suggestion could not be joined by the policy'),
  )
}

/** They are two. It is remembered, and speaks against them should they be found alike again. */
export async function refuse(tx: WorkspaceTransaction, suggestionId: string, now: Date): Promise<void> {
  const row = await holdOpen(tx, suggestionId)
  await decide(tx, row, 'refused', now, null)
  await rememberAnswer(tx, suggestionId, false, now)
  // Whoever fits one of them as well may be left alone with it now.
  await identitiesChanged(tx, [row.author_id, row.other_author_id])
  tx.record({ type: 'suggestion.refused', subjects: subjectsOf(row, null) })
}

/** Nothing is said; it comes again another day. */
export async function putOff(tx: WorkspaceTransaction, suggestionId: string, now: Date): Promise<Date> {
  const row = await holdOpen(tx, suggestionId)
  const until = new Date(now.getTime() + PUT_OFF_MS)
  await sql`update suggestion set put_off_until = ${until}
    where workspace_id = ${tx.workspaceId} and suggestion_id = ${row.suggestion_id}`.execute(tx.sql)
  tx.record({ type: 'suggestion.put-off', subjects: subjectsOf(row, null) })
  return until
}

/**
 * Takes the last answer back: what was joined is apart again exactly as before, what was refused or put off is open, and the
 * model has never heard of it.
 */
export async function takeBack(tx: WorkspaceTransaction, suggestionId: string, now: Date): Promise<void> {
  const row = await hold(tx, suggestionId)
  if (!row) throw new NotFound('suggestion-unknown')
  const isAnswered = row.state === 'confirmed' || row.state === 'refused' || row.put_off_until !== null
  if (!isAnswered) throw new Conflict('suggestion-not-answered')
  if (row.state === 'confirmed' && row.operation_id) await undoUnlessUndone(tx, row.operation_id, now)
  // What was joined once would perhaps be joined by the policy again at once: from now on it is for a person to say.
  await sql`
    update suggestion set state = 'open', put_off_until = null, decided_at = null, decided_by_kind = null, decided_by = null,
      operation_id = null, held_back = case when state = 'confirmed' then array_append(held_back, 'taken-back') else held_back end
    where workspace_id = ${tx.workspaceId} and suggestion_id = ${suggestionId}`.execute(tx.sql)
  const isTheirs = row.decided_by_kind !== 'system' || row.state === 'refused'
  if (row.state !== 'open' && isTheirs) await forgetAnswer(tx, suggestionId)
  tx.record({ type: 'suggestion.reopened', subjects: subjectsOf(row, row.operation_id) })
  await identitiesChanged(tx, [row.author_id, row.other_author_id])
}

/** Somebody may have undone it where its history is shown. */
async function undoUnlessUndone(tx: WorkspaceTransaction, operationId: string, now: Date): Promise<void> {
  const { rows } = await sql`select from graph_operation where workspace_id = ${tx.workspaceId}
    and operation_id = ${operationId} and undone_at is null`.execute(tx.sql)
  if (rows.length > 0) await undoOperation(tx, operationId, 'suggestion-taken-back', now)
}

async function holdOpen(tx: WorkspaceTransaction, suggestionId: string): Promise<Row> {
  const row = await hold(tx, suggestionId)
  if (!row) throw new NotFound('suggestion-unknown')
  if (row.state !== 'open') throw new Conflict('suggestion-settled', { state: row.state })
  return row
}

/** Two who answer at once answer one after the other; the second hears what the first said. */
async function hold(tx: WorkspaceTransaction, suggestionId: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select suggestion_id, author_id, other_author_id, state, reasons, probability, operation_id, held_back, decided_by_kind,
      put_off_until
    from suggestion where workspace_id = ${tx.workspaceId} and suggestion_id = ${suggestionId} for update`.execute(
    tx.sql,
  )
  return rows[0]
}

const joinedOf = ({ suggestion_id, author_id, other_author_id, reasons, probability }: Row) => ({
  suggestionId: suggestion_id,
  authorId: author_id,
  otherAuthorId: other_author_id,
  reasons,
  probability,
})

const subjectsOf = ({ suggestion_id, author_id, other_author_id }: Row, operationId: string | null) => ({
  suggestion: suggestion_id,
  authors: [author_id, other_author_id],
  ...(operationId === null ? {} : { operation: operationId }),
})

async function decide(
  tx: WorkspaceTransaction,
  { suggestion_id }: Row,
  state: 'confirmed' | 'refused',
  now: Date,
  operationId: string | null,
): Promise<void> {
  const { actor } = tx
  await sql`
    update suggestion set state = ${state}, decided_at = ${now}, decided_by_kind = ${actor.kind}, decided_by = ${actor.id},
      operation_id = ${operationId}, put_off_until = null
    where workspace_id = ${tx.workspaceId} and suggestion_id = ${suggestion_id}`.execute(tx.sql)
}
