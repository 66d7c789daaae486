import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { StoredEvent } from '../../platform/event-log.ts'
import type { Subscription } from '../../platform/subscriptions.ts'
import { recountWaiting } from '../changing.ts'
import { lockConversations } from '../conversation.ts'

/**
 * What a person says of a post's sentiment decides whether it is on the list of negative ones; a newer model that reads
 * it otherwise does not, or posts would leave the list without anybody having looked.
 */
export const correctionsSubscription: Subscription = {
  name: 'inbox.corrections',
  types: ['post.labelled', 'post.label-taken-back'],
  handle: async (tx, events) => {
    for (const event of events) if (event.codes.what === 'sentiment') await correct(tx, event)
  },
}

async function correct(tx: WorkspaceTransaction, { subjects, actorKind, actorId }: StoredEvent): Promise<void> {
  const belonging = await tx.sql
    .selectFrom('conversation_post')
    .select('conversation_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', String(subjects.post))
    .execute()
  const ids = [
    ...(
      await lockConversations(
        tx,
        belonging.map((row) => row.conversation_id),
      )
    ).keys(),
  ]
  if (ids.length === 0) return
  await sql`
    update conversation_post cp set negative = p.sentiment is not distinct from 'negative'
    from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = ${String(subjects.post)}
      and cp.workspace_id = p.workspace_id and cp.post_id = p.post_id and cp.direction = 'in'`.execute(tx.sql)
  await recountWaiting(tx, ids, { how: 'not-negative' }, { kind: actorKind, id: actorId })
}
