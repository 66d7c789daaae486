// Takes in numbered batches through a poll, from the stored cursor on, until it is finished or killed. Told what by its parent.
import type pg from 'pg'
import type { Connector } from '../server/connectors/index.ts'
import { replaceConnectors } from '../server/listening/index.ts'
import { pollSource } from '../server/listening/source-poll.ts'
import { systemClock } from '../server/platform/clock.ts'
import { readConfig } from '../server/platform/config.ts'
import { openDatabase } from '../server/platform/database.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { createLog } from '../server/platform/log.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import type { Services } from '../server/platform/services.ts'
import { inventedPost } from './invented-posts.ts'

interface ChildTask {
  connection: pg.ClientConfig
  home: string
  workspaceId: string
  sourceId: string
  batches: { count: number; size: number }
}

process.once('message', (task) => void takeAll(task as ChildTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function takeAll({ connection, home, workspaceId, sourceId, batches }: ChildTask): Promise<void> {
  const services: Services = {
    config: readConfig({ RAPPORT_HOME: home, RAPPORT_LOG: 'error' }),
    database: await openDatabase(connection, 4),
    log: createLog('error'),
    clock: systemClock,
    secrets: openSecrets(home),
  }
  replaceConnectors(services, [numbered(batches)])
  const next = async () =>
    services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const row = await tx.sql
        .selectFrom('source')
        .select('cursor')
        .where('source_id', '=', sourceId)
        .executeTakeFirst()
      return Number((row?.cursor as { next?: number } | null)?.next ?? 0)
    })
  process.send?.('begins')
  while ((await next()) < batches.count) await pollSource(services, workspaceId, sourceId, new AbortController().signal)
  process.send?.('finished', () => process.exit())
}

const numbered = ({ count, size }: ChildTask['batches']): Connector => ({
  network: 'bench',
  capabilities: {
    open: true,
    hears: 'poll',
    speaks: false,
    tellsDeletions: false,
    tellsEdits: true,
    findsByKey: false,
    textCharactersMax: null,
    pictures: null,
    pollEverySeconds: 60,
    resumes: true,
  },
  parseSettings: () => ({ ok: true, value: {} }),
  parseCredentials: () => ({ ok: true, value: null }),
  check: async () => ({ ok: true, value: { name: 'bench', author: null, settings: {} } }),
  poll: async (_connection, cursor) => {
    const next = Number(cursor?.next ?? 0)
    const items = next < count ? Array.from({ length: size }, (_, index) => inventedPost(next * size + index)) : []
    return { ok: true, value: { items, cursor: { next: next + 1 }, more: next + 1 < count } }
  },
})
