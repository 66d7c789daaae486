import type { REQUEST_OUTCOMES } from '../../../contract/privacy-requests.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { extendedDueAt } from './deadline.ts'
import { logEntry } from './log.ts'
import { requirePerson } from './taking-in.ts'

export interface RequestChange {
  personId?: string | undefined
  identity?: { confirmed: boolean; how: string } | undefined
  assignedMemberId?: string | null | undefined
  note?: string | undefined
  extension?: { reason: string } | undefined
}

/** Work on an open request. Every change is an entry of its log. */
export async function changeRequest(
  tx: WorkspaceTransaction,
  requestId: string,
  change: RequestChange,
  now: Date,
): Promise<void> {
  const request = await lockOpen(tx, requestId)
  if (change.personId) {
    await requirePerson(tx, change.personId)
    await set(tx, requestId, { person_id: change.personId })
    await logEntry(tx, requestId, 'matched', '', now)
  }
  if (change.identity) {
    const { confirmed, how } = change.identity
    await set(tx, requestId, { identity: confirmed ? 'confirmed' : 'failed', identity_how: how })
    await logEntry(tx, requestId, confirmed ? 'identity-confirmed' : 'identity-failed', how, now)
  }
  if (change.assignedMemberId !== undefined) {
    if (change.assignedMemberId) await requireMember(tx, change.assignedMemberId)
    await set(tx, requestId, { assigned_member_id: change.assignedMemberId })
    await logEntry(tx, requestId, 'assigned', '', now)
  }
  if (change.extension) await extend(tx, request, change.extension.reason, now)
  if (change.note) await logEntry(tx, requestId, 'noted', change.note, now)
  tx.record({ type: 'request.changed', subjects: { request: requestId } })
}

/** Once, and within the first month: whoever asked has to be told before it ends. */
async function extend(tx: WorkspaceTransaction, request: OpenRequest, reason: string, now: Date): Promise<void> {
  if (request.extended_at) throw new Conflict('request-extended')
  if (now > request.due_at) throw new Conflict('request-overdue')
  await set(tx, request.request_id, {
    due_at: await extendedDueAt(tx, request.received_at),
    extended_at: now,
    extended_because: reason,
    reminded_soon_at: null,
  })
  await logEntry(tx, request.request_id, 'extended', reason, now)
}

type Outcome = (typeof REQUEST_OUTCOMES)[number]
/** Nothing is handed out or erased for somebody of whom it is not certain who they are (Art. 12(6)). */
const NEEDS_IDENTITY = new Set<Outcome>(['fulfilled', 'partly'])

export async function closeRequest(
  tx: WorkspaceTransaction,
  requestId: string,
  outcome: Outcome,
  reason: string,
  now: Date,
): Promise<void> {
  const request = await lockOpen(tx, requestId)
  if (NEEDS_IDENTITY.has(outcome) && request.identity !== 'confirmed') throw new Conflict('identity-unconfirmed')
  await set(tx, requestId, { state: 'closed', outcome, outcome_because: reason, closed_at: now })
  await logEntry(tx, requestId, 'closed', reason, now)
  tx.record({ type: 'request.closed', subjects: { request: requestId }, codes: { outcome } })
}

interface OpenRequest {
  request_id: string
  received_at: Date
  due_at: Date
  extended_at: Date | null
  identity: string
}

async function lockOpen(tx: WorkspaceTransaction, requestId: string): Promise<OpenRequest> {
  const row = await tx.sql
    .selectFrom('privacy_request')
    .select(['request_id', 'received_at', 'due_at', 'extended_at', 'identity', 'state'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('request-unknown')
  if (row.state === 'closed') throw new Conflict('request-closed')
  return row
}

async function set(tx: WorkspaceTransaction, requestId: string, values: Record<string, unknown>): Promise<void> {
  await tx.sql
    .updateTable('privacy_request')
    .set(values)
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .execute()
}

async function requireMember(tx: WorkspaceTransaction, memberId: string): Promise<void> {
  const row = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  if (!row) throw new NotFound('member-unknown')
}
