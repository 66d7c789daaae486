import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { representatives } from '../graph/components.ts'
import { currentOrganisation } from './organisations.ts'

const MEMBERS_MAX = 200

/** One act at a time: what is current is a function of all rows that stand. */
const lockMerges = (tx: WorkspaceTransaction) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`organisation merges ${tx.workspaceId}`}, 0))`.execute(tx.sql)

/** Says that two are the same. Nothing moves: what was said of each stays there and is read over both. */
export async function mergeOrganisations(
  tx: WorkspaceTransaction,
  { organisationId, sameAs, reason }: { organisationId: string; sameAs: string; reason: string },
  at: Date,
): Promise<{ mergeId: string; organisationId: string }> {
  await lockMerges(tx)
  const [one, other] = [await currentOrganisation(tx, organisationId), await currentOrganisation(tx, sameAs)]
  if (one === other) throw new Conflict('organisations-same-already')
  const mergeId = newId()
  await tx.sql
    .insertInto('organisation_merge')
    .values({
      workspace_id: tx.workspaceId,
      merge_id: mergeId,
      organisation_id: organisationId,
      same_as: sameAs,
      reason,
      merged_at: at,
      merged_by_kind: tx.actor.kind,
      merged_by: tx.actor.id,
    })
    .execute()
  await regroup(tx, [one, other])
  tx.record({
    type: 'organisations.merged',
    subjects: { organisation: organisationId, other: sameAs, merge: mergeId },
    content: { reason },
  })
  return { mergeId, organisationId: await currentOrganisation(tx, organisationId) }
}

/** Says that they are two after all, whenever it was and whatever was merged since. */
export async function undoMerge(tx: WorkspaceTransaction, mergeId: string, because: string, at: Date): Promise<void> {
  await lockMerges(tx)
  const row = await tx.sql
    .updateTable('organisation_merge')
    .set({
      withdrawn_at: at,
      withdrawn_by_kind: tx.actor.kind,
      withdrawn_by: tx.actor.id,
      withdrawn_because: because,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('merge_id', '=', mergeId)
    .where('withdrawn_at', 'is', null)
    .returning(['organisation_id', 'same_as'])
    .executeTakeFirst()
  if (!row) throw new NotFound('merge-unknown')
  await regroup(tx, [await currentOrganisation(tx, row.organisation_id)])
  tx.record({
    type: 'organisations.parted',
    subjects: { organisation: row.organisation_id, other: row.same_as, merge: mergeId },
    content: { because },
  })
}

/** Writes anew what everyone of these components is now; before, they held together all that can be tied. */
async function regroup(tx: WorkspaceTransaction, currentIds: readonly string[]): Promise<void> {
  const members = await sql<{ id: string }>`
    select organisation_id as id from organisation
    where workspace_id = ${tx.workspaceId} and current_id = any(${currentIds}::uuid[])
    order by organisation_id for no key update`.execute(tx.sql)
  const ids = members.rows.map(({ id }) => id)
  if (ids.length > MEMBERS_MAX) throw new Conflict('organisation-too-large', { membersMax: MEMBERS_MAX })
  const merges = await sql<{ personId: string; sameAs: string }>`
    select organisation_id as "personId", same_as as "sameAs" from organisation_merge
    where workspace_id = ${tx.workspaceId} and organisation_id = any(${ids}::uuid[]) and withdrawn_at is null`.execute(
    tx.sql,
  )
  const current = representatives(ids, merges.rows)
  await sql`
    update organisation o set current_id = g.current_id
    from unnest(${[...current.keys()]}::uuid[], ${[...current.values()]}::uuid[]) as g(organisation_id, current_id)
    where o.workspace_id = ${tx.workspaceId} and o.organisation_id = g.organisation_id
      and o.current_id <> g.current_id`.execute(tx.sql)
}
