import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

const TAGS_MAX = 500
const UNIQUE_VIOLATION = '23505'

export interface Tag {
  tagId: string
  name: string
  colour: string
}

export async function listTags(tx: WorkspaceTransaction): Promise<Tag[]> {
  const rows = await tx.sql
    .selectFrom('tag')
    .select(['tag_id', 'name', 'colour'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(TAGS_MAX)
    .execute()
  return rows.map((row) => ({ tagId: row.tag_id, name: row.name, colour: row.colour }))
}

/** Creates it, or changes the one named. Throws Conflict `name-taken`. */
export async function saveTag(
  tx: WorkspaceTransaction,
  tagId: string | null,
  { name, colour }: { name: string; colour: string },
): Promise<Tag> {
  const id = tagId ?? newId()
  await orNameTaken(name, async () => {
    if (tagId === null)
      await tx.sql.insertInto('tag').values({ workspace_id: tx.workspaceId, tag_id: id, name, colour }).execute()
    else {
      const changed = await tx.sql
        .updateTable('tag')
        .set({ name, colour })
        .where('workspace_id', '=', tx.workspaceId)
        .where('tag_id', '=', tagId)
        .returning('tag_id')
        .executeTakeFirst()
      if (!changed) throw new NotFound('tag-unknown')
    }
  })
  tx.record({ type: tagId === null ? 'tag.created' : 'tag.changed', subjects: { tagId: id } })
  return { tagId: id, name, colour }
}

export async function removeTag(tx: WorkspaceTransaction, tagId: string): Promise<void> {
  const gone = await tx.sql
    .deleteFrom('tag')
    .where('workspace_id', '=', tx.workspaceId)
    .where('tag_id', '=', tagId)
    .returning('tag_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('tag-unknown')
  tx.record({ type: 'tag.removed', subjects: { tagId } })
}

/** The unique key decides, also between two who choose the same name at once. */
export async function orNameTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)
      throw new Conflict('name-taken', { name })
    throw error
  }
}
