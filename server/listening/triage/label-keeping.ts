import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { LABELS_MAX } from '../../relevance/index.ts'

/**
 * A sorted post is kept beyond the short retention only while a topic learns from it: as long as its verdict stands and is
 * among the topic's last 300. Then it goes as any other post does.
 */

/** After verdicts were taken back. What was labelled otherwise (post_label, workbench_label) stays. */
export async function releasePosts(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return
  await sql`
    update post p set kept_because = null where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${postIds}::uuid[])
      and p.kept_because = 'label'
      and not exists (select from verdict v where v.workspace_id = p.workspace_id and v.post_id = p.post_id
        and v.taken_back_at is null)
      and not exists (select from post_label l where l.workspace_id = p.workspace_id and l.post_id = p.post_id)
      and not exists (select from workbench_label l where l.workspace_id = p.workspace_id and l.subject_id = p.post_id
        and l.side is not null)`.execute(tx.sql)
}

/** From retention: posts whose verdicts no longer count. Who sorted them, and how, stays known without them. */
export async function releaseOldLabels(tx: WorkspaceTransaction): Promise<void> {
  await sql`
    with counting as (
      select r.topic_id, coalesce((select version from verdict v where v.workspace_id = r.workspace_id
        and v.topic_id = r.topic_id and v.taken_back_at is null order by version desc, post_id
        offset ${LABELS_MAX - 1} limit 1), 0) as since
      from topic_relevance r where r.workspace_id = ${tx.workspaceId}),
    older as (
      select distinct v.post_id from counting c join verdict v on v.workspace_id = ${tx.workspaceId}
        and v.topic_id = c.topic_id and v.version < c.since),
    held as materialized (
      select p.post_id from post p join older using (post_id) where p.workspace_id = ${tx.workspaceId}
        and p.kept_because = 'label' order by p.post_id for update of p)
    update post p set kept_because = null from held
    where p.workspace_id = ${tx.workspaceId} and p.post_id = held.post_id
      and not exists (select from verdict v join counting c on c.topic_id = v.topic_id and v.version >= c.since
        where v.workspace_id = ${tx.workspaceId} and v.post_id = p.post_id and v.taken_back_at is null)
      and not exists (select from post_label l where l.workspace_id = p.workspace_id and l.post_id = p.post_id)
      and not exists (select from workbench_label l where l.workspace_id = p.workspace_id and l.subject_id = p.post_id
        and l.side is not null)`.execute(tx.sql)
}
