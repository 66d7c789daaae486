import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import type { Subscription } from '../../platform/subscriptions.ts'
import type { Answering } from './answering.ts'
import { conversationsOf, lockApproval } from './approval.ts'
import { endApproval } from './ending.ts'
import { revokeGuestsOfGone } from './guest-links.ts'

const POLL_MS = 10_000
const AT_ONCE = 200
const BY_ITSELF = { kind: 'system', id: null } as const

const SPOKEN = ['conversation.continued', 'conversation.answered-elsewhere', 'answer.queued']

/**
 * Somebody spoke: what was written before that is no answer any more, and whoever wrote it is told what is new. Somebody went:
 * whom they invited sees nothing any more.
 */
export const staleSubscription = ({ clock }: Services, answering: Answering): Subscription => ({
  name: 'publishing.approvals',
  types: [...SPOKEN, 'member.changed'],
  handle: async (tx, events) => {
    const changed = events.filter(({ type }) => type === 'member.changed')
    if (changed.length > 0)
      await revokeGuestsOfGone(
        tx,
        changed.map(({ subjects }) => String(subjects.memberId)),
        clock.now(),
      )
    const spoken = events.filter(({ type }) => SPOKEN.includes(type))
    const ids = [...new Set(spoken.map(({ subjects }) => String(subjects.conversationId)))]
    if (ids.length === 0) return
    const { rows } = await sql<{ approval_id: string }>`
      select distinct a.approval_id from approval_conversation c
        join approval a on a.workspace_id = c.workspace_id and a.approval_id = c.approval_id
      where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${ids}::uuid[]) and a.state = 'open'
      order by a.approval_id`.execute(tx.sql)
    for (const { approval_id } of rows) {
      const row = await lockApproval(tx, approval_id)
      if (row.state !== 'open' || (await answering.isCurrent(tx, await conversationsOf(tx, approval_id)))) continue
      await endApproval(answering, tx, row, { state: 'stale', by: BY_ITSELF })
    }
  },
})

export async function runExpiry(services: Services, answering: Answering, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await expireApprovals(services, answering).catch((error: unknown) =>
      services.log.error({ err: error }, 'could not end approvals'),
    )
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** Ends what nobody decided in time, on the database's clock. Returns how many. */
export async function expireApprovals(services: Services, answering: Answering): Promise<number> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_expired_approvals() as w(workspace_id)`.execute(services.database.system)
  let ended = 0
  for (const { workspace_id } of rows)
    ended += await services.database.inWorkspace(workspace_id, SYSTEM, async (tx) => {
      const due = await tx.sql
        .selectFrom('approval')
        .selectAll()
        .where('workspace_id', '=', tx.workspaceId)
        .where('state', '=', 'open')
        .where('expires_at', '<=', sql<Date>`now()`)
        .orderBy('approval_id')
        .limit(AT_ONCE)
        .forUpdate()
        .skipLocked()
        .execute()
      for (const row of due) await endApproval(answering, tx, row, { state: 'expired', by: BY_ITSELF })
      return due.length
    })
  return ended
}
