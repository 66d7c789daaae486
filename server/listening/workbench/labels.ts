import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.ts'
import { holdPosts, requireAtSourcesOf } from '../holding.ts'
import { keepPosts } from '../speaking.ts'
import { releasePosts } from '../triage/label-keeping.ts'
import { sortPosts, takeBack } from '../triage/sorting.ts'
import { standingVerdicts } from '../triage/verdicts.ts'

type Side = 'for-us' | 'not-for-us'
const PASSED_ON_MAX = 100
/** A verdict on a text of the unmatched sample outlives the text by so much, then it tells nobody anything. */
const SAMPLED_LABELS_DAYS = 30
/** A verdict on a stored post keeps it beyond the short retention, but not for good. */
const POST_LABELS_DAYS = 180
const ENDED_AT_ONCE = 1_000

export interface Sorting {
  topicId: string
  subject: { postId: string } | { sampledId: string }
  /** Null takes back what was said. */
  verdict: Side | null
  /** The post was drawn at random and asked for. */
  asked: boolean
}

/** A mention's verdict is the one that sorting sees and learns from; for any other post it stands here until there is a mention. */
export async function sortDrawn(tx: WorkspaceTransaction, sorting: Sorting, at: Date): Promise<void> {
  const { topicId, subject, verdict, asked } = sorting
  await requireTopic(tx, topicId)
  if ('sampledId' in subject) {
    if (!(await isSampledHere(tx, subject.sampledId))) throw new NotFound('post-unknown')
    return writeLabel(tx, topicId, subject.sampledId, 'sampled', verdict, asked, at)
  }
  const { postId } = subject
  await requireAtSourcesOf(tx, [postId])
  const { rows } = await sql<{ mentioned: boolean }>`
    select exists (select from mention m where m.workspace_id = p.workspace_id and m.topic_id = ${topicId}
      and m.post_id = p.post_id) as mentioned
    from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = ${postId} and p.deleted_at is null`.execute(
    tx.sql,
  )
  const [post] = rows
  if (!post) throw new NotFound('post-unknown')
  if (!post.mentioned) return labelPost(tx, sorting, postId, at)
  await writeLabel(tx, topicId, postId, 'post', null, asked && verdict !== null, at)
  if (verdict !== null) await sortPosts(tx, topicId, [{ postId, side: verdict, reason: null, words: null }], [], at)
  else {
    const standing = await standingVerdicts(tx, [postId], topicId)
    await takeBack(
      tx,
      topicId,
      standing.map(({ verdictId }) => verdictId),
      at,
    )
  }
}

async function requireTopic(tx: WorkspaceTransaction, topicId: string): Promise<void> {
  const { rows } = await sql`select from topic where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
    and removed_at is null`.execute(tx.sql)
  if (rows.length === 0) throw new NotFound('topic-unknown')
}

