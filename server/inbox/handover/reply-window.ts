import { sql } from 'kysely'
import { connectorOf } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Services } from '../../platform/services.ts'
import type { ConversationRow } from '../conversation.ts'

/** Some networks take private answers only for a while after the customer's last message. */
export async function refuseAfterWindow(
  services: Services,
  tx: WorkspaceTransaction,
  { network }: { network: string },
  conversation: ConversationRow | undefined,
): Promise<void> {
  const hours = connectorOf(services, network)?.capabilities.private?.replyWindowHours
  if (!hours) return
  const { rows } = await sql<{ at: Date | null }>`
    select max(cp.published_at) as at from conversation_post cp
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id and p.visibility = 'private'
        and p.network = ${network}
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = ${conversation?.conversation_id ?? ''}
      and cp.direction = 'in'`.execute(tx.sql)
  const until = (rows[0]?.at?.getTime() ?? 0) + hours * 3_600_000
  if (until < services.clock.now().getTime())
    throw new Conflict('reply-window-over', { hours, until: new Date(until).toISOString() })
}
