import { type RawBuilder, sql } from 'kysely'
import { currentPerson } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { CustomerVisit } from '../platform/procedures.ts'

/**
 * What this very visit proved. A proof of an earlier visit says who held a number or mailbox then: numbers are given out
 * again, mailboxes change hands, and whoever has them today must not learn or touch what the former holder proved.
 */

/** For a `with`: the proofs that this visit brought to an end. Served by proof_session. */
export const provenOfVisit = (workspaceId: string, customerSessionId: string | null): RawBuilder<unknown> => sql`
  proven as (select proof_id::text as proof_id, author_id from proof where workspace_id = ${workspaceId}
    and customer_session_id = ${customerSessionId} and state = 'proven')`

/** Of an author `a` whose topmost link is `l`; what a sign-in brought along has only its evidence. */
export const isProvenHere: RawBuilder<boolean> = sql<boolean>`(
  a.author_id in (select author_id from proven where author_id is not null)
  or coalesce(l.evidence ->> 'proof' in (select proof_id from proven), false))`

type Visit = Pick<CustomerVisit, 'customerSessionId' | 'personId'>

/**
 * Whom this visit has proven to be, as the graph stands now. Null: nobody yet, or erased since, or nothing that the visit
 * proved belongs to that person any more: whoever cut their number off from a stranger's record is done with it.
 */
export async function personOfVisit(tx: WorkspaceTransaction, visit: Visit): Promise<string | null> {
  const personId = visit.personId && (await currentPerson(tx, visit.personId))
  if (!personId) return null
  const { rows } = await sql<{ holds: boolean }>`
    with ${provenOfVisit(tx.workspaceId, visit.customerSessionId)}
    select exists (select from author a left join lateral (
        select evidence from person_link where workspace_id = a.workspace_id and author_id = a.author_id
          and withdrawn_at is null and not shared order by position desc limit 1) l on true
      where a.workspace_id = ${tx.workspaceId} and a.person_id = ${personId} and ${isProvenHere}) as holds`.execute(
    tx.sql,
  )
  return rows[0]?.holds ? personId : null
}
