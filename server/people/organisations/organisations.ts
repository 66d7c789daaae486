import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { nameKey } from '../name-keys.ts'
import { systemName } from '../purchases/system-name.ts'
import { isForgotten } from '../suppression.ts'
import { isFreeMail, registrableDomain } from './domains.ts'

export const keyOfName = (name: string): string => nameKey(name) ?? name.trim().toLowerCase()

export async function createOrganisation(tx: WorkspaceTransaction, name: string, at: Date): Promise<string> {
  const organisationId = newId()
  await tx.sql
    .insertInto('organisation')
    .values({
      workspace_id: tx.workspaceId,
      organisation_id: organisationId,
      current_id: organisationId,
      name,
      name_key: keyOfName(name),
      created_at: at,
      created_by_kind: tx.actor.kind,
      created_by: tx.actor.id,
    })
    .execute()
  tx.record({ type: 'organisation.created', subjects: { organisation: organisationId } })
  return organisationId
}

/**
 * The organisation of exactly this name, or a new one. Two that spell themselves alike are one until somebody says otherwise;
 * two spellings are two until somebody merges them. Served by organisation_by_name.
 */
export async function organisationNamed(tx: WorkspaceTransaction, name: string, at: Date): Promise<string> {
  const find = () =>
    tx.sql
      .selectFrom('organisation')
      .select('organisation_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('name_key', '=', keyOfName(name))
      .orderBy('organisation_id')
      .limit(1)
      .executeTakeFirst()
  const known = await find()
  if (known) return known.organisation_id
  await sql`select pg_advisory_xact_lock(hashtextextended(${`organisations ${tx.workspaceId}`}, 0))`.execute(tx.sql)
  return (await find())?.organisation_id ?? createOrganisation(tx, name.slice(0, 200), at)
}

export interface OrganisationChange {
  name?: string | undefined
  note?: string | undefined
  fields?: Record<string, string> | undefined
}

/** Written on what both are now, where it was merged. */
export async function updateOrganisation(
  tx: WorkspaceTransaction,
  organisationId: string,
  { name, note, fields }: OrganisationChange,
): Promise<void> {
  const currentId = await currentOrganisation(tx, organisationId)
  const set = {
    ...(name === undefined ? {} : { name, name_key: keyOfName(name) }),
    ...(note === undefined ? {} : { note }),
    ...(fields === undefined ? {} : { fields: JSON.stringify(fields) }),
  }
  if (Object.keys(set).length === 0) return
  await tx.sql
    .updateTable('organisation')
    .set(set)
    .where('workspace_id', '=', tx.workspaceId)
    .where('organisation_id', '=', currentId)
    .execute()
  tx.record({
    type: 'organisation.changed',
    subjects: { organisation: currentId },
    codes: {
      fields: Object.keys(set)
        .filter((field) => field !== 'name_key')
        .join(),
    },
  })
}

export async function currentOrganisation(tx: WorkspaceTransaction, organisationId: string): Promise<string> {
  const row = await tx.sql
    .selectFrom('organisation')
    .select('current_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (!row) throw new NotFound('organisation-unknown')
  return row.current_id
}

export interface OrganisationKey {
  kind: 'domain' | 'customer-number'
  scope: string
  value: string
}

function normalKey({ kind, scope, value }: OrganisationKey): OrganisationKey {
  if (kind === 'customer-number') return { kind, scope: systemName(scope), value: value.trim() }
  const domain = registrableDomain(value.trim().toLowerCase())
  if (!domain) throw new Invalid('domain-invalid')
  if (isFreeMail(domain)) throw new Invalid('domain-is-everybodys', { domain })
  return { kind, scope: '', value: domain }
}

/** A number whose owner asked to be forgotten is no organisation's either. */
export async function addKey(
  tx: WorkspaceTransaction,
  organisationId: string,
  given: OrganisationKey,
  { at, secrets }: { at: Date; secrets: Secrets },
) {
  const key = normalKey(given)
  if (key.kind === 'customer-number') {
    const identity = { network: key.kind, scope: key.scope, networkId: key.value }
    if (await isForgotten(tx, secrets, identity)) throw new Conflict('identity-suppressed')
  }
  const currentId = await currentOrganisation(tx, organisationId)
  await tx.sql
    .insertInto('organisation_key')
    .values({ workspace_id: tx.workspaceId, organisation_id: currentId, ...key, added_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  tx.record({ type: 'organisation.changed', subjects: { organisation: currentId }, codes: { fields: key.kind } })
}

export async function removeKey(tx: WorkspaceTransaction, organisationId: string, given: OrganisationKey) {
  const key = normalKey(given)
  const currentId = await currentOrganisation(tx, organisationId)
  await sql`
    delete from organisation_key k using organisation o
    where k.workspace_id = ${tx.workspaceId} and o.workspace_id = k.workspace_id and o.organisation_id = k.organisation_id
      and o.current_id = ${currentId} and k.kind = ${key.kind} and k.scope = ${key.scope} and k.value = ${key.value}`.execute(
    tx.sql,
  )
  tx.record({ type: 'organisation.changed', subjects: { organisation: currentId }, codes: { fields: key.kind } })
}
