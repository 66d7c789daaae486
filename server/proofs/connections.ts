import { sql } from 'kysely'
import { readWorkspace } from '../accounts/index.ts'
import { cutIdentity, recordConsent, withdrawConsent } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import type { CustomerContext, CustomerVisit } from '../platform/procedures.ts'
import type { Way } from './attempts.ts'
import { masked } from './mask.ts'
import { type Agreed, statementOf } from './offers.ts'
import { isProvenHere, personOfVisit, provenOfVisit } from './proven-here.ts'

/** A person has no more identities in the graph. */
const CONNECTIONS_MAX = 500
const STATEMENTS_MAX = 500

interface LinkedRow {
  author_id: string
  kind: string
  network: string
  scope: string
  network_id: string
  handle: string | null
  name: string | null
  method: string
  evidence: Record<string, unknown>
  linked_at: Date
  linked_by_kind: string
  shared: boolean
  here: boolean
}

type Because = 'proved' | 'proved-earlier' | 'told' | 'confirmed' | 'imported' | 'supposed' | 'wrote'
const BECAUSE: Record<string, Because> = {
  'customer-proved': 'proved-earlier',
  'customer-told': 'told',
  'agent-confirmed': 'confirmed',
  imported: 'imported',
  suggested: 'supposed',
  'wrote-to-us': 'wrote',
}
const BY: Record<string, 'customer' | 'colleague'> = { customer: 'customer', member: 'colleague' }

/** What is linked with a person, in words that the person understands; shortened where this visit did not prove it. */
export async function connectionsOf(tx: WorkspaceTransaction, visit: CustomerVisit, personId: string) {
  const { rows } = await linkedQuery(tx.workspaceId, visit.customerSessionId, personId).execute(tx.sql)
  return rows.sort((one, other) => other.linked_at.getTime() - one.linked_at.getTime()).map(toConnection)
}

/** Served by proof_session, author_person, person_link_stack, person_current and person_link_person. */
export const linkedQuery = (workspaceId: string, customerSessionId: string, personId: string) => sql<LinkedRow>`
    with ${provenOfVisit(workspaceId, customerSessionId)}
    select a.author_id, a.kind, a.network, a.scope, a.network_id, a.handle, a.name, l.method, l.evidence, l.linked_at,
      l.linked_by_kind, false as shared, ${isProvenHere} as here
    from author a cross join lateral (
      select method, evidence, linked_at, linked_by_kind from person_link
      where workspace_id = a.workspace_id and author_id = a.author_id and withdrawn_at is null and not shared
      order by position desc limit 1) l
    where a.workspace_id = ${workspaceId} and a.person_id = ${personId}
    union all
    select a.author_id, a.kind, a.network, a.scope, a.network_id, a.handle, a.name, l.method, l.evidence, l.linked_at,
      l.linked_by_kind, true, ${isProvenHere}
    from person p
      join person_link l on l.workspace_id = p.workspace_id and l.person_id = p.person_id and l.withdrawn_at is null and l.shared
      join author a on a.workspace_id = l.workspace_id and a.author_id = l.author_id
    where p.workspace_id = ${workspaceId} and p.current_id = ${personId}
    limit ${CONNECTIONS_MAX}`

function toConnection(row: LinkedRow) {
  const { here } = row
  const proved = here && row.method === 'customer-proved'
  const text =
    row.kind === 'account'
      ? (row.handle ?? row.name ?? row.network_id)
      : row.kind === 'site'
        ? row.network_id.replace(/^https?:\/\//, '')
        : row.network_id
  const { way, system } = row.evidence
  return {
    authorId: row.author_id,
    network: row.network,
    shown: here ? text : masked(row.network, text),
    masked: !here,
    because: proved ? ('proved' as const) : (BECAUSE[row.method] ?? 'confirmed'),
    way: proved && typeof way === 'string' ? (way as Way) : null,
    source: row.network === 'customer-number' ? row.scope : typeof system === 'string' ? system : null,
    by: proved
      ? ('you' as const)
      : row.method === 'imported'
        ? ('import' as const)
        : (BY[row.linked_by_kind] ?? ('program' as const)),
    since: row.linked_at,
    shared: row.shared,
  }
}

/**
 * Cut at once, whatever it was linked by, where this visit proved that it is theirs; nothing of it is proven again but by
 * another proof. Any other link is for who proves it, or for people: a stranger with the former owner's number must not
 * take that owner's record apart, nor withdraw their consents (docs/proofs.md).
 */
export async function cutConnection(
  { services, customer, inWorkspace }: CustomerContext,
  { authorId, ...agreed }: Agreed & { authorId: string },
): Promise<void> {
  await inWorkspace(async (tx) => {
    const now = services.clock.now()
    const personId = await personOfVisit(tx, customer)
    const mine = personId
      ? (await connectionsOf(tx, customer, personId)).find((one) => one.authorId === authorId)
      : undefined
    if (!mine || mine.shared) throw new NotFound('connection-unknown')
    if (mine.masked) throw new Conflict('cut-needs-proof')
    const statement = await statementOf(tx, 'cut', agreed)
    await cutIdentity(tx, { authorId, reason: statement.text }, now)
    const given = await tx.sql
      .selectFrom('consent')
      .select('consent_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('author_id', '=', authorId)
      .where('purpose', '=', 'linking')
      .where('given', '=', true)
      .where('withdrawn_at', 'is', null)
      .execute()
    for (const { consent_id: consentId } of given)
      await withdrawConsent(tx, { consentId, channel: 'portal', reason: statement.text, at: now })
    await recordConsent(tx, { authorId, purpose: 'linking', given: false, ...statement, channel: 'portal', at: now })
  })
}

/** What the page shows and what was agreed to in this visit, for the customer to keep. */
export async function copyOfPage({ services, customer, inWorkspace }: CustomerContext) {
  return inWorkspace(async (tx) => {
    const personId = await personOfVisit(tx, customer)
    if (!personId) throw new NotFound('nothing-proven')
    const { rows } = await sql<{ purpose: string; given: boolean; text: string; language: string; stated_at: Date }>`
      with ${provenOfVisit(tx.workspaceId, customer.customerSessionId)},
        visit as (select began_at from customer_session where workspace_id = ${tx.workspaceId}
          and customer_session_id = ${customer.customerSessionId}),
        proved as (select author_id from proven union select l.author_id from author a
          join person_link l on l.workspace_id = a.workspace_id and l.author_id = a.author_id
          where a.workspace_id = ${tx.workspaceId} and a.person_id = ${personId}
            and l.evidence ->> 'proof' in (select proof_id from proven))
      select c.purpose, c.given, c.text, c.language, c.stated_at from consent c
      where c.workspace_id = ${tx.workspaceId} and c.channel = 'portal' and c.author_id in (select author_id from proved)
        and c.stated_at >= (select began_at from visit)
      order by c.stated_at desc limit ${STATEMENTS_MAX}`.execute(tx.sql)
    tx.record({ type: 'customer.took-copy', subjects: { person: personId } })
    return {
      brand: (await readWorkspace(tx)).brand,
      madeAt: services.clock.now(),
      connections: (await connectionsOf(tx, customer, personId)).map(({ authorId: _, ...connection }) => connection),
      statements: rows.map(({ stated_at: at, ...statement }) => ({ ...statement, at })),
    }
  })
}
