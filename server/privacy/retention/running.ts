import { forgetExpired, type KeptDays } from '../../listening/index.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { RetentionKind } from '../../platform/retention.ts'
import type { Services } from '../../platform/services.ts'
import { daysOf } from './rules.ts'

const DAY_MS = 86_400_000
/** Of one kind in one run; the rest goes with the next, within the hour. */
const BATCHES_MAX = 500

/**
 * Every kind by its rule, in small batches, each its own transaction. Listening runs its own kinds, because it counts days
 * before posts go. One workspace or kind that fails does not let the others keep what has to go.
 */
export async function runRetention(
  services: Services,
  kinds: readonly RetentionKind[],
  workspaceIds: string[],
): Promise<void> {
  const daysIn = (workspaceId: string) => services.database.inWorkspace(workspaceId, SYSTEM, (tx) => daysOf(tx, kinds))
  await forgetExpired(services, workspaceIds, async (workspaceId) => keptDays(await daysIn(workspaceId)))
  for (const workspaceId of workspaceIds)
    try {
      const days = await daysIn(workspaceId)
      for (const kind of kinds) await runKind(services, workspaceId, kind, days.get(kind.kind) ?? kind.defaultDays)
    } catch (error) {
      services.log.error({ err: error, workspaceId }, 'retention rules failed, will be tried again within the hour')
    }
}

const keptDays = (days: Map<string, number>): Partial<KeptDays> =>
  Object.fromEntries(
    (['authors', 'quarantine', 'uploads', 'rejections'] as const).flatMap((kind) => {
      const value = days.get(kind)
      return value === undefined ? [] : [[kind, value]]
    }),
  )

async function runKind(services: Services, workspaceId: string, kind: RetentionKind, days: number): Promise<void> {
  const { step } = kind
  if (!step) return
  const before = new Date(services.clock.now().getTime() - days * DAY_MS)
  let rows = 0
  try {
    for (let batch = 0; batch < BATCHES_MAX; batch++) {
      const some = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => step(tx, before, services))
      rows += some
      if (some === 0) break
    }
  } catch (error) {
    services.log.error(
      { err: error, workspaceId, kind: kind.kind },
      'a retention rule failed, will be tried again within the hour',
    )
  }
  if (rows > 0) services.log.info({ workspaceId, kind: kind.kind, rows }, 'a retention rule has run')
}
