// A worker that takes a file of contacts in until it is killed. Told where by its parent.
import type pg from 'pg'
import { systemClock } from '../../../platform/clock.ts'
import { readConfig } from '../../../platform/config.ts'
import { openDatabase } from '../../../platform/database.ts'
import { createLog } from '../../../platform/log.ts'
import { openSecrets } from '../../../platform/secrets.ts'
import { runContactImport } from '../import-run.ts'

export interface ImportTask {
  connection: pg.ClientConfig
  home: string
  workspaceId: string
  importId: string
}

process.once('message', (task) => void work(task as ImportTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home, workspaceId, importId }: ImportTask): Promise<void> {
  const services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent' }),
    database: await openDatabase(connection, 2),
    log: createLog('silent'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  await runContactImport(services, workspaceId, importId, new AbortController().signal)
  process.exit()
}
