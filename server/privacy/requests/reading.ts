import { type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { RequestStep } from './log.ts'

const COLUMNS = [
  'r.request_id',
  'r.kind',
  'r.person_id',
  'r.requester',
  'r.channel',
  'r.received_at',
  'r.due_at',
  'r.extended_at',
  'r.identity',
  'r.state',
  'r.outcome',
  'r.assigned_member_id',
  'p.current_id',
  'p.erased_at',
  'n.name',
] as const

const requestRows = (tx: WorkspaceTransaction) =>
  tx.sql
    .selectFrom('privacy_request as r')
    .leftJoin('person as p', (join) =>
      join.onRef('p.workspace_id', '=', 'r.workspace_id').onRef('p.person_id', '=', 'r.person_id'),
    )
    .leftJoin('person as n', (join) =>
      join.onRef('n.workspace_id', '=', 'p.workspace_id').onRef('n.person_id', '=', 'p.current_id'),
    )
    .where('r.workspace_id', '=', tx.workspaceId)

type Row = Awaited<ReturnType<typeof itemRows>>[number]
const itemRows = (tx: WorkspaceTransaction) => requestRows(tx).select(COLUMNS).execute()

const toItem = (row: Row, now: Date) => ({
  requestId: row.request_id,
  kind: row.kind,
  person: row.current_id && row.erased_at === null ? { personId: row.current_id, name: row.name ?? '' } : null,
  requester: row.requester,
  channel: row.channel,
  receivedAt: row.received_at,
  dueAt: row.due_at,
  extended: row.extended_at !== null,
  overdue: row.state === 'open' && now > row.due_at,
  identity: row.identity,
  state: row.state,
  outcome: row.outcome,
  assignedMemberId: row.assigned_member_id,
})

/** Open: what is due first. Closed: the latest deadline first. Served by privacy_request_due. */
export async function listRequests(
  tx: WorkspaceTransaction,
  { state, after, limit }: { state: 'open' | 'closed'; after?: string | undefined; limit: number },
  now: Date,
) {
  const cursor = readCursor(after, 2)
  const direction = state === 'open' ? 'asc' : 'desc'
  let query = requestRows(tx).select(COLUMNS).where('r.state', '=', state)
  if (cursor)
    query = query.where(
      sql<SqlBool>`(r.due_at, r.request_id) ${sql.raw(state === 'open' ? '>' : '<')} (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`,
    )
  const rows = await query
    .orderBy('r.due_at', direction)
    .orderBy('r.request_id', direction)
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(row.due_at, row.request_id))
  return { items: page.items.map((row) => toItem(row, now)), nextCursor: page.nextCursor }
}

const LOG_MAX = 500

export async function readRequest(tx: WorkspaceTransaction, requestId: string, now: Date) {
  const row = await requestRows(tx)
    .select([
      ...COLUMNS,
      'r.details',
      'r.language',
      'r.identity_how',
      'r.extended_because',
      'r.outcome_because',
      'r.closed_at',
    ])
    .where('r.request_id', '=', requestId)
    .executeTakeFirst()
  if (!row) throw new NotFound('request-unknown')
  return {
    ...toItem(row, now),
    details: row.details,
    language: row.language,
    identityHow: row.identity_how,
    extendedBecause: row.extended_because,
    outcomeBecause: row.outcome_because,
    closedAt: row.closed_at,
    log: await logOf(tx, requestId),
  }
}

async function logOf(tx: WorkspaceTransaction, requestId: string) {
  const rows = await tx.sql
    .selectFrom('privacy_request_entry as e')
    .leftJoin('member as m', (join) =>
      join.onRef('m.workspace_id', '=', 'e.workspace_id').onRef('m.member_id', '=', 'e.by_id'),
    )
    .select(['e.at', 'e.what', 'e.note', 'e.by_kind', 'e.by_id', 'm.name'])
    .where('e.workspace_id', '=', tx.workspaceId)
    .where('e.request_id', '=', requestId)
    .orderBy('e.entry_id')
    .limit(LOG_MAX)
    .execute()
  return rows.map((row) => ({
    at: row.at,
    what: row.what as RequestStep,
    note: row.note,
    by: { kind: row.by_kind, id: row.by_id, name: row.name },
  }))
}
