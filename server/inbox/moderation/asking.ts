import { sql } from 'kysely'
import type { ModeratingAction, ModerationReason, NotBegun } from '../../../contract/moderation-words.ts'
import { keepPosts } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { mayAtSource } from '../../platform/reach.ts'
import type { Services } from '../../platform/services.ts'
import { isOpenTo, readPolicy } from './policy.ts'
import { accountFor, loadTargets, newestOf, type OwnAccount, ownAccounts, type Target } from './targets.ts'

export interface Asked {
  action: ModeratingAction
  targets: { postIds: string[] } | { conversationIds: string[] }
  reason: ModerationReason
  note: string
}

export interface Outcome {
  postId: string | null
  conversationId: string | null
  moderationId: string | null
  because: NotBegun | null
}

/** Who decides more than a moderator may, at a source. */
export type Leads = (sourceId: string) => boolean

/**
 * Asks for one act on each target; the worker does them one after the other (carrying-out.ts). What stands already is
 * not asked for again: the unique keys of `moderation` say so also of two who ask at once.
 */
export async function askModeration(
  services: Services,
  tx: WorkspaceTransaction,
  asked: Asked,
  leads: Leads,
): Promise<{ batchId: string; items: Outcome[] }> {
  const batchId = newId()
  const wanted = await postsOf(tx, asked.targets)
  const targets = await loadTargets(
    tx,
    wanted.flatMap(({ postId }) => postId ?? []),
  )
  const accounts = await ownAccounts(tx)
  const mayAct = (sourceId: string) => mayAtSource(tx, sourceId)
  const who = (await readPolicy(tx)).get(asked.action)
  const items: Outcome[] = []
  for (const { postId, conversationId } of wanted) {
    const target = postId ? targets.get(postId) : undefined
    const account = target ? accountFor(services, target, asked.action, accounts, mayAct) : 'not-found'
    const begun =
      typeof account === 'string' || !target
        ? (account as NotBegun)
        : isOpenTo(who, leads(account.sourceId))
          ? await begin(tx, batchId, asked, target, account, services.clock.now())
          : 'policy'
    items.push({
      postId,
      conversationId: conversationId ?? target?.conversationId ?? null,
      moderationId: typeof begun === 'string' ? null : begun.moderationId,
      because: typeof begun === 'string' ? begun : null,
    })
  }
  return { batchId, items }
}

async function postsOf(
  tx: WorkspaceTransaction,
  targets: Asked['targets'],
): Promise<{ postId: string | null; conversationId: string | null }[]> {
  if ('postIds' in targets) return [...new Set(targets.postIds)].map((postId) => ({ postId, conversationId: null }))
  const ids = [...new Set(targets.conversationIds)]
  const newest = await newestOf(tx, ids)
  return ids.map((conversationId) => ({ postId: newest.get(conversationId) ?? null, conversationId }))
}

async function begin(
  tx: WorkspaceTransaction,
  batchId: string,
  { action, reason, note }: Asked,
  target: Target,
  account: OwnAccount,
  now: Date,
): Promise<{ moderationId: string } | 'already'> {
  const moderationId = newId()
  const { rows } = await sql`
    insert into moderation (workspace_id, moderation_id, batch_id, action, source_id, post_id, author_id, reason, note,
      asked_by_kind, asked_by, asked_at, state, due_at)
    values (${tx.workspaceId}, ${moderationId}, ${batchId}, ${action}, ${account.sourceId}, ${target.postId},
      ${target.authorId}, ${reason}, ${note}, ${tx.actor.kind}, ${tx.actor.id}, ${now}, 'queued', now())
    on conflict do nothing returning moderation_id`.execute(tx.sql)
  if (rows.length === 0) return 'already'
  await keepPosts(tx, [target.postId], 'conversation')
  tx.record({
    type: 'moderation.asked',
    subjects: subjectsOf(moderationId, target),
    codes: { action, reason },
    ...(note === '' ? {} : { content: { reason: note } }),
  })
  return { moderationId }
}

const subjectsOf = (moderationId: string, { postId, conversationId }: Target): Record<string, string> => ({
  moderationId,
  post: postId,
  ...(conversationId ? { conversationId } : {}),
})

export type NotUndone = 'not-found' | 'not-undoable' | 'not-at-this-source' | 'policy'

/**
 * What is done is taken back by the worker; what still waits is simply not done. An act that is kept for leads, or switched off
 * since, leads take back.
 */
export async function askUndo(
  tx: WorkspaceTransaction,
  moderationIds: string[],
  now: Date,
  leads: Leads,
): Promise<{ moderationId: string; because: NotUndone | null }[]> {
  const ids = [...new Set(moderationIds)]
  const rows = await tx.sql
    .selectFrom('moderation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('moderation_id', 'in', ids)
    .orderBy('moderation_id')
    .forUpdate()
    .execute()
  const known = new Map(rows.map((row) => [row.moderation_id, row]))
  const policy = await readPolicy(tx)
  const isTheirs = ({ action, source_id }: { action: string; source_id: string }) =>
    leads(source_id) || isOpenTo(policy.get(action as ModeratingAction), false)
  const items: { moderationId: string; because: NotUndone | null }[] = []
  for (const moderationId of ids) {
    const row = known.get(moderationId)
    const because = !row
      ? 'not-found'
      : !mayAtSource(tx, row.source_id)
        ? 'not-at-this-source'
        : isUndoable(row)
          ? isTheirs(row)
            ? null
            : 'policy'
          : 'not-undoable'
    items.push({ moderationId, because })
    if (!row || because) continue
    const waits = row.state === 'queued'
    await sql`
      update moderation set state = ${waits ? 'undone' : 'undoing'}, due_at = ${waits ? null : sql`now()`}, attempts = 0,
        lease_token = null, failure = null, undone_at = ${waits ? now : null}
      where workspace_id = ${tx.workspaceId} and moderation_id = ${moderationId}`.execute(tx.sql)
    tx.record({
      type: waits ? 'moderation.undone' : 'moderation.undo-asked',
      subjects: { moderationId },
      codes: { action: row.action },
    })
  }
  return items
}

/** A row that a worker holds (`attempts` above zero while queued) may be under way: it is undone once it is done. */
export const isUndoable = (row: { state: string; undo_reference: string | null; attempts: number }): boolean =>
  (row.state === 'done' && row.undo_reference !== null) || (row.state === 'queued' && row.attempts === 0)
