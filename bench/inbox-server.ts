// The web side or the worker side of an installation, as a process of its own. Told which by its parent.

import path from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import type pg from 'pg'
import { contract } from '../contract/index.ts'
import { takeFromSource } from '../server/listening/intake.ts'
import { callerOf, createLive, modules, subscriptions } from '../server/modules.ts'
import { systemClock } from '../server/platform/clock.ts'
import { readConfig } from '../server/platform/config.ts'
import { openDatabase } from '../server/platform/database.ts'
import { createHttpApp } from '../server/platform/http.ts'
import { createLog } from '../server/platform/log.ts'
import { createMetrics } from '../server/platform/metrics.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import type { Services } from '../server/platform/services.ts'
import { runSubscriptions } from '../server/platform/subscriptions.ts'
import { visitOf } from '../server/proofs/index.ts'
import { inventedPost } from './invented-posts.ts'

export interface ServerTask {
  side: 'web' | 'worker'
  connection: pg.ClientConfig
  home: string
  workspaceId: string
  sourceId: string
  /** Taken in by the worker. */
  postsPerSecond: number
  firstPost: number
}

const BATCHES_PER_SECOND = 10

process.once('message', (task) => void begin(task as ServerTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function begin(task: ServerTask): Promise<void> {
  const services: Services = {
    config: readConfig({ RAPPORT_HOME: task.home, RAPPORT_LOG: 'error', RAPPORT_BLUESKY_STREAM: 'off' }),
    database: await openDatabase(task.connection, 10),
    log: createLog('error'),
    clock: systemClock,
    secrets: openSecrets(task.home),
  }
  const { signal } = new AbortController()
  if (task.side === 'worker') return work(services, task, signal)
  const app = createHttpApp({
    services,
    modules,
    contract,
    callerOf,
    visitOf,
    webFolder: path.join(task.home, 'no-web'),
    live: createLive(services, signal),
    metrics: createMetrics({ database: services.database, subscribers: [] }),
  })
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.({ port: typeof address === 'object' ? address?.port : null })
  })
}

/** Intake at a steady rate, and the subscribers that make conversations of it. */
async function work(services: Services, task: ServerTask, signal: AbortSignal): Promise<void> {
  const { database, clock, log } = services
  void runSubscriptions({ database, subscriptions: subscriptions(services), clock, log, signal })
  const size = Math.max(1, Math.round(task.postsPerSecond / BATCHES_PER_SECOND))
  let taken = 0
  process.on('message', () => process.send?.({ taken }))
  process.send?.({ begun: true })
  for (let next = task.firstPost, due = performance.now(); ; next += size, due += 1_000 / BATCHES_PER_SECOND) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
    const items = Array.from({ length: size }, (_, index) => inventedPost(next + index)).map((item) =>
      item.kind === 'post' ? { ...item, post: { ...item.post, publishedAt: new Date() } } : item,
    )
    await takeFromSource(services, items, {
      workspaceId: task.workspaceId,
      sourceId: task.sourceId,
      name: 'bench',
      keepsEverything: true,
      tellsEdits: false,
    })
    taken += size
  }
}
