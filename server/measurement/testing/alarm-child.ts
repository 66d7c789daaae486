// A worker that looks at a workspace once, at the time that it is told, and may be killed at it. Told by its parent.
import type pg from 'pg'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import { createLog } from '../../platform/log.ts'
import { openSecrets } from '../../platform/secrets.ts'
import { lookAtWorkspace } from '../alarms/watching.ts'

export interface LookTask {
  connection: pg.ClientConfig
  home: string
  workspaceId: string
  now: string
}

process.once('message', (task) => void work(task as LookTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home, workspaceId, now }: LookTask): Promise<void> {
  const services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent' }),
    database: await openDatabase(connection, 3),
    log: createLog('silent'),
    clock: { now: () => new Date(now) },
    secrets: openSecrets(home),
  }
  await lookAtWorkspace(services, workspaceId)
}
