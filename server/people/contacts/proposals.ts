import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Candidate } from './decision.ts'
import type { NamedIdentity } from './identities.ts'
import type { ContactRecord, Taking } from './taking.ts'

const CANDIDATES_MAX = 10

export type ProposalState = 'waiting' | 'same' | 'another' | 'left-out'

/** What is known of a record that was proposed before; decisions to take it in are told only when asked for. */
export async function proposalOf(
  tx: WorkspaceTransaction,
  anchor: NamedIdentity,
): Promise<'waiting' | 'left-out' | null>
export async function proposalOf(
  tx: WorkspaceTransaction,
  anchor: NamedIdentity,
  decidedToo: true,
): Promise<'waiting' | 'left-out' | 'decided' | null>
export async function proposalOf(tx: WorkspaceTransaction, anchor: NamedIdentity, decidedToo = false) {
  const row = await tx.sql
    .selectFrom('contact_proposal')
    .select('state')
    .where('workspace_id', '=', tx.workspaceId)
    .where('identity_kind', '=', anchor.network)
    .where('identity_scope', '=', anchor.scope)
    .where('identity_id', '=', anchor.networkId)
    .executeTakeFirst()
  if (row?.state === 'waiting' || row?.state === 'left-out') return row.state
  return row && decidedToo ? 'decided' : null
}

/** Holds a record back until a person decides; told again, it says what it says now. */
export async function propose(
  tx: WorkspaceTransaction,
  { change, anchor }: ContactRecord,
  candidates: readonly Candidate[],
  { system, legalBasis, at, importId, line }: Taking,
): Promise<void> {
  const proposalId = newId()
  const { rows } = await sql<{ proposal_id: string }>`
    insert into contact_proposal (workspace_id, proposal_id, identity_kind, identity_scope, identity_id, import_id, line,
      record, source, legal_basis, candidates, proposed_at)
    values (${tx.workspaceId}, ${proposalId}, ${anchor.network}, ${anchor.scope}, ${anchor.networkId}, ${importId}, ${line},
      ${JSON.stringify(change)}::jsonb, ${system}, ${legalBasis},
      ${JSON.stringify(candidates.slice(0, CANDIDATES_MAX))}::jsonb, ${at})
    on conflict (workspace_id, identity_kind, identity_scope, identity_id) do update set record = excluded.record,
      import_id = excluded.import_id, line = excluded.line,
      candidates = case when excluded.candidates = '[]' then contact_proposal.candidates else excluded.candidates end
      where contact_proposal.state = 'waiting'
    returning proposal_id`.execute(tx.sql)
  if (rows[0]?.proposal_id === proposalId)
    tx.record({
      type: 'contact.proposed',
      subjects: { proposal: proposalId },
      codes: { candidates: candidates.length },
    })
}
