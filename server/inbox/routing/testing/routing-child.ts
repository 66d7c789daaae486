// A worker that routes what is due, until it is killed. Told where by its parent.
import type pg from 'pg'
import { systemClock } from '../../../platform/clock.ts'
import { readConfig } from '../../../platform/config.ts'
import { openDatabase } from '../../../platform/database.ts'
import { createLog } from '../../../platform/log.ts'
import { openSecrets } from '../../../platform/secrets.ts'
import { drainSubscriptions } from '../../../platform/subscriptions.ts'
import { routingSubscription } from '../subscription.ts'

export interface RoutingTask {
  connection: pg.ClientConfig
  home: string
}

process.once('message', (task) => void work(task as RoutingTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home }: RoutingTask): Promise<void> {
  const database = await openDatabase(connection, 2)
  const services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent' }),
    database,
    log: createLog('silent'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  const reach = { webhooks: async () => new Map<string, string>(), proposeCrisis: null }
  await drainSubscriptions(database, [routingSubscription(services, reach)])
}
