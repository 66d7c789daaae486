import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { fieldValue, requireField } from '../fields/value.ts'
import { requirePersons } from './identities.ts'
import { holdGraph } from './lock.ts'
import { beginOperation, type Operation } from './operations.ts'
import { settle } from './standing.ts'

const FIELDS_AT_ONCE_MAX = 100

/**
 * Writes over fields of a person by hand; null takes earlier overrides back, so that the field comes from its sources
 * again. Several fields are one act. They stay on the person named, whoever that is merged with.
 */
export async function setFields(
  tx: WorkspaceTransaction,
  personId: string,
  fields: Readonly<Record<string, string | null>>,
  at: Date,
  actor: Actor = tx.actor,
): Promise<{ operationId: string }> {
  const names = Object.keys(fields)
  if (names.length === 0 || names.length > FIELDS_AT_ONCE_MAX) throw new Invalid('fields-missing')
  const values = Object.fromEntries(
    names.map((field) => [requireField(field), fieldValue(field, fields[field] ?? null)]),
  )
  const held = await holdGraph(tx, { personIds: [personId] })
  await requirePersons(tx, [personId])
  const operation = await beginOperation(tx, 'field', [personId], at, actor)
  await writeOverrides(tx, operation, personId, values)
  await settle(tx, held)
  tx.record({
    type: 'person.field-set',
    subjects: { person: personId, operation: operation.operationId },
    codes: { fields: names.join(','), cleared: names.every((field) => fields[field] === null) },
    actor,
  })
  return { operationId: operation.operationId }
}

export async function writeOverrides(
  tx: WorkspaceTransaction,
  operation: Operation,
  personId: string,
  fields: Readonly<Record<string, string | null>>,
): Promise<void> {
  await tx.sql
    .insertInto('person_override')
    .values(
      Object.entries(fields).map(([field, value]) => ({
        workspace_id: tx.workspaceId,
        override_id: newId(),
        operation_id: operation.operationId,
        position: operation.position,
        person_id: personId,
        field,
        value,
        set_at: operation.at,
        set_by_kind: operation.actor.kind,
        set_by: operation.actor.id,
      })),
    )
    .execute()
}
