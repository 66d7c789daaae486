import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { currentPerson } from '../reading.ts'
import type { ContactChange, LegalBasis } from './contact-change.ts'
import { settleAs } from './contacts.ts'
import type { Candidate } from './decision.ts'
import type { ProposalState } from './proposals.ts'

interface ProposalRow {
  proposal_id: string
  source: string
  line: string | null
  record: ContactChange
  legal_basis: LegalBasis
  candidates: Candidate[]
  state: ProposalState
  import_id: string | null
  proposed_at: Date
}

export interface ProposalPage {
  importId?: string | undefined
  after?: string | undefined
  limit: number
}

/** Those that wait, newest first (contact_proposal_waiting); candidates as they are called, and who they are, now. */
export async function listProposals(tx: WorkspaceTransaction, { importId, after, limit }: ProposalPage) {
  const cursor = readCursor(after, 2)
  const { rows } = await sql<ProposalRow>`
    select proposal_id, source, line, record, candidates, proposed_at from contact_proposal
    where workspace_id = ${tx.workspaceId} and state = 'waiting' ${importId ? sql`and import_id = ${importId}` : sql``}
      ${cursor ? sql`and (proposed_at, proposal_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
    order by proposed_at desc, proposal_id desc limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.proposed_at, row.proposal_id))
  const named = await namesOf(
    tx,
    page.items.flatMap(({ candidates }) => candidates.map(({ personId }) => personId)),
  )
  return {
    items: page.items.map((row) => ({
      proposalId: row.proposal_id,
      source: row.source,
      line: row.line,
      record: presentRecord(row.record),
      candidates: row.candidates.flatMap(({ personId, reasons }) => {
        const now = named.get(personId)
        return now ? [{ ...now, reasons }] : []
      }),
      proposedAt: row.proposed_at,
    })),
    nextCursor: page.nextCursor,
  }
}

function presentRecord({ externalId, fields, mails, phones, sites }: ContactChange) {
  const told = Object.fromEntries(Object.entries(fields).flatMap(([field, value]) => (value ? [[field, value]] : [])))
  const name = told.name ?? [told['given-name'], told['family-name']].filter(Boolean).join(' ')
  return { externalId, name, fields: told, points: [...(mails ?? []), ...(phones ?? []), ...(sites ?? [])] }
}

/** By the id that was proposed; whoever was erased since is absent. */
async function namesOf(tx: WorkspaceTransaction, personIds: readonly string[]) {
  const { rows } = await sql<{ asked: string; person_id: string; name: string }>`
    select p.person_id as asked, c.person_id, c.name from person p
      join person c on c.workspace_id = p.workspace_id and c.person_id = p.current_id
    where p.workspace_id = ${tx.workspaceId} and p.person_id = any(${personIds}::uuid[]) and p.erased_at is null`.execute(
    tx.sql,
  )
  return new Map(rows.map((row) => [row.asked, { personId: row.person_id, name: row.name }]))
}

export interface ProposalDecision {
  proposalId: string
  decision: 'same' | 'another' | 'left-out'
  personId?: string | undefined
}

/** Once: whoever decides second hears that it was decided. */
export async function decideProposal(
  tx: WorkspaceTransaction,
  { proposalId, decision, personId }: ProposalDecision,
  secrets: Secrets,
  at: Date,
): Promise<{ personId: string | null }> {
  const { rows } = await sql<ProposalRow>`select * from contact_proposal
    where workspace_id = ${tx.workspaceId} and proposal_id = ${proposalId} for update`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new NotFound('proposal-unknown')
  if (row.state !== 'waiting') throw new Conflict('proposal-decided', { state: row.state })
  if (decision === 'same' && !personId) throw new Invalid('proposal-needs-person')
  if (personId && !(await currentPerson(tx, personId))) throw new NotFound('person-unknown')
  await sql`
    update contact_proposal set state = ${decision}, decided_at = ${at}, decided_by_kind = ${tx.actor.kind},
      decided_by = ${tx.actor.id}
    where workspace_id = ${tx.workspaceId} and proposal_id = ${proposalId}`.execute(tx.sql)
  tx.record({ type: 'contact.decided', subjects: { proposal: proposalId }, codes: { decision } })
  if (decision === 'left-out') return { personId: null }
  const source = {
    system: row.source,
    legalBasis: row.legal_basis,
    inUse: 'share' as const,
    consent: null,
    importId: row.import_id,
    line: row.line === null ? null : Number(row.line),
    secrets,
    at,
  }
  const decided = decision === 'same' ? { sameAs: personId as string } : { another: true as const }
  const whose = await settleAs(tx, row.record, source, decided)
  await sql`update contact_proposal set person_id = ${whose}
    where workspace_id = ${tx.workspaceId} and proposal_id = ${proposalId}`.execute(tx.sql)
  return { personId: whose }
}
