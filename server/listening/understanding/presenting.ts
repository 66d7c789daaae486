import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { givenLabelSchema, understoodSchema } from '../../../contract/listening-labels.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Post } from '../../platform/database-types.generated.ts'

export type GivenLabel = z.infer<typeof givenLabelSchema>
export type Understood = z.infer<typeof understoodSchema>

/** What people said of these posts. Served by post_label's primary key. */
export async function labelsOf(tx: WorkspaceTransaction, postIds: string[]): Promise<Map<string, GivenLabel[]>> {
  const labels = new Map<string, GivenLabel[]>()
  if (postIds.length === 0) return labels
  const { rows } = await sql<GivenLabel & { postId: string }>`
    select post_id as "postId", what, value, labelled_by as by, labelled_at as at from post_label
    where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[]) order by what`.execute(tx.sql)
  for (const { postId, ...label } of rows) labels.set(postId, [...(labels.get(postId) ?? []), label])
  return labels
}

/** Null: said by us, gone, or not read yet. */
export function understoodOf(row: Selectable<Post>, labels: GivenLabel[]): Understood | null {
  if (row.direction === 'out' || row.deleted_at !== null) return null
  if (row.understood_by === null && labels.length === 0) return null
  return {
    sentiment: row.sentiment,
    probability: row.sentiment_probability,
    intent: row.intent as Understood['intent'],
    offensive: row.offensive,
    by: row.understood_by,
    labels,
  }
}
