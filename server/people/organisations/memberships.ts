import { sql } from 'kysely'
import type { z } from 'zod'
import type { membershipSchema } from '../../../contract/people-organisations.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { currentOrganisation } from './organisations.ts'

export type Membership = z.infer<typeof membershipSchema>

export interface NewMembership {
  organisationId: string
  /** On a person as it is then, or on an identity, with which it moves. */
  subject: { personId: string } | { authorId: string }
  role: string
  speaks: boolean
  since: string | null
  until: string | null
  method: Membership['method']
  evidence: Record<string, unknown>
}

export async function addMembership(tx: WorkspaceTransaction, given: NewMembership, at: Date): Promise<string> {
  const { organisationId, subject, role, speaks, since, until, method, evidence } = given
  if (since && until && until < since) throw new Invalid('membership-backwards')
  await currentOrganisation(tx, organisationId)
  if ('personId' in subject) await requirePerson(tx, subject.personId)
  const membershipId = newId()
  await tx.sql
    .insertInto('organisation_membership')
    .values({
      workspace_id: tx.workspaceId,
      membership_id: membershipId,
      organisation_id: organisationId,
      person_id: 'personId' in subject ? subject.personId : null,
      author_id: 'authorId' in subject ? subject.authorId : null,
      role,
      speaks,
      since,
      until,
      method,
      evidence: JSON.stringify(evidence),
      said_at: at,
      said_by_kind: tx.actor.kind,
      said_by: tx.actor.id,
    })
    .execute()
  tx.record({
    type: 'membership.said',
    subjects: {
      organisation: organisationId,
      ...('personId' in subject ? { person: subject.personId } : { author: subject.authorId }),
    },
    codes: { method },
  })
  return membershipId
}

async function requirePerson(tx: WorkspaceTransaction, personId: string): Promise<void> {
  const known = await tx.sql
    .selectFrom('person')
    .select('person_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (!known) throw new NotFound('person-unknown')
}

export interface MembershipChange {
  membershipId: string
  role?: string | undefined
  speaks?: boolean | undefined
  since?: string | null | undefined
  until?: string | null | undefined
}

/** What is wrong is withdrawn; this says more of what is right. */
export async function updateMembership(tx: WorkspaceTransaction, change: MembershipChange): Promise<void> {
  const { membershipId, ...given } = change
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  if (Object.keys(set).length === 0) return
  const row = await tx.sql
    .updateTable('organisation_membership')
    .set(set)
    .where('workspace_id', '=', tx.workspaceId)
    .where('membership_id', '=', membershipId)
    .where('withdrawn_at', 'is', null)
    .returning(['organisation_id', 'since', 'until'])
    .executeTakeFirst()
  if (!row) throw new NotFound('membership-unknown')
  if (row.since && row.until && String(row.until) < String(row.since)) throw new Invalid('membership-backwards')
  tx.record({
    type: 'membership.changed',
    subjects: { organisation: row.organisation_id },
    codes: { fields: Object.keys(set).join() },
  })
}

export async function withdrawMembership(
  tx: WorkspaceTransaction,
  membershipId: string,
  because: string,
  at: Date,
): Promise<void> {
  const row = await tx.sql
    .updateTable('organisation_membership')
    .set({ withdrawn_at: at, withdrawn_by_kind: tx.actor.kind, withdrawn_by: tx.actor.id, withdrawn_because: because })
    .where('workspace_id', '=', tx.workspaceId)
    .where('membership_id', '=', membershipId)
    .where('withdrawn_at', 'is', null)
    .returning(['organisation_id', 'person_id', 'author_id'])
    .executeTakeFirst()
  if (!row) throw new Conflict('membership-withdrawn')
  tx.record({
    type: 'membership.withdrawn',
    subjects: {
      organisation: row.organisation_id,
      ...(row.person_id ? { person: row.person_id } : {}),
      ...(row.author_id ? { author: row.author_id } : {}),
    },
    content: { because },
  })
}

interface MembershipRow {
  membership_id: string
  current_id: string
  organisation_name: string
  person_id: string | null
  person_name: string | null
  role: string
  speaks: boolean
  since: string | null
  until: string | null
  method: Membership['method']
  evidence: Record<string, unknown>
  said_at: Date
  said_by_kind: Actor['kind']
  said_by: string | null
  withdrawn_at: Date | null
  withdrawn_by_kind: Actor['kind'] | null
  withdrawn_by: string | null
  withdrawn_because: string | null
}

/** Memberships with whoever and whatever they are about now; `which` is a condition or a join on `m`. */
export async function readMemberships(
  tx: WorkspaceTransaction,
  which: ReturnType<typeof sql>,
  limit: number,
): Promise<Membership[]> {
  const { rows } = await sql<MembershipRow>`
    select m.*, o.current_id, c.name as organisation_name, p.person_id, p.name as person_name
    from organisation_membership m
      join organisation o on o.workspace_id = m.workspace_id and o.organisation_id = m.organisation_id
      join organisation c on c.workspace_id = o.workspace_id and c.organisation_id = o.current_id
      left join author a on a.workspace_id = m.workspace_id and a.author_id = m.author_id
      left join person n on n.workspace_id = m.workspace_id and n.person_id = m.person_id
      left join person p on p.workspace_id = m.workspace_id and p.person_id = coalesce(a.person_id, n.current_id)
        and p.erased_at is null
    where m.workspace_id = ${tx.workspaceId} and m.membership_id in (${which})
    order by m.said_at desc, m.membership_id desc limit ${limit}`.execute(tx.sql)
  return rows.map((row) => ({
    membershipId: row.membership_id,
    organisation: { organisationId: row.current_id, name: row.organisation_name },
    person: row.person_id ? { personId: row.person_id, name: row.person_name ?? '' } : null,
    role: row.role,
    speaks: row.speaks,
    since: row.since,
    until: row.until,
    method: row.method,
    evidence: row.evidence,
    saidAt: row.said_at,
    saidBy: { kind: row.said_by_kind, id: row.said_by },
    withdrawn: row.withdrawn_at && {
      at: row.withdrawn_at,
      by: { kind: row.withdrawn_by_kind as Actor['kind'], id: row.withdrawn_by },
      because: row.withdrawn_because ?? '',
    },
  }))
}
