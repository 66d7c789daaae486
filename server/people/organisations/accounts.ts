import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { currentOrganisation } from './organisations.ts'

export interface NewClaim {
  organisationId: string
  authorId: string
  reason: string
}

/** An account that speaks as the organisation is nobody's. Refused while it belongs to a person or to another organisation. */
export async function claimAccount(tx: WorkspaceTransaction, claim: NewClaim, at: Date): Promise<string> {
  const { organisationId, authorId, reason } = claim
  await currentOrganisation(tx, organisationId)
  const author = await tx.sql
    .selectFrom('author')
    .select(['own', 'person_id', 'erased_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!author || author.own || author.erased_at) throw new NotFound('author-unknown')
  if (author.person_id) throw new Conflict('author-linked', { personId: author.person_id })
  const claimId = newId()
  const written = await sql`
    insert into organisation_account (workspace_id, claim_id, organisation_id, author_id, method, reason, said_at,
      said_by_kind, said_by)
    values (${tx.workspaceId}, ${claimId}, ${organisationId}, ${authorId}, 'agent-confirmed', ${reason}, ${at},
      ${tx.actor.kind}, ${tx.actor.id})
    on conflict (workspace_id, author_id) where withdrawn_at is null do nothing returning 1`.execute(tx.sql)
  if (written.rows.length === 0) throw new Conflict('account-claimed')
  tx.record({ type: 'organisation.account-claimed', subjects: { organisation: organisationId, author: authorId } })
  return claimId
}

export async function withdrawClaim(
  tx: WorkspaceTransaction,
  claimId: string,
  because: string,
  at: Date,
): Promise<void> {
  const row = await tx.sql
    .updateTable('organisation_account')
    .set({ withdrawn_at: at, withdrawn_by_kind: tx.actor.kind, withdrawn_by: tx.actor.id, withdrawn_because: because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('claim_id', '=', claimId)
    .where('withdrawn_at', 'is', null)
    .returning(['organisation_id', 'author_id'])
    .executeTakeFirst()
  if (!row) throw new NotFound('claim-unknown')
  tx.record({
    type: 'organisation.account-released',
    subjects: { organisation: row.organisation_id, author: row.author_id },
    content: { because },
  })
}
