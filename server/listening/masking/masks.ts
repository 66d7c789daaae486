import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { requireAtSource } from '../../platform/reach.ts'
import { coveringOf } from './covering.ts'

/** Covers these words of the post from now on; earlier ones stay covered. Throws Invalid when one does not stand in it. */
export async function maskPost(tx: WorkspaceTransaction, postId: string, words: string[]): Promise<void> {
  const post = await postOf(tx, postId)
  const absent = words.find((word) => coveringOf([word])(post.said) === post.said)
  if (absent !== undefined) throw new Invalid('word-not-in-post', { word: absent })
  await sql`
    insert into post_mask (workspace_id, post_id, words, masked_by)
    values (${tx.workspaceId}, ${postId}, ${words}::text[], ${tx.actor.id})
    on conflict (workspace_id, post_id) do update set masked_at = now(), masked_by = excluded.masked_by,
      words = (select array_agg(distinct word) from unnest(post_mask.words || excluded.words) as word)`.execute(tx.sql)
  tx.record({ type: 'post.masked', subjects: { postId } })
}

export async function unmaskPost(tx: WorkspaceTransaction, postId: string): Promise<void> {
  await postOf(tx, postId)
  const gone = await tx.sql
    .deleteFrom('post_mask')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .returning('post_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('mask-unknown')
  tx.record({ type: 'post.unmasked', subjects: { postId } })
}

export async function masksOf(tx: WorkspaceTransaction, postIds: string[]) {
  const { rows } = await sql<{ post_id: string; words: number; masked_at: Date }>`
    select m.post_id, cardinality(m.words) as words, m.masked_at from post_mask m
      join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id
    where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${postIds}::uuid[])`.execute(tx.sql)
  return rows.map((row) => ({ postId: row.post_id, words: row.words, maskedAt: row.masked_at }))
}

async function postOf(tx: WorkspaceTransaction, postId: string): Promise<{ said: string }> {
  const row = await tx.sql
    .selectFrom('post')
    .select(['source_id', 'title', 'text'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  if (!row) throw new NotFound('post-unknown')
  requireAtSource(tx, row.source_id)
  return { said: `${row.title ?? ''}\n${row.text}` }
}
