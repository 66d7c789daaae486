// A worker that erases what is ordered until it is killed. Told where by its parent.
import type pg from 'pg'
import { dataRegister } from '../../modules.ts'
import { systemClock } from '../../platform/clock.ts'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import { createLog } from '../../platform/log.ts'
import { openSecrets } from '../../platform/secrets.ts'
import type { Services } from '../../platform/services.ts'
import { runPrivacyWork } from '../working.ts'

export interface ErasingTask {
  connection: pg.ClientConfig
  home: string
}

process.once('message', (task) => void work(task as ErasingTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home }: ErasingTask): Promise<void> {
  const services: Services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent', RAPPORT_ALLOW_PRIVATE: '127.0.0.0/8,::1/128' }),
    database: await openDatabase(connection, 4),
    log: createLog('silent'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  process.send?.('begins')
  await runPrivacyWork(services, dataRegister(), new AbortController().signal)
}
