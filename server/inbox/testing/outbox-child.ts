// A worker that sends what is due until it is killed. Told where by its parent.
import type pg from 'pg'
import { systemClock } from '../../platform/clock.ts'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import { createLog } from '../../platform/log.ts'
import { openSecrets } from '../../platform/secrets.ts'
import type { Services } from '../../platform/services.ts'
import { drainSubscriptions } from '../../platform/subscriptions.ts'
import { echoSubscription, LIMITS, type Limits, runOutbox } from '../../publishing/index.ts'
import { answerGuard, deliveriesSubscription, postsSubscription } from '../index.ts'

export interface OutboxTask {
  connection: pg.ClientConfig
  home: string
  limits: Partial<Limits>
}

process.once('message', (task) => void work(task as OutboxTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, home, limits }: OutboxTask): Promise<void> {
  const services: Services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'silent', RAPPORT_ALLOW_PRIVATE: '127.0.0.0/8,::1/128' }),
    database: await openDatabase(connection, 6),
    log: createLog('silent'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  const subscriptions = [echoSubscription, postsSubscription, deliveriesSubscription].map((one) => one(services))
  process.send?.('begins')
  const never = new AbortController().signal
  const sending = runOutbox({ services, guard: answerGuard, limits: { ...LIMITS, ...limits } }, never)
  // The subscribers die with the worker too.
  const following = (async () => {
    for (;;) {
      await drainSubscriptions(services.database, subscriptions)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
  await Promise.all([sending, following])
}
