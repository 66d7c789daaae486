import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { LEASE_SECONDS, playDrill } from './playing.ts'
import type { House } from './sandbox.ts'

const LOOK_MS = 1_000
/** Each is a process of its own with some hundred posts. */
const AT_ONCE_MAX = 3

export const drillLoop = (house: House): Loop => ({
  name: 'crisis.drills',
  async run(services, signal) {
    const running = new Set<Promise<void>>()
    while (!signal.aborted) {
      const due = await takeDue(services, AT_ONCE_MAX - running.size).catch((error: unknown) => {
        services.log.error({ err: error }, 'could not look for drills')
        return []
      })
      for (const place of due) {
        const drill: Promise<void> = playDrill(services, house, place, signal)
          .catch((error: unknown) => services.log.error({ err: error, ...place }, 'a drill could not be ended'))
          .finally(() => running.delete(drill))
        running.add(drill)
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    }
    await Promise.all(running)
  },
})

async function takeDue(services: Services, atMost: number): Promise<{ home: string; drillId: string }[]> {
  if (atMost <= 0) return []
  const { rows } = await sql<{ workspace_id: string; drill_id: string }>`
    select * from system.take_due_drills(${LEASE_SECONDS}, ${atMost})`.execute(services.database.system)
  return rows.map((row) => ({ home: row.workspace_id, drillId: row.drill_id }))
}
