import type { ContactImportSettings } from '../../../contract/people-contact-imports.ts'
import { createImport, describeFile, LEASE_SECONDS, readImport, startImport } from '../../imports/index.ts'
import type { Actor } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { runContactImport } from './import-run.ts'
import type { Rehearsal } from './rehearsal.ts'

export { isContactField } from './contact-columns.ts'
export { importContacts } from './import-run.ts'
export { inspectContacts } from './reading.ts'

/** What would become of each row; the file stays where it is, and nothing else is left of it. */
export async function rehearseFile(
  services: Services,
  given: { workspaceId: string; file: string; actor: Actor; settings: ContactImportSettings },
): Promise<{ rehearsal: Rehearsal | null; problem: { code: string; message: string } | null }> {
  const { workspaceId, actor, settings } = given
  const described = await describeFile(given.file)
  const run = <T>(work: Parameters<typeof services.database.inWorkspace<T>>[2]) =>
    services.database.inWorkspace(workspaceId, actor, work)
  const importId = await run(async (tx) => {
    const id = await createImport(tx, 'contacts', described, services.clock.now())
    await startImport(tx, id, 'contacts', { settings, rehearsed: true, leaseSeconds: LEASE_SECONDS })
    return id
  })
  await runContactImport(services, workspaceId, importId, new AbortController().signal)
  return run(async (tx) => {
    const row = await readImport(tx, importId, 'contacts')
    await tx.sql
      .deleteFrom('import')
      .where('workspace_id', '=', tx.workspaceId)
      .where('import_id', '=', importId)
      .execute()
    return {
      rehearsal: row.rehearsal as Rehearsal | null,
      problem: row.failure as { code: string; message: string } | null,
    }
  })
}
