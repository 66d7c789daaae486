import type { Selectable } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Proof } from '../platform/database-types.generated.ts'
import { Conflict, NotFound, TooMany } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { CustomerVisit } from '../platform/procedures.ts'

/** At once in one visit; older ones are given up by hand. */
const OPEN_MAX = 12
export const SENT_CODE_MINUTES = 15
export const POSTED_CODE_HOURS = 24
export const LINK_HOURS = 24
export const SIGN_IN_MINUTES = 15

export type Attempt = Selectable<Proof>
export type Way = 'mail-code' | 'phone-code' | 'reply-code' | 'site-link' | 'profile-link' | 'domain-handle' | 'sign-in'

export interface NewAttempt {
  way: Way
  network: string
  scope?: string
  networkId?: string | null
  handle?: string | null
  authorId?: string | null
  issuerId?: string
  codeHash?: string
  sealed?: string
  sends?: boolean
  statement: { text: string; language: string }
  minutes: number
}

/** An earlier attempt at the same thing in this visit makes room: of two codes the newer holds. */
export async function beginAttempt(
  tx: WorkspaceTransaction,
  { customerSessionId }: CustomerVisit,
  attempt: NewAttempt,
  now: Date,
  proofId = newId(),
): Promise<string> {
  await giveUpLike(tx, customerSessionId, attempt, now)
  const open = await tx.sql
    .selectFrom('proof')
    .select('proof_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .limit(OPEN_MAX)
    .execute()
  if (open.length >= OPEN_MAX) throw new TooMany('too-many-open')
  await tx.sql
    .insertInto('proof')
    .values({
      workspace_id: tx.workspaceId,
      proof_id: proofId,
      customer_session_id: customerSessionId,
      way: attempt.way,
      network: attempt.network,
      scope: attempt.scope ?? '',
      network_id: attempt.networkId ?? null,
      handle: attempt.handle ?? null,
      author_id: attempt.authorId ?? null,
      proof_issuer_id: attempt.issuerId ?? null,
      code_hash: attempt.codeHash ?? null,
      sealed: attempt.sealed ?? null,
      sending: attempt.sends ? 'due' : null,
      consent_text: attempt.statement.text,
      language: attempt.statement.language,
      began_at: now,
      expires_at: new Date(now.getTime() + attempt.minutes * 60_000),
    })
    .execute()
  return proofId
}

async function giveUpLike(
  tx: WorkspaceTransaction,
  customerSessionId: string,
  { way, network, scope = '', networkId = null, handle = null }: NewAttempt,
  now: Date,
): Promise<void> {
  await tx.sql
    .updateTable('proof')
    .set({ state: 'given-up', ended_at: now, sealed: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .where('state', '=', 'open')
    .where('way', '=', way)
    .where('network', '=', network)
    .where('scope', '=', scope)
    .where((eb) => eb(eb.ref('network_id'), 'is not distinct from', networkId))
    .where((eb) => eb(eb.ref('handle'), 'is not distinct from', handle))
    .execute()
}

/** An attempt of this visit; another visit's is not there. Held until the transaction ends. */
export async function lockAttempt(
  tx: WorkspaceTransaction,
  { customerSessionId }: Pick<CustomerVisit, 'customerSessionId'>,
  proofId: string,
): Promise<Attempt> {
  const row = await tx.sql
    .selectFrom('proof')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_id', '=', proofId)
    .where('customer_session_id', '=', customerSessionId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('proof-unknown')
  return row
}

export function requireOpen(attempt: Attempt, now: Date): void {
  if (attempt.state !== 'open') throw new Conflict('proof-ended')
  if (attempt.expires_at <= now) throw new Conflict('proof-expired')
}

/** What was only needed on the way is not kept. */
export async function endAttempt(
  tx: WorkspaceTransaction,
  proofId: string,
  state: 'proven' | 'before-staff' | 'refused' | 'given-up',
  now: Date,
  found: { authorId?: string; networkId?: string } = {},
): Promise<void> {
  await tx.sql
    .updateTable('proof')
    .set({
      state,
      ended_at: now,
      sealed: null,
      ...(found.authorId ? { author_id: found.authorId } : {}),
      ...(found.networkId ? { network_id: found.networkId } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_id', '=', proofId)
    .execute()
}