/** Of a stream that the workspace hears. */
async function isSampledHere(tx: WorkspaceTransaction, sampledId: string): Promise<boolean> {
  if (!isId(sampledId)) return false
  const { rows } = await sql`
    select from system.stream_sample s join system.listening_change c on s.stream = any(c.streams)
    where s.sample_id = ${sampledId} and c.workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return rows.length > 0
}

async function labelPost(
  tx: WorkspaceTransaction,
  { topicId, verdict, asked }: Sorting,
  postId: string,
  at: Date,
): Promise<void> {
  await writeLabel(tx, topicId, postId, 'post', verdict, asked, at)
  if (verdict !== null) await keepPosts(tx, [postId], 'label')
  else await releasePosts(tx, [postId])
}

/** What was once drawn stays drawn, also when somebody sorts it again elsewhere. */
async function writeLabel(
  tx: WorkspaceTransaction,
  topicId: string,
  subjectId: string,
  subject: 'post' | 'sampled',
  side: Side | null,
  asked: boolean,
  at: Date,
): Promise<void> {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  await sql`
    insert into workbench_label as l (workspace_id, topic_id, subject_id, subject, side, asked, sorted_by, sorted_at)
    values (${tx.workspaceId}, ${topicId}, ${subjectId}, ${subject}, ${side}, ${asked}, ${by}, ${at})
    on conflict (workspace_id, topic_id, subject_id) do update set side = excluded.side, asked = l.asked or excluded.asked,
      sorted_by = excluded.sorted_by, sorted_at = excluded.sorted_at`.execute(tx.sql)
}

export interface Label {
  side: Side | null
  asked: boolean
}

/** What stands here of posts or sampled texts; of mentions only whether they were drawn. Served by the primary key. */
export async function labelsOf(
  tx: WorkspaceTransaction,
  topicId: string,
  subjectIds: readonly string[],
): Promise<Map<string, Label>> {
  if (subjectIds.length === 0) return new Map()
  const { rows } = await sql<Label & { subject_id: string }>`
    select subject_id, side, asked from workbench_label where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and subject_id = any(${subjectIds}::uuid[])`.execute(tx.sql)
  return new Map(rows.map(({ subject_id, side, asked }) => [subject_id, { side, asked }]))
}

/** Posts of the period that people said are for us although nobody asked them. Served by workbench_label_by_hand. */
export async function addedByHand(tx: WorkspaceTransaction, topicId: string, atMost: number): Promise<string[]> {
  const { rows } = await sql<{ subject_id: string }>`
    select subject_id from workbench_label where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and side = 'for-us' and not asked and subject = 'post' order by sorted_at desc limit ${atMost}`.execute(tx.sql)
  return rows.map((row) => row.subject_id)
}

/**
 * Once a draft is saved, posts that it gained become mentions: what was said of them becomes their verdict, by whom it was
 * said. Called by upkeep, in small steps. Returns how many were passed on.
 */
export async function passLabelsOn(services: Services, workspaceId: string): Promise<number> {
  const system = { kind: 'system', id: null } as const
  const due = await services.database.inWorkspace(workspaceId, system, async (tx) => {
    const { rows } = await sql<{ topic_id: string; post_id: string; side: Side; sorted_by: string | null }>`
      select l.topic_id, l.subject_id as post_id, l.side, l.sorted_by from workbench_label l
        join mention m on m.workspace_id = l.workspace_id and m.topic_id = l.topic_id and m.post_id = l.subject_id
        join topic t on t.workspace_id = l.workspace_id and t.topic_id = l.topic_id and t.removed_at is null
      where l.workspace_id = ${tx.workspaceId} and l.side is not null and l.subject = 'post'
      order by l.topic_id, l.subject_id limit ${PASSED_ON_MAX}`.execute(tx.sql)
    return rows
  })
  for (const { topic_id: topicId, post_id: postId, side, sorted_by: by } of due)
    await services.database.inWorkspace(workspaceId, by ? { kind: 'member', id: by } : system, async (tx) => {
      const { rows } = await sql`select from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        and post_id = ${postId} and state = 'new'`.execute(tx.sql)
      const at = services.clock.now()
      if (rows.length > 0) await sortPosts(tx, topicId, [{ postId, side, reason: null, words: null }], [], at)
      await sql`update workbench_label set side = null where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        and subject_id = ${postId}`.execute(tx.sql)
    })
  return due.length
}

/** Posts that are gone take what was said of them along. Served by workbench_label_subject. */
export async function forgetLabels(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  await sql`delete from workbench_label where workspace_id = ${tx.workspaceId} and subject_id = any(${postIds}::uuid[])`.execute(
    tx.sql,
  )
}

/** From retention: verdicts that no draft will ask for any more, or of a removed topic; their posts may go as any other does. */
export async function endOldLabels(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - POST_LABELS_DAYS * 86_400_000)
  const { rows } = await sql<{ topic_id: string; post_id: string }>`
    select l.topic_id, l.subject_id as post_id from workbench_label l
      join topic t on t.workspace_id = l.workspace_id and t.topic_id = l.topic_id
    where l.workspace_id = ${tx.workspaceId} and l.subject = 'post'
      and (l.sorted_at < ${before} or t.removed_at is not null) limit ${ENDED_AT_ONCE}`.execute(tx.sql)
  const postIds = [...new Set(rows.map((row) => row.post_id))]
  await holdPosts(tx, postIds)
  await sql`
    delete from workbench_label l using unnest(${rows.map((row) => row.topic_id)}::uuid[], ${rows.map((row) => row.post_id)}::uuid[])
      as g(topic_id, post_id)
    where l.workspace_id = ${tx.workspaceId} and l.topic_id = g.topic_id and l.subject_id = g.post_id`.execute(tx.sql)
  await releasePosts(tx, postIds)
  return rows.length === ENDED_AT_ONCE
}

export async function forgetSampledLabels(tx: WorkspaceTransaction, now: Date): Promise<void> {
  const before = new Date(now.getTime() - SAMPLED_LABELS_DAYS * 86_400_000)
  await sql`delete from workbench_label where workspace_id = ${tx.workspaceId} and subject = 'sampled'
    and sorted_at < ${before}`.execute(tx.sql)
}
