import { rm, stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import { fileOf } from './attachments.ts'

const AT_ONCE = 1_000

/**
 * Deletes what was uploaded before a time and belongs to no delivery, to no text that waits for approval and to none of `kept`:
 * begun and thrown away. A file goes with the last attachment that has its bytes. Returns how many attachments went.
 */
export async function forgetAttachments(
  services: Services,
  tx: WorkspaceTransaction,
  before: Date,
  kept: string[],
): Promise<number> {
  const { rows } = await sql<{ hash: string; last: boolean }>`
    with used as (
      select (file ->> 'attachmentId')::uuid as attachment_id
      from delivery d, jsonb_array_elements(d.attachments) as file where d.workspace_id = ${tx.workspaceId}
      union select (file ->> 'attachmentId')::uuid
      from approval p, jsonb_array_elements(p.attachments) as file
      where p.workspace_id = ${tx.workspaceId} and p.state = 'open'),
    gone as (
      delete from attachment a where a.workspace_id = ${tx.workspaceId} and a.attachment_id in (
        select o.attachment_id from attachment o where o.workspace_id = ${tx.workspaceId} and o.created_at < ${before}
          and o.attachment_id <> all(${kept}::uuid[]) and o.attachment_id not in (select attachment_id from used)
        order by o.created_at limit ${AT_ONCE})
      returning a.attachment_id, a.hash)
    select g.hash, not exists (select from attachment o where o.workspace_id = ${tx.workspaceId} and o.hash = g.hash
      and o.attachment_id not in (select attachment_id from gone)) as last
    from gone g`.execute(tx.sql)
  for (const { hash, last } of rows) if (last) await removeFile(fileOf(services, tx.workspaceId, hash), before)
  return rows.length
}

/**
 * Of these attachments those go at once, with their files, that stand in no answer, no text that waits for approval and no
 * draft any more; an erasure does not wait until nobody has used them for a week.
 */
export async function eraseAttachments(
  services: Services,
  tx: WorkspaceTransaction,
  attachmentIds: readonly string[],
): Promise<void> {
  if (attachmentIds.length === 0) return
  const { rows } = await sql<{ hash: string; last: boolean }>`
    with gone as (
      delete from attachment a where a.workspace_id = ${tx.workspaceId} and a.attachment_id = any(${[...attachmentIds]}::uuid[])
        and not exists (select from delivery d where d.workspace_id = a.workspace_id and d.attachments <> '[]'
          and d.attachments @> jsonb_build_array(jsonb_build_object('attachmentId', a.attachment_id)))
        and not exists (select from approval p where p.workspace_id = a.workspace_id and p.state = 'open'
          and p.attachments @> jsonb_build_array(jsonb_build_object('attachmentId', a.attachment_id)))
        and not exists (select from draft t where t.workspace_id = a.workspace_id and a.attachment_id = any(t.attachments))
      returning a.attachment_id, a.hash)
    select g.hash, not exists (select from attachment o where o.workspace_id = ${tx.workspaceId} and o.hash = g.hash
      and o.attachment_id not in (select attachment_id from gone)) as last
    from gone g`.execute(tx.sql)
  const now = services.clock.now()
  for (const { hash, last } of rows) if (last) await removeFile(fileOf(services, tx.workspaceId, hash), now)
}

/** The same bytes, uploaded again meanwhile, make the file young. */
async function removeFile(file: string, before: Date): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found && found.mtime < before) await rm(file, { force: true })
}
