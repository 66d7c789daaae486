import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { accountKey } from '../suppression.ts'
import type { ContactRecord, Taking } from './contact-record.ts'
import type { Candidate } from './decision.ts'
import type { NamedIdentity } from './identities.ts'

const CANDIDATES_MAX = 10

export type ProposalState = 'waiting' | 'same' | 'another' | 'left-out'

/** What became of records that were proposed before, by accountKey of what they are known by. */
export async function proposalsOf(
  tx: WorkspaceTransaction,
  anchors: readonly NamedIdentity[],
): Promise<Map<string, ProposalState>> {
  const { rows } = await sql<{ network: string; scope: string; network_id: string; state: ProposalState }>`
    select g.network, g.scope, g.network_id, p.state
    from unnest(${anchors.map((one) => one.network)}::text[], ${anchors.map((one) => one.scope)}::text[],
        ${anchors.map((one) => one.networkId)}::text[]) as g(network, scope, network_id)
      join contact_proposal p on p.workspace_id = ${tx.workspaceId} and p.identity_kind = g.network
        and p.identity_scope = g.scope and p.identity_id = g.network_id`.execute(tx.sql)
  return new Map(rows.map(({ network_id: networkId, ...row }) => [accountKey({ ...row, networkId }), row.state]))
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
