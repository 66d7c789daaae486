import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { prefixEnd } from '../name-keys.ts'
import { AUTHOR_BRIEF_COLUMNS, currentPerson, toAuthorBrief } from '../reading.ts'
import { readMemberships } from './memberships.ts'
import { currentOrganisation, keyOfName, type OrganisationKey } from './organisations.ts'
import { proposedMembers, proposedMemberships } from './proposals.ts'

const MEMBERS_MAX = 200
const COUNTED_MAX = 100
const ACCOUNTS_MAX = 100

/** By name, those that were merged once (organisation_by_name). */
export async function listOrganisations(
  tx: WorkspaceTransaction,
  { search, after, limit }: { search?: string | undefined; after?: string | undefined; limit: number },
) {
  const cursor = readCursor(after, 2)
  const prefix = search ? keyOfName(search) : ''
  const { rows } = await sql<{ organisation_id: string; name: string; name_key: string; people: string }>`
    select o.organisation_id, o.name, o.name_key, (select count(*) from (
        select from organisation e join organisation_membership m on m.workspace_id = e.workspace_id
            and m.organisation_id = e.organisation_id and m.withdrawn_at is null
          where e.workspace_id = o.workspace_id and e.current_id = o.organisation_id limit ${COUNTED_MAX}) counted) as people
    from organisation o
    where o.workspace_id = ${tx.workspaceId} and o.name_key >= ${prefix} and o.name_key < ${prefixEnd(prefix)}
      and o.current_id = o.organisation_id
      ${cursor ? sql`and (o.name_key, o.organisation_id) > (${cursor[0]}, ${cursor[1]}::uuid)` : sql``}
    order by o.name_key, o.organisation_id limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.name_key, row.organisation_id))
  return {
    items: page.items.map((row) => ({
      organisationId: row.organisation_id,
      name: row.name,
      people: Number(row.people),
    })),
    nextCursor: page.nextCursor,
  }
}

export async function readOrganisation(tx: WorkspaceTransaction, organisationId: string) {
  const currentId = await currentOrganisation(tx, organisationId)
  const row = await tx.sql
    .selectFrom('organisation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('organisation_id', '=', currentId)
    .executeTakeFirstOrThrow()
  return {
    organisationId: row.organisation_id,
    name: row.name,
    note: row.note,
    fields: row.fields as Record<string, string>,
    createdAt: row.created_at,
    createdBy: { kind: row.created_by_kind as Actor['kind'], id: row.created_by },
    keys: await keysOf(tx, currentId),
    members: await readMemberships(
      tx,
      sql`select i.membership_id from organisation e join organisation_membership i on i.workspace_id = e.workspace_id
          and i.organisation_id = e.organisation_id
        where e.workspace_id = ${tx.workspaceId} and e.current_id = ${currentId}`,
      MEMBERS_MAX,
    ),
    proposals: await proposedMembers(tx, currentId),
    accounts: await accountsOf(tx, currentId),
    merges: await mergesOf(tx, currentId),
  }
}

async function keysOf(tx: WorkspaceTransaction, currentId: string): Promise<OrganisationKey[]> {
  const { rows } = await sql<OrganisationKey>`
    select distinct k.kind, k.scope, k.value from organisation e
      join organisation_key k on k.workspace_id = e.workspace_id and k.organisation_id = e.organisation_id
    where e.workspace_id = ${tx.workspaceId} and e.current_id = ${currentId} order by 1, 2, 3`.execute(tx.sql)
  return rows
}

async function accountsOf(tx: WorkspaceTransaction, currentId: string) {
  const rows = await tx.sql
    .selectFrom('organisation_account')
    .innerJoin('organisation', (join) =>
      join
        .onRef('organisation.workspace_id', '=', 'organisation_account.workspace_id')
        .onRef('organisation.organisation_id', '=', 'organisation_account.organisation_id'),
    )
    .innerJoin('author', (join) =>
      join
        .onRef('author.workspace_id', '=', 'organisation_account.workspace_id')
        .onRef('author.author_id', '=', 'organisation_account.author_id'),
    )
    .select([...AUTHOR_BRIEF_COLUMNS, 'claim_id', 'method', 'reason', 'said_at', 'said_by_kind', 'said_by'])
    .where('organisation_account.workspace_id', '=', tx.workspaceId)
    .where('organisation.current_id', '=', currentId)
    .where('organisation_account.withdrawn_at', 'is', null)
    .orderBy('said_at')
    .limit(ACCOUNTS_MAX)
    .execute()
  return rows.map((row) => ({
    claimId: row.claim_id,
    author: toAuthorBrief(row),
    method: row.method as 'agent-confirmed',
    reason: row.reason,
    saidAt: row.said_at,
    saidBy: { kind: row.said_by_kind as Actor['kind'], id: row.said_by },
  }))
}

async function mergesOf(tx: WorkspaceTransaction, currentId: string) {
  const { rows } = await sql<{
    merge_id: string
    one_id: string
    one_name: string
    other_id: string
    other_name: string
    reason: string
    merged_at: Date
    merged_by_kind: Actor['kind']
    merged_by: string | null
  }>`
    select m.merge_id, o.organisation_id as one_id, o.name as one_name, s.organisation_id as other_id, s.name as other_name,
      m.reason, m.merged_at, m.merged_by_kind, m.merged_by
    from organisation o
      join organisation_merge m on m.workspace_id = o.workspace_id and m.organisation_id = o.organisation_id
        and m.withdrawn_at is null
      join organisation s on s.workspace_id = m.workspace_id and s.organisation_id = m.same_as
    where o.workspace_id = ${tx.workspaceId} and o.current_id = ${currentId} order by m.merged_at`.execute(tx.sql)
  return rows.map((row) => ({
    mergeId: row.merge_id,
    one: { organisationId: row.one_id, name: row.one_name },
    other: { organisationId: row.other_id, name: row.other_name },
    reason: row.reason,
    mergedAt: row.merged_at,
    mergedBy: { kind: row.merged_by_kind, id: row.merged_by },
  }))
}

/** Said of the person, of everyone who is the same, and of their identities. */
export async function organisationsOfPerson(tx: WorkspaceTransaction, personId: string) {
  const currentId = (await currentPerson(tx, personId)) ?? personId
  return {
    memberships: await readMemberships(
      tx,
      sql`select i.membership_id from person e join organisation_membership i on i.workspace_id = e.workspace_id
          and i.person_id = e.person_id
        where e.workspace_id = ${tx.workspaceId} and e.current_id = ${currentId}
        union all
        select i.membership_id from author e join organisation_membership i on i.workspace_id = e.workspace_id
          and i.author_id = e.author_id
        where e.workspace_id = ${tx.workspaceId} and e.person_id = ${currentId}`,
      MEMBERS_MAX,
    ),
    proposals: await proposedMemberships(tx, currentId),
  }
}
