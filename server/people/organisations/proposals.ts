import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { isFreeMail, registrableDomain } from './domains.ts'
import { addMembership } from './memberships.ts'

const MAILS_MAX = 20

export interface MembershipProposal {
  organisation: { organisationId: string; name: string }
  authorId: string
  mail: string
  domain: string
}

/**
 * Organisations whose domain a person's mail address has: never more than a question. What was refused, or is said already,
 * is not asked. Served by author_person and organisation_key_value.
 */
export async function proposedMemberships(tx: WorkspaceTransaction, personId: string): Promise<MembershipProposal[]> {
  const mails = await sql<{ author_id: string; network_id: string }>`
    select author_id, network_id from author where workspace_id = ${tx.workspaceId} and person_id = ${personId}
      and kind = 'mail' order by author_id limit ${MAILS_MAX}`.execute(tx.sql)
  const asked = mails.rows.flatMap(({ author_id, network_id }) => {
    const domain = registrableDomain(network_id)
    return domain && !isFreeMail(domain) ? [{ author_id, network_id, domain }] : []
  })
  if (asked.length === 0) return []
  const { rows } = await sql<{
    author_id: string
    mail: string
    domain: string
    organisation_id: string
    name: string
  }>`
    select distinct on (o.current_id) g.author_id, g.mail, g.domain, o.current_id as organisation_id, c.name
    from unnest(${asked.map((one) => one.author_id)}::uuid[], ${asked.map((one) => one.network_id)}::text[],
        ${asked.map((one) => one.domain)}::text[]) as g(author_id, mail, domain)
      join organisation_key k on k.workspace_id = ${tx.workspaceId} and k.kind = 'domain' and k.scope = ''
        and k.value = g.domain
      join organisation o on o.workspace_id = k.workspace_id and o.organisation_id = k.organisation_id
      join organisation c on c.workspace_id = o.workspace_id and c.organisation_id = o.current_id
    where not exists (select from organisation_refusal r join organisation ro on ro.workspace_id = r.workspace_id
          and ro.organisation_id = r.organisation_id
        where r.workspace_id = k.workspace_id and r.author_id = g.author_id and ro.current_id = o.current_id)
      and not exists (select from organisation_account s where s.workspace_id = k.workspace_id
        and s.author_id = g.author_id and s.withdrawn_at is null)
      and not exists (select from organisation_membership m
          join organisation mo on mo.workspace_id = m.workspace_id and mo.organisation_id = m.organisation_id
          left join author a on a.workspace_id = m.workspace_id and a.author_id = m.author_id
          left join person p on p.workspace_id = m.workspace_id and p.person_id = m.person_id
        where m.workspace_id = k.workspace_id and mo.current_id = o.current_id and m.withdrawn_at is null
          and coalesce(a.person_id, p.current_id) = ${personId})
    order by o.current_id, g.author_id`.execute(tx.sql)
  return rows.map((row) => ({
    organisation: { organisationId: row.organisation_id, name: row.name },
    authorId: row.author_id,
    mail: row.mail,
    domain: row.domain,
  }))
}

const PROPOSED_MAX = 50

export interface ProposedMember {
  person: { personId: string; name: string }
  authorId: string
  mail: string
  domain: string
}

/**
 * The same from the organisation's side: persons with an address of one of its domains who are not said to belong to it. An
 * address below a domain (mail.example.org) is proposed on the person's page alone. Served by author_mail_domain.
 */
export async function proposedMembers(tx: WorkspaceTransaction, organisationId: string): Promise<ProposedMember[]> {
  const { rows } = await sql<{ person_id: string; name: string; author_id: string; mail: string; domain: string }>`
    select distinct on (a.person_id) a.person_id, p.name, a.author_id, a.network_id as mail, a.mail_domain as domain
    from organisation o
      join organisation_key k on k.workspace_id = o.workspace_id and k.organisation_id = o.organisation_id
        and k.kind = 'domain'
      join author a on a.workspace_id = k.workspace_id and a.mail_domain = k.value and a.person_id is not null
      join person p on p.workspace_id = a.workspace_id and p.person_id = a.person_id and p.erased_at is null
    where o.workspace_id = ${tx.workspaceId} and o.current_id = ${organisationId}
      and not exists (select from organisation_refusal r join organisation ro on ro.workspace_id = r.workspace_id
          and ro.organisation_id = r.organisation_id
        where r.workspace_id = a.workspace_id and r.author_id = a.author_id and ro.current_id = o.current_id)
      and not exists (select from organisation_account s where s.workspace_id = a.workspace_id
        and s.author_id = a.author_id and s.withdrawn_at is null)
      and not exists (select from author b join organisation_membership m on m.workspace_id = b.workspace_id
          and m.author_id = b.author_id and m.withdrawn_at is null
          join organisation mo on mo.workspace_id = m.workspace_id and mo.organisation_id = m.organisation_id
        where b.workspace_id = a.workspace_id and b.person_id = a.person_id and mo.current_id = o.current_id)
      and not exists (select from person n join organisation_membership m on m.workspace_id = n.workspace_id
          and m.person_id = n.person_id and m.withdrawn_at is null
          join organisation mo on mo.workspace_id = m.workspace_id and mo.organisation_id = m.organisation_id
        where n.workspace_id = a.workspace_id and n.current_id = a.person_id and mo.current_id = o.current_id)
    order by a.person_id, a.author_id limit ${PROPOSED_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    person: { personId: row.person_id, name: row.name },
    authorId: row.author_id,
    mail: row.mail,
    domain: row.domain,
  }))
}

/** A membership that somebody confirmed is said of the address, and falls away with it. */
export async function answerProposal(
  tx: WorkspaceTransaction,
  { organisationId, authorId, belongs }: { organisationId: string; authorId: string; belongs: boolean },
  at: Date,
): Promise<void> {
  const mail = await tx.sql
    .selectFrom('author')
    .select('network_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .where('kind', '=', 'mail')
    .executeTakeFirst()
  if (!mail) throw new NotFound('author-unknown')
  if (belongs) {
    const said = { role: '', speaks: false, since: null, until: null, method: 'suggested' as const }
    const evidence = { domain: registrableDomain(mail.network_id) }
    await addMembership(tx, { organisationId, subject: { authorId }, ...said, evidence }, at)
    return
  }
  await tx.sql
    .insertInto('organisation_refusal')
    .values({
      workspace_id: tx.workspaceId,
      organisation_id: organisationId,
      author_id: authorId,
      refused_at: at,
      refused_by_kind: tx.actor.kind,
      refused_by: tx.actor.id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
