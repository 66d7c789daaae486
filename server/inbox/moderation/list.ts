import { type Selectable, type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { moderation as contract, ModerationActView } from '../../../contract/inbox-moderation.ts'
import { MODERATION_ACTIONS, type ModerationReason, type NotBegun } from '../../../contract/moderation-words.ts'
import { authorBriefs } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { DB } from '../../platform/database-types.generated.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { Services } from '../../platform/services.ts'
import { isUndoable, type Leads } from './asking.ts'
import { isOpenTo, readPolicy } from './policy.ts'
import { ABOUT_AUTHORS, accountFor, loadTargets, ownAccounts } from './targets.ts'

type Row = Selectable<DB['moderation']> & {
  source_name: string
  snippet: string | null
  conversation_id: string | null
}
type ListInput = z.output<NonNullable<(typeof contract.list)['~orpc']['inputSchema']>>
type OfPosts = z.output<NonNullable<(typeof contract.ofPosts)['~orpc']['outputSchema']>>

const SNIPPET_CHARACTERS = 200
const STANDING = sql<SqlBool>`m.state in ('queued', 'doing', 'done', 'undoing')`
const ENDED = sql<SqlBool>`m.state in ('refused', 'unknown', 'undone')`

/** Newest first. Served by moderation_newest, with an author by moderation_author. */
export async function listModeration(tx: WorkspaceTransaction, input: ListInput) {
  const conditions = [sql<SqlBool>`m.workspace_id = ${tx.workspaceId}`]
  if (input.authorId) conditions.push(sql`m.author_id = ${input.authorId}`)
  if (input.batchId) conditions.push(sql`m.batch_id = ${input.batchId}`)
  if (input.standing) conditions.push(input.standing === 'yes' ? STANDING : ENDED)
  const cursor = readCursor(input.after, 2)
  if (cursor) conditions.push(sql`(m.asked_at, m.moderation_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows = await load(
    tx,
    sql`where ${sql.join(conditions, sql` and `)} order by m.asked_at desc, m.moderation_id desc limit ${input.limit + 1}`,
  )
  const page = pageOf(rows, input.limit, (row) => writeCursor(row.asked_at, row.moderation_id))
  return { items: await present(tx, page.items), nextCursor: page.nextCursor }
}

/** What stands of each post or of who wrote it, and what may be done now. Served by moderation_post and moderation_author. */
export async function moderationOfPosts(
  services: Services,
  tx: WorkspaceTransaction,
  postIds: string[],
  { leads, mayAct }: { leads: Leads; mayAct(sourceId: string): boolean },
): Promise<OfPosts> {
  const targets = await loadTargets(tx, postIds)
  const authorIds = [...new Set([...targets.values()].map(({ authorId }) => authorId))]
  const rows = [
    ...(await load(
      tx,
      sql`where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${postIds}::uuid[]) and ${STANDING}`,
    )),
    ...(await load(
      tx,
      sql`where m.workspace_id = ${tx.workspaceId} and m.author_id = any(${authorIds}::uuid[]) and ${STANDING}
        and m.action in ('block', 'mute')`,
    )),
  ]
  const standing = await present(tx, [...new Map(rows.map((row) => [row.moderation_id, row])).values()])
  const accounts = await ownAccounts(tx)
  const policy = await readPolicy(tx)
  return {
    items: [...targets.values()].map((target) => {
      const own = standing.filter((act) =>
        ABOUT_AUTHORS.includes(act.action) ? act.author.authorId === target.authorId : act.postId === target.postId,
      )
      const possible = MODERATION_ACTIONS.map((action) => {
        const account = accountFor(services, target, action, accounts, mayAct)
        const because: NotBegun | null =
          typeof account === 'string'
            ? account
            : own.some((act) => act.action === action)
              ? 'already'
              : isOpenTo(policy.get(action), leads(account.sourceId))
                ? null
                : 'policy'
        return { action, because }
      })
      return { postId: target.postId, possible, standing: own }
    }),
  }
}

async function load(tx: WorkspaceTransaction, where: ReturnType<typeof sql>): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select m.*, s.name as source_name,
      (select left(p.text, ${SNIPPET_CHARACTERS}) from post p where p.workspace_id = m.workspace_id
        and p.post_id = m.post_id and p.deleted_at is null) as snippet,
      (select cp.conversation_id from conversation_post cp where cp.workspace_id = m.workspace_id
        and cp.post_id = m.post_id order by cp.conversation_id limit 1) as conversation_id
    from moderation m join source s on s.workspace_id = m.workspace_id and s.source_id = m.source_id ${where}`.execute(
    tx.sql,
  )
  return rows
}

async function present(tx: WorkspaceTransaction, rows: Row[]): Promise<ModerationActView[]> {
  const authors = await authorBriefs(tx, [...new Set(rows.map((row) => row.author_id))])
  return rows.flatMap((row) => {
    const author = authors.get(row.author_id)
    if (!author) return []
    return [
      {
        moderationId: row.moderation_id,
        batchId: row.batch_id,
        action: row.action as ModerationActView['action'],
        state: row.state as ModerationActView['state'],
        failure: row.failure,
        postId: row.post_id,
        snippet: row.snippet,
        conversationId: row.conversation_id,
        author,
        sourceId: row.source_id,
        sourceName: row.source_name,
        reason: row.reason as ModerationReason,
        note: row.note,
        askedBy: { kind: row.asked_by_kind as ModerationActView['askedBy']['kind'], id: row.asked_by },
        askedAt: row.asked_at,
        doneAt: row.done_at,
        undoneAt: row.undone_at,
        undoable: isUndoable(row),
      },
    ]
  })
}
