import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import type { Subscription } from '../../platform/subscriptions.ts'
import { CLOCK_EVENT_TYPES, type CrisesOf } from './facts.ts'
import { keepClocks } from './keeping.ts'
import { askForRecount, type Keeping, oneByOne, recountSome } from './recount.ts'
import { remindSome } from './reminders.ts'

const POLL_MS = 2_000
const AT_ONCE = 100
/** One that cannot be read is passed over for so long, so that it keeps nobody else waiting. */
const PASSED_OVER_MS = 10 * 60_000

/** A crisis began or ended: what is open stands still, or goes on. */
const CRISIS_TURNS = ['crisis.declared', 'crisis.ended']

/** Everything that happens to a conversation moves its clocks, together with what it does to lists and figures. */
export const clockSubscription = ({ clock }: Services, crisesOf: CrisesOf): Subscription => ({
  name: 'inbox.clocks',
  types: [
    'conversation.opened',
    'conversation.continued',
    'conversation.answered-elsewhere',
    ...CLOCK_EVENT_TYPES,
    ...CRISIS_TURNS,
  ],
  handle: async (tx, events) => {
    const now = clock.now()
    const ids = events.flatMap(({ subjects: { conversationId } }) =>
      typeof conversationId === 'string' ? [conversationId] : [],
    )
    await keepClocks(tx, ids, now, crisesOf)
    if (events.some(({ type }) => CRISIS_TURNS.includes(type))) await askForRecount(tx, now)
  },
})

/** What is due though nothing happens: steps of ladders, waits that become late, reminders; and what is read anew. */
export const runClocks = (crisesOf: CrisesOf) => async (services: Services, signal: AbortSignal) => {
  while (!signal.aborted) {
    await watchClocks(services, crisesOf).catch((error: unknown) =>
      services.log.error({ err: error }, 'could not watch the clocks'),
    )
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/**
 * A stretch for each workspace in which anything is due; what fails in one keeps no other waiting. Returns how many
 * conversations and reminders there were.
 */
export async function watchClocks(services: Services, crisesOf: CrisesOf): Promise<number> {
  const now = services.clock.now()
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_due_clocks(${now}) as w(workspace_id)`.execute(services.database.system)
  let done = 0
  for (const { workspace_id } of rows) {
    const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
      services.database.inWorkspace(workspace_id, SYSTEM, work)
    const stretches = [
      () => inWorkspace((tx) => remindSome(tx, now)),
      () => lookAtDue({ services, inWorkspace, now, crisesOf }),
      () => recount({ services, inWorkspace, now, crisesOf }),
    ]
    for (const stretch of stretches)
      done += await stretch().catch((error: unknown) => {
        services.log.error({ err: error, workspaceId: workspace_id }, 'could not watch the clocks of a workspace')
        return 0
      })
  }
  return done
}

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

interface Watch {
  services: Services
  inWorkspace: InWorkspace
  now: Date
  crisesOf: CrisesOf
}

async function lookAtDue({ services: { log }, inWorkspace, now, crisesOf }: Watch): Promise<number> {
  const look = (atOnce: number) =>
    inWorkspace(async (tx) => {
      const ids = await dueOnes(tx, now, atOnce)
      await keepClocks(tx, ids, now, crisesOf)
      return ids.length
    })
  try {
    return await look(AT_ONCE)
  } catch (error) {
    log.error({ err: error }, 'could not look at some clocks, one at a time now')
  }
  for (const conversationId of await inWorkspace((tx) => dueOnes(tx, now, AT_ONCE)))
    await inWorkspace((tx) => keepClocks(tx, [conversationId], now, crisesOf)).catch((error: unknown) => {
      log.error({ err: error, conversationId }, 'passed over the clocks of a conversation')
      return inWorkspace((tx) => passOver(tx, conversationId, now))
    })
  return 0
}

async function recount({ services: { log }, inWorkspace, now, crisesOf }: Watch): Promise<number> {
  const keep: Keeping = (tx, ids) => keepClocks(tx, ids, now, crisesOf)
  try {
    return await inWorkspace((tx) => recountSome(tx, keep))
  } catch (error) {
    log.error({ err: error }, 'could not read some clocks anew, one at a time now')
  }
  const each = oneByOne(keep, (conversationId, error) =>
    log.error({ err: error, conversationId }, 'the clocks of a conversation were not read anew'),
  )
  return inWorkspace((tx) => recountSome(tx, each))
}

/** Held until the transaction ends: another worker takes the next ones (clock_watch_next). */
async function dueOnes(tx: WorkspaceTransaction, now: Date, atOnce: number): Promise<string[]> {
  const rows = await tx.sql
    .selectFrom('clock_watch')
    .select('conversation_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(atOnce)
    .forUpdate()
    .skipLocked()
    .execute()
  return rows.map((row) => row.conversation_id)
}

async function passOver(tx: WorkspaceTransaction, conversationId: string, now: Date): Promise<void> {
  await tx.sql
    .updateTable('clock_watch')
    .set({ look_at: new Date(now.getTime() + PASSED_OVER_MS) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .execute()
}
