import type { z } from 'zod'
import type { ContactImportSettings, contactImports } from '../../../contract/people-contact-imports.ts'
import { type ImportRow, presentState, readImport, startImport } from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { fieldsFor } from './contact-columns.ts'
import { NO_COUNTS } from './counts.ts'
import { inspectContacts } from './reading.ts'
import { settingsOf } from './settings.ts'

type View = z.infer<(typeof contactImports.get)['~orpc']['outputSchema'] & z.ZodType>

export const presentImport = (row: ImportRow): View => ({
  ...presentState(row),
  counts: { ...NO_COUNTS, ...(row.counts as object) },
  settings: settingsOf(row),
  rehearsing: row.rehearsed && row.state === 'running',
  rehearsal: row.rehearsal as View['rehearsal'],
})

export async function inspectImport(
  tx: WorkspaceTransaction,
  importId: string,
  mapping: Record<string, string> | undefined,
) {
  const row = await readImport(tx, importId, 'contacts')
  if (row.state === 'done') throw new Conflict('import-done')
  const inspection = await inspectContacts(row.file_path, { mapping: mapping ?? settingsOf(row).mapping })
  return {
    ...inspection,
    columns: inspection.columns.map((column) => ({ ...column, fields: fieldsFor(column.name) })),
  }
}

/** In earnest, or only to see what would become of it. */
export async function start(
  tx: WorkspaceTransaction,
  importId: string,
  settings: ContactImportSettings,
  { rehearsed }: { rehearsed: boolean },
): Promise<void> {
  const row = await readImport(tx, importId, 'contacts', { lock: true })
  if (rehearsed && row.position !== null) throw new Conflict('import-begun')
  const { rowsEstimated: _estimated, ...chosen } = settings
  await startImport(tx, importId, 'contacts', { settings: chosen, rehearsed })
}

/** Kept under a name, for the next file of the same system. */
export async function saveMapping(
  tx: WorkspaceTransaction,
  name: string,
  settings: Partial<ContactImportSettings>,
  at: Date,
): Promise<string> {
  const row = await tx.sql
    .insertInto('import_mapping')
    .values({
      workspace_id: tx.workspaceId,
      mapping_id: newId(),
      kind: 'contacts',
      name,
      settings: JSON.stringify(settings),
      saved_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'kind', 'name'])
        .doUpdateSet({ settings: JSON.stringify(settings), saved_at: at }),
    )
    .returning('mapping_id')
    .executeTakeFirstOrThrow()
  return row.mapping_id
}

const MAPPINGS_MAX = 200

export async function listMappings(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('import_mapping')
    .select(['mapping_id', 'name', 'settings'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'contacts')
    .orderBy('name')
    .limit(MAPPINGS_MAX)
    .execute()
  return rows.map((row) => ({
    mappingId: row.mapping_id,
    name: row.name,
    settings: row.settings as Partial<ContactImportSettings>,
  }))
}

export async function removeMapping(tx: WorkspaceTransaction, name: string): Promise<void> {
  await tx.sql
    .deleteFrom('import_mapping')
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'contacts')
    .where('name', '=', name)
    .execute()
}
