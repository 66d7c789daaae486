/** Where records say that their holders work: memberships told by an identity, with which they move. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { addMembership, withdrawMembership } from './memberships.ts'
import { keyOfName, organisationNamed } from './organisations.ts'

export interface ToldMembership {
  /** Of the organisation. */
  name: string
  role: string
}

/**
 * What a record says of where its holder works: another organisation or role replaces what the same record said before.
 * Returns whether it is news.
 */
export async function tellMembership(
  tx: WorkspaceTransaction,
  authorId: string,
  { name, role }: ToldMembership,
  { system, at }: { system: string; at: Date },
): Promise<boolean> {
  const organisationId = await organisationNamed(tx, name, at)
  const told = (await toldMemberships(tx, [authorId])).get(authorId) ?? []
  if (told.some((one) => one.organisationId === organisationId && one.role === role)) return false
  for (const { membershipId } of told) await withdrawMembership(tx, membershipId, `${system} says otherwise`, at)
  await addMembership(
    tx,
    {
      organisationId,
      subject: { authorId },
      role,
      speaks: false,
      since: null,
      until: null,
      method: 'imported',
      evidence: { system },
    },
    at,
  )
  return true
}

/** The same of identities of which nothing was told before, each once. */
export async function tellFirstMemberships(
  tx: WorkspaceTransaction,
  told: readonly (ToldMembership & { authorId: string })[],
  { system, at }: { system: string; at: Date },
): Promise<void> {
  if (told.length === 0) return
  const known = await organisationsNamed(
    tx,
    told.map(({ name }) => name),
  )
  const rows: { membership_id: string; organisation_id: string; author_id: string; role: string }[] = []
  for (const { authorId, name, role } of told) {
    const key = keyOfName(name)
    const organisationId = known.get(key) ?? (await organisationNamed(tx, name, at))
    known.set(key, organisationId)
    rows.push({ membership_id: newId(), organisation_id: organisationId, author_id: authorId, role })
  }
  await sql`
    insert into organisation_membership (workspace_id, membership_id, organisation_id, author_id, role, speaks, method,
      evidence, said_at, said_by_kind, said_by)
    select ${tx.workspaceId}, g.membership_id, g.organisation_id, g.author_id, g.role, false, 'imported',
      ${JSON.stringify({ system })}::jsonb, ${at}, ${tx.actor.kind}, ${tx.actor.id}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g(membership_id uuid, organisation_id uuid, author_id uuid, role text)`.execute(tx.sql)
  for (const { organisation_id, author_id } of rows)
    tx.record({
      type: 'membership.said',
      subjects: { organisation: organisation_id, author: author_id },
      codes: { method: 'imported' },
    })
}

/** What records said of where their holders work and what stands, by identity. */
export async function toldMemberships(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
): Promise<Map<string, { membershipId: string; organisationId: string; role: string }[]>> {
  const { rows } = await sql<{ author_id: string; membershipId: string; organisationId: string; role: string }>`
    select author_id, membership_id as "membershipId", organisation_id as "organisationId", role
    from organisation_membership where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[])
      and method = 'imported' and withdrawn_at is null`.execute(tx.sql)
  return Map.groupBy(rows, (row) => row.author_id)
}

/** Those that are known, by the key of their name: the oldest where several have it. Served by organisation_by_name. */
export async function organisationsNamed(
  tx: WorkspaceTransaction,
  names: readonly string[],
): Promise<Map<string, string>> {
  const keys = [...new Set(names.map(keyOfName))]
  const { rows } = await sql<{ name_key: string; organisation_id: string }>`
    select g.name_key, o.organisation_id from unnest(${keys}::text[]) as g(name_key)
      cross join lateral (select organisation_id from organisation
        where workspace_id = ${tx.workspaceId} and name_key = g.name_key order by organisation_id limit 1) o`.execute(
    tx.sql,
  )
  return new Map(rows.map((row) => [row.name_key, row.organisation_id]))
}
