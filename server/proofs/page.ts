import { readWorkspace } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { CustomerContext, CustomerVisit } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import type { Attempt, Way } from './attempts.ts'
import { connectionsOf } from './connections.ts'
import { invitedAuthor } from './invited.ts'
import { personalAddress } from './links-back.ts'
import { masked } from './mask.ts'
import { everythingOf } from './own-copy.ts'
import { progressOf } from './progress.ts'
import { personOfVisit } from './proven-here.ts'

const ATTEMPTS_SHOWN = 20

/** Everything that the page shows. */
export async function readPage({ services, customer, inWorkspace }: CustomerContext) {
  return inWorkspace(async (tx) => {
    const personId = await personOfVisit(tx, customer)
    const connections = personId ? await connectionsOf(tx, customer, personId) : []
    const attempts = await tx.sql
      .selectFrom('proof')
      .selectAll()
      .where('workspace_id', '=', tx.workspaceId)
      .where('customer_session_id', '=', customer.customerSessionId)
      .where('state', '!=', 'given-up')
      .orderBy('began_at', 'desc')
      .limit(ATTEMPTS_SHOWN)
      .execute()
    const { slug } = await readWorkspace(tx)
    return {
      known: personId !== null,
      connections,
      attempts: attempts.map((attempt) => toAttempt(services, slug, attempt)),
      invitation: await invitationOf(tx, customer, personId),
      everything: personId ? await everythingOf(services, tx, customer, personId) : null,
      asked: personId ? await askedFor(tx, customer, personId) : { access: false, erasure: false },
    }
  })
}

function toAttempt(services: Services, slug: string, attempt: Attempt) {
  const waits = attempt.state === 'open'
  const expired = waits && attempt.expires_at <= services.clock.now()
  const linked = attempt.way === 'site-link' || attempt.way === 'profile-link'
  return {
    proofId: attempt.proof_id,
    way: attempt.way as Way,
    network: attempt.network,
    shown: attempt.handle ?? (attempt.way === 'sign-in' ? null : attempt.network_id),
    state: expired
      ? ('expired' as const)
      : (attempt.state as 'open' | 'proven' | 'before-staff' | 'refused' | 'given-up'),
    sending: attempt.sending as 'due' | 'sent' | 'failed' | null,
    expiresAt: attempt.expires_at,
    place: linked && waits ? personalAddress(services, slug, attempt.workspace_id, attempt.proof_id) : null,
    code: null,
  }
}

/** Says which account was invited only as far as its owner recognises it: the link may have been passed on. */
async function invitationOf(tx: WorkspaceTransaction, customer: CustomerVisit, personId: string | null) {
  const invited = await invitedAuthor(tx, customer.proofInvitationId)
  if (!invited) return null
  const progress = await progressOf(tx, invited, personId, customer.customerSessionId)
  return {
    asked: invited.asked,
    network: invited.network,
    account: progress.accountProven ? (invited.handle ?? '') : masked(invited.network, invited.handle ?? ''),
    ...progress,
    done: invited.provenAt !== null,
  }
}

/** What was asked for in this visit and is not answered yet: what was asked in another may be somebody else's asking. */
async function askedFor(
  tx: WorkspaceTransaction,
  { customerSessionId }: CustomerVisit,
  personId: string,
): Promise<{ access: boolean; erasure: boolean }> {
  const rows = await tx.sql
    .selectFrom('privacy_request')
    .innerJoin('person', (join) =>
      join
        .onRef('person.workspace_id', '=', 'privacy_request.workspace_id')
        .onRef('person.person_id', '=', 'privacy_request.person_id'),
    )
    .select('privacy_request.kind')
    .distinct()
    .where('privacy_request.workspace_id', '=', tx.workspaceId)
    .where('person.current_id', '=', personId)
    .where('privacy_request.state', '=', 'open')
    .where((eb) =>
      eb('privacy_request.received_at', '>=', (visit) =>
        visit
          .selectFrom('customer_session')
          .select('began_at')
          .where('workspace_id', '=', tx.workspaceId)
          .where('customer_session_id', '=', customerSessionId),
      ),
    )
    .execute()
  const kinds = rows.map(({ kind }) => kind)
  return { access: kinds.includes('access'), erasure: kinds.includes('erasure') }
}
