// A worker that runs waiting audits until it is killed. Told where by its parent.
import type pg from 'pg'
import { systemClock } from '../../platform/clock.ts'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import { createLog } from '../../platform/log.ts'
import { openSecrets } from '../../platform/secrets.ts'
import { type RunLimits, runNextAudit } from '../running.ts'

export interface AuditTask {
  connection: pg.ClientConfig
  home: string
  limits: RunLimits
}

process.once('message', (task) => void work(task as AuditTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home, limits }: AuditTask): Promise<void> {
  const services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent' }),
    database: await openDatabase(connection, 3),
    log: createLog('silent'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  const never = new AbortController().signal
  while (!(await runNextAudit(services, never, limits))) await new Promise((resolve) => setTimeout(resolve, 20))
}
