import { sql } from 'kysely'
import type { z } from 'zod'
import type { listedLabelSchema } from '../../../contract/listening-labels.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'

type ListedLabel = z.infer<typeof listedLabelSchema>

/** What people said, with the text that they said it of. Asking for the first page is written into the trail. Served by post_label_at. */
export async function listLabels(
  tx: WorkspaceTransaction,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ items: ListedLabel[]; nextCursor: string | null }> {
  const cursor = readCursor(after, 3)
  if (!cursor) tx.record({ type: 'labels.exported', subjects: {} })
  const { rows } = await sql<ListedLabel>`
    select l.post_id as "postId", l.what, l.value, l.labelled_by as by, l.labelled_at as at, l.model_value as "modelValue",
      l.understood_by as "understoodBy", p.language, p.title, p.text
    from post_label l join post p on p.workspace_id = l.workspace_id and p.post_id = l.post_id
    where l.workspace_id = ${tx.workspaceId}
      ${cursor ? sql`and (l.labelled_at, l.post_id) <= (${cursor[0]}::timestamptz, ${cursor[1]}::uuid) and ((l.labelled_at, l.post_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid) or l.what > ${cursor[2]})` : sql``}
    order by l.labelled_at desc, l.post_id desc, l.what limit ${limit + 1}`.execute(tx.sql)
  return pageOf(rows, limit, (row) => writeCursor(row.at, row.postId, row.what))
}
