import type { ContactImportSettings } from '../../../contract/people-contact-imports.ts'
import {
  createImport,
  describeFile,
  type ImportProblem,
  type ImportRow,
  LEASE_SECONDS,
  readImport,
  runFile,
  startImport,
} from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Actor, SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { takeBatch } from './batch.ts'
import { type ContactCounts, NO_COUNTS } from './counts.ts'
import { inspectContacts, type ReadContact, readContacts } from './reading.ts'
import { rehearseContacts } from './rehearsal.ts'
import { requireSettings } from './settings.ts'

/** Read at once; how many of them are taken in with one transaction depends on how long that takes (imports/pace.ts). */
const BATCH_ROWS = 500

export interface ContactImportOutcome {
  state: ImportRow['state']
  problem: ImportProblem | null
  rows: number
  rejected: number
  counts: ContactCounts
}

export interface CommandImport {
  workspaceId: string
  file: string
  actor: Actor
  settings: ContactImportSettings
}

/** For the command line: reads the file where it lies, to the end, in this process. */
export async function importContacts(
  services: Services,
  { workspaceId, file, actor, settings }: CommandImport,
  signal: AbortSignal = new AbortController().signal,
): Promise<ContactImportOutcome> {
  const described = await describeFile(file)
  const importId = await services.database.inWorkspace(workspaceId, actor, async (tx) => {
    const id = await createImport(tx, 'contacts', described, services.clock.now())
    await startImport(tx, id, 'contacts', { settings, leaseSeconds: LEASE_SECONDS })
    return id
  })
  return runContactImport(services, workspaceId, importId, signal)
}

/** From the stored position to the end, to a cancellation, or to the abort of the process; a rehearsal from the beginning. */
export async function runContactImport(
  services: Services,
  workspaceId: string,
  importId: string,
  signal: AbortSignal,
): Promise<ContactImportOutcome> {
  const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const read = () => run((tx) => readImport(tx, importId, 'contacts'))
  const row = await read()
  const settings = await prepareSettings(run, row)
  if (row.rehearsed) {
    await rehearseContacts(services, row, settings, signal)
    return outcomeOf(await read())
  }
  const ended = await runFile(
    services,
    { workspaceId, importId },
    {
      kind: 'contacts',
      rowsMax: BATCH_ROWS,
      read: (file, from) => readContacts(file.file_path, { mapping: settings.mapping, from }),
      refusal: ({ row: last }: ReadContact) => (last.kind === 'refused' ? last.problem : null),
      take: (tx, current, batch, room) => takeBatch(services, tx, current, { settings, rows: batch, room }),
    },
    signal,
  )
  return outcomeOf(ended)
}

/** A guess is written down, so that an import that goes on later reads the file as it began. */
async function prepareSettings(
  run: <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>,
  row: ImportRow,
): Promise<ContactImportSettings> {
  const settings = requireSettings(row.settings)
  if (settings.mapping && settings.rowsEstimated !== undefined) return settings
  const inspection = await inspectContacts(row.file_path, { mapping: settings.mapping })
  if (inspection.problems.some(({ refuses }) => refuses)) return settings
  const known = { ...settings, mapping: inspection.mapping, rowsEstimated: inspection.rowsEstimated }
  await run((tx) =>
    tx.sql
      .updateTable('import')
      .set({ settings: JSON.stringify(known) })
      .where('workspace_id', '=', tx.workspaceId)
      .where('import_id', '=', row.import_id)
      .execute(),
  )
  return known
}

const outcomeOf = (row: ImportRow): ContactImportOutcome => ({
  state: row.state,
  problem: row.failure as ImportProblem | null,
  rows: Number(row.rows),
  rejected: Number(row.rejected),
  counts: { ...NO_COUNTS, ...(row.counts as Partial<ContactCounts>) },
})
