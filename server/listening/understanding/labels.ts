import { sql } from 'kysely'
import type { z } from 'zod'
import type { labelSchema } from '../../../contract/listening-labels.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { MentionChanges } from '../counters/mention-changes.ts'
import { recountMentions } from '../counters/recount.ts'
import { requireAtSourcesOf } from '../holding.ts'
import { keepPosts } from '../speaking.ts'
import { releasePosts } from '../triage/label-keeping.ts'
import { intentSaid, understandPost } from './read-post.ts'

/**
 * What a person says of a post stands in the post's own columns, where filters and counts read it, and once more in
 * post_label with who and when. It stands until it is taken back, the text is edited (it was said of the other text)
 * or the post is deleted on its network. While it stands the post is kept, because the two together are training data.
 */
export type Label = z.infer<typeof labelSchema>
export type LabelledFact = Label['what']

interface LabelledPost {
  addressed: boolean
  title: string | null
  text: string
  language: string | null
  direction: 'in' | 'out'
  deleted_at: Date | null
  sentiment: string | null
  intent: string | null
  offensive: boolean | null
  understood_by: string | null
}

export async function giveLabel(tx: WorkspaceTransaction, postId: string, label: Label, now: Date): Promise<void> {
  await requireAtSourcesOf(tx, [postId])
  const post = await lockPost(tx, postId)
  if (post.deleted_at !== null) throw new Conflict('label-post-gone')
  if (post.direction === 'out') throw new Conflict('label-post-ours')
  await sql`
    insert into post_label as l (workspace_id, post_id, what, value, model_value, understood_by, labelled_by, labelled_at)
    values (${tx.workspaceId}, ${postId}, ${label.what}, ${textOf(label.value)}, ${textOf(post[label.what])}, ${post.understood_by},
      ${tx.actor.kind === 'member' ? tx.actor.id : null}, ${now})
    on conflict (workspace_id, post_id, what) do update set value = excluded.value, labelled_by = excluded.labelled_by,
      labelled_at = excluded.labelled_at`.execute(tx.sql)
  await writeFact(tx, postId, label)
  await keepPosts(tx, [postId], 'label')
  await recount(tx, postId, now)
  tx.record({
    type: 'post.labelled',
    subjects: { post: postId },
    codes: { what: label.what, value: textOf(label.value) },
  })
}

/** The model's word counts again. */
export async function takeBackLabel(
  tx: WorkspaceTransaction,
  postId: string,
  what: LabelledFact,
  now: Date,
): Promise<void> {
  await requireAtSourcesOf(tx, [postId])
  const post = await lockPost(tx, postId)
  const { numAffectedRows } = await sql`
    delete from post_label where workspace_id = ${tx.workspaceId} and post_id = ${postId} and what = ${what}`.execute(
    tx.sql,
  )
  if (!numAffectedRows) throw new NotFound('label-unknown')
  const said = understandPost(post)
  if (what === 'sentiment') await writeFact(tx, postId, { what, value: said.sentiment }, said.probability)
  else if (what === 'intent') await writeFact(tx, postId, { what, value: intentSaid(said, post.addressed) })
  else await writeFact(tx, postId, { what, value: said.offensive })
  await releasePosts(tx, [postId])
  await recount(tx, postId, now)
  tx.record({ type: 'post.label-taken-back', subjects: { post: postId }, codes: { what } })
}

async function lockPost(tx: WorkspaceTransaction, postId: string): Promise<LabelledPost> {
  const { rows } = await sql<LabelledPost>`
    select title, text, language, direction, addressed, deleted_at, sentiment, intent, offensive, understood_by from post
    where workspace_id = ${tx.workspaceId} and post_id = ${postId} for update`.execute(tx.sql)
  if (!rows[0]) throw new NotFound('post-unknown')
  return rows[0]
}

async function writeFact(
  tx: WorkspaceTransaction,
  postId: string,
  { what, value }: { what: LabelledFact; value: string | boolean | null },
  probability: number | null = null,
): Promise<void> {
  await sql`
    update post set ${sql.ref(what)} = ${value}
      ${what === 'sentiment' ? sql`, sentiment_probability = ${probability}` : sql``}
    where workspace_id = ${tx.workspaceId} and post_id = ${postId}`.execute(tx.sql)
}

async function recount(tx: WorkspaceTransaction, postId: string, now: Date): Promise<void> {
  const counts = new MentionChanges(now)
  await recountMentions(tx, [postId], counts)
  await counts.write(tx)
}

const NOTHING = 'none'
const textOf = (value: string | boolean | null): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : (value ?? NOTHING)
