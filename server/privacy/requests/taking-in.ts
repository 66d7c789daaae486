import type { StatementChannel } from '../../../contract/people-consent.ts'
import type { REQUEST_KINDS } from '../../../contract/privacy-requests.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { dueAt } from './deadline.ts'
import { logEntry } from './log.ts'

export type RequestKind = (typeof REQUEST_KINDS)[number]

/** Clocks of two machines differ; a request from further ahead is a slip of the pen. */
const AHEAD_MAX_MS = 300_000

export interface NewRequest {
  kind: RequestKind
  personId: string | null
  requester: string
  details: string
  channel: StatementChannel
  language: string
  receivedAt: Date
}

/** Writes a request down. The deadline runs from when it came in, not from when it is written down. */
export async function takeIn(tx: WorkspaceTransaction, request: NewRequest, now: Date): Promise<string> {
  if (request.receivedAt.getTime() > now.getTime() + AHEAD_MAX_MS) throw new Invalid('received-in-future')
  if (request.personId) await requirePerson(tx, request.personId)
  const requestId = newId()
  const proved = request.channel === 'portal'
  await tx.sql
    .insertInto('privacy_request')
    .values({
      workspace_id: tx.workspaceId,
      request_id: requestId,
      kind: request.kind,
      person_id: request.personId,
      requester: request.requester,
      details: request.details,
      channel: request.channel,
      language: request.language,
      received_at: request.receivedAt,
      due_at: await dueAt(tx, request.receivedAt),
      identity: proved ? 'confirmed' : 'open',
      identity_how: proved ? 'portal' : '',
      created_at: now,
      created_by_kind: tx.actor.kind,
      created_by: tx.actor.id,
    })
    .execute()
  await logEntry(tx, requestId, 'received', '', now)
  tx.record({
    type: 'request.received',
    subjects: { request: requestId, ...(request.personId ? { person: request.personId } : {}) },
    codes: { kind: request.kind, channel: request.channel },
  })
  return requestId
}

/** How it came in. Whoever asks on the portal has proved who they are. */
export interface RequestVia {
  channel: StatementChannel
  language: string
  /** In the words of whoever asks. */
  details?: string
}

/** Asked on the portal or told to an agent. Asking again while the first is open is the same request. */
export async function requestOf(
  tx: WorkspaceTransaction,
  kind: 'access' | 'erasure',
  personId: string,
  via: RequestVia,
  at: Date,
): Promise<string> {
  const person = await requirePerson(tx, personId)
  const open = await tx.sql
    .selectFrom('privacy_request')
    .innerJoin('person', (join) =>
      join
        .onRef('person.workspace_id', '=', 'privacy_request.workspace_id')
        .onRef('person.person_id', '=', 'privacy_request.person_id'),
    )
    .select('privacy_request.request_id')
    .where('privacy_request.workspace_id', '=', tx.workspaceId)
    .where('person.current_id', '=', person.currentId)
    .where('privacy_request.kind', '=', kind)
    .where('privacy_request.state', '=', 'open')
    .executeTakeFirst()
  if (open) return open.request_id
  const { channel, language, details = '' } = via
  return takeIn(tx, { kind, personId, requester: person.name, details, channel, language, receivedAt: at }, at)
}

/** What is done for a request names one that is there. */
export async function requireRequest(tx: WorkspaceTransaction, requestId: string | null): Promise<void> {
  if (requestId === null) return
  const row = await tx.sql
    .selectFrom('privacy_request')
    .select('request_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  if (!row) throw new NotFound('request-unknown')
}

/** Two who ask at once for one person wait for each other. */
export async function requirePerson(
  tx: WorkspaceTransaction,
  personId: string,
): Promise<{ currentId: string; name: string }> {
  const row = await tx.sql
    .selectFrom('person')
    .select(['current_id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('erased_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('person-unknown')
  return { currentId: row.current_id, name: row.name }
}
