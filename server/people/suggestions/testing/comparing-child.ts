// A process that compares everything until it is killed. Told where by its parent.
import type pg from 'pg'
import { systemClock } from '../../../platform/clock.ts'
import { readConfig } from '../../../platform/config.ts'
import { openDatabase } from '../../../platform/database.ts'
import { createLog } from '../../../platform/log.ts'
import { openSecrets } from '../../../platform/secrets.ts'
import { compareAll } from '../comparing.ts'

export interface ComparingTask {
  connection: pg.ClientConfig
  home: string
  workspaceId: string
}

process.once('message', (task) => void work(task as ComparingTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home, workspaceId }: ComparingTask): Promise<void> {
  const services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent' }),
    database: await openDatabase(connection, 4),
    log: createLog('silent'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  await compareAll(services, workspaceId, async () => new Set(), { walkedMax: 0 })
  process.exit()
}
