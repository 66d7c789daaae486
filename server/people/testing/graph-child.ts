// Acts on the graph until it is killed. Told where by its parent.
import type pg from 'pg'
import { openDatabase } from '../../platform/database.ts'
import { actAtRandom } from './graph-acting.ts'

export interface GraphTask {
  connection: pg.ClientConfig
  workspaceId: string
}

/** Acts that run beside each other. */
const HANDS = 2

process.once('message', (task) => void work(task as GraphTask))
// A parent that is gone needs no child.
process.on('disconnect', () => process.exit())

async function work({ connection, workspaceId }: GraphTask): Promise<void> {
  const database = await openDatabase(connection, HANDS)
  process.send?.('begins')
  await Promise.all(
    Array.from({ length: HANDS }, async () => {
      for (;;) await actAtRandom(database, workspaceId)
    }),
  )
}
