import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound, TooMany } from '../platform/errors.ts'
import type { CustomerContext, CustomerVisit } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { takeSharedToken } from '../platform/shared-rate-limit.ts'
import { openOwnCopy, orderOwnCopy, ownCopyOf } from '../privacy/index.ts'
import { isProvenHere, personOfVisit, provenOfVisit } from './proven-here.ts'
import type { PortalLanguage } from './texts.ts'

/** Making one reads every table. */
const COPIES_PER_PERSON = { capacity: 3, perSeconds: 86_400 }
const COPIES_PER_WORKSPACE = { capacity: 60, perSeconds: 3_600 }

/** Why somebody gets no copy of everything at once, and asks people for it instead. */
export type Hindrance = 'unproven' | 'joined-by-others'

/**
 * Everything is handed out by a machine only where everything was proven by the very browser that asks: an address that we
 * linked by mistake, or that was proven in another visit, may be somebody else's. Served by author_person, person_link_stack,
 * person_current and proof_session.
 */
async function hindranceOf(
  tx: WorkspaceTransaction,
  { customerSessionId }: CustomerVisit,
  personId: string,
): Promise<Hindrance | null> {
  const { rows } = await sql<{ unproven: boolean; joined: boolean }>`
    with ${provenOfVisit(tx.workspaceId, customerSessionId)},
    members as (
      select person_id from person where workspace_id = ${tx.workspaceId} and current_id = ${personId})
    select
      exists (select from author a left join lateral (
          select evidence from person_link where workspace_id = a.workspace_id and author_id = a.author_id
            and withdrawn_at is null and not shared order by position desc limit 1) l on true
        where a.workspace_id = ${tx.workspaceId} and a.person_id = ${personId} and not ${isProvenHere}) as unproven,
      exists (select from person_merge m where m.workspace_id = ${tx.workspaceId} and m.withdrawn_at is null
        and m.method <> 'customer-proved'
        and (m.person_id in (select person_id from members) or m.same_as in (select person_id from members))) as joined`.execute(
    tx.sql,
  )
  const [row] = rows
  return row?.unproven ? 'unproven' : row?.joined ? 'joined-by-others' : null
}

/** What the page says of it. */
export async function everythingOf(services: Services, tx: WorkspaceTransaction, visit: CustomerVisit, person: string) {
  const hindered = await hindranceOf(tx, visit, person)
  const copy = hindered ? null : await ownCopyOf(tx, person, services.clock.now())
  return { hindered, copy: copy && { state: copy.state, expiresAt: copy.expiresAt } }
}

export async function orderCopy(
  { services, customer, inWorkspace }: CustomerContext,
  { language }: { language: PortalLanguage },
): Promise<void> {
  const personId = await inWorkspace((tx) => unhindered(tx, customer))
  const allowed =
    (await takeSharedToken(services, `portal-copy:${customer.workspaceId}:${personId}`, COPIES_PER_PERSON)) &&
    (await takeSharedToken(services, `portal-copies:${customer.workspaceId}`, COPIES_PER_WORKSPACE))
  if (!allowed) throw new TooMany('too-many-copies')
  await inWorkspace(async (tx) => orderOwnCopy(tx, await unhindered(tx, customer), language, services.clock.now()))
}

/** Asked again at the download: somebody may have linked something since. */
export const takeCopy = ({ services, customer, inWorkspace }: CustomerContext): Promise<File> =>
  inWorkspace(async (tx) => openOwnCopy(services, tx, await unhindered(tx, customer)))

async function unhindered(tx: WorkspaceTransaction, customer: CustomerVisit): Promise<string> {
  const personId = await personOfVisit(tx, customer)
  if (!personId) throw new NotFound('nothing-proven')
  const hindered = await hindranceOf(tx, customer, personId)
  if (hindered) throw new Conflict(hindered === 'unproven' ? 'copy-needs-proofs' : 'copy-needs-people')
  return personId
}
