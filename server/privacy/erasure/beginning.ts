import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { subjectOf } from '../register/subjects.ts'
import { requireRequest } from '../requests/taking-in.ts'

/**
 * Orders an erasure: from here on it is carried out, whatever crashes. What belongs to the person now is written down by
 * id, so that an undo meanwhile takes nothing out of it. Ordering it twice is one erasure. Returns its id.
 */
export async function beginErasure(
  tx: WorkspaceTransaction,
  personId: string,
  { requestId, via, at }: { requestId: string | null; via: 'screen' | 'portal'; at: Date },
): Promise<string> {
  await requireRequest(tx, requestId)
  // Two who order it at once wait here.
  const { rows } = await sql<{ current_id: string }>`
    select current_id from person where workspace_id = ${tx.workspaceId} and person_id = ${personId}
      and erased_at is null for no key update`.execute(tx.sql)
  if (!rows[0]) throw new NotFound('person-unknown')
  const { personIds, authorIds } = await subjectOf(tx, personId)
  const running = await sql<{ erasure_id: string }>`
    select erasure_id from erasure where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])
      and state <> 'done' limit 1`.execute(tx.sql)
  if (running.rows[0]) return running.rows[0].erasure_id
  const erasureId = newId()
  await tx.sql
    .insertInto('erasure')
    .values({
      workspace_id: tx.workspaceId,
      erasure_id: erasureId,
      person_id: rows[0].current_id,
      request_id: requestId,
      via,
      state: 'waiting',
      author_ids: authorIds,
      person_ids: personIds,
      requested_at: at,
      requested_by_kind: tx.actor.kind,
      requested_by: tx.actor.id,
    })
    .execute()
  tx.record({ type: 'erasure.asked', subjects: { erasure: erasureId, person: rows[0].current_id }, codes: { via } })
  return erasureId
}
