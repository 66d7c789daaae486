import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { setFields } from './overrides.ts'

export interface PersonChange {
  name?: string | undefined
  language?: string | null | undefined
  note?: string | undefined
}

/** What a member changes on a person's page: fields that differ are written over, a note stands on the person named. */
export async function updatePerson(
  tx: WorkspaceTransaction,
  personId: string,
  { note, ...fields }: PersonChange,
  at: Date,
): Promise<void> {
  const shown = await tx.sql
    .selectFrom('person')
    .select(['name', 'language'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  // A form sends what it showed: that must not pin a field to the value it has from its source today.
  const overrides = Object.fromEntries(
    (['name', 'language'] as const).flatMap((field) => {
      const value = fields[field]
      return value === undefined || value === shown?.[field] ? [] : [[field, value]]
    }),
  )
  if (!shown) throw new NotFound('person-unknown')
  if (Object.keys(overrides).length > 0) await setFields(tx, personId, overrides, at)
  if (note !== undefined) await writeNote(tx, personId, note)
}

async function writeNote(tx: WorkspaceTransaction, personId: string, note: string): Promise<void> {
  const result = await tx.sql
    .updateTable('person')
    .set({ note })
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', personId)
    .where('erased_at', 'is', null)
    .executeTakeFirst()
  if (result.numUpdatedRows === 0n) throw new NotFound('person-unknown')
  tx.record({ type: 'person.changed', subjects: { person: personId }, codes: { fields: 'note' } })
}
