import { sql } from 'kysely'
import { TAGS_OF_PERSON_MAX } from '../../../contract/people-profile.ts'
import { textArray } from '../../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { currentPerson } from '../reading.ts'

/** Words on everyone who is the same. */
export async function tagsOf(tx: WorkspaceTransaction, currentId: string): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`
    select distinct t.tag from person m join person_tag t on t.workspace_id = m.workspace_id and t.person_id = m.person_id
    where m.workspace_id = ${tx.workspaceId} and m.current_id = ${currentId} order by t.tag`.execute(tx.sql)
  return rows.map(({ tag }) => tag)
}

/**
 * A word is put on the person named, also when one of the same has it already: so it stays when a merge is undone. It is
 * taken off everyone who is the same.
 */
export async function tagPerson(
  tx: WorkspaceTransaction,
  personId: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  at: Date,
): Promise<void> {
  const current = await currentPerson(tx, personId)
  if (!current) throw new NotFound('person-unknown')
  const before = new Set(await tagsOf(tx, current))
  const gone = remove.filter((tag) => before.has(tag) && !add.includes(tag))
  const put = [...new Set(add)]
  const fresh = put.filter((tag) => !before.has(tag))
  if (before.size + fresh.length - gone.length > TAGS_OF_PERSON_MAX)
    throw new Invalid('too-many-tags', { max: TAGS_OF_PERSON_MAX })
  await sql`delete from person_tag t using person m where t.workspace_id = ${tx.workspaceId} and m.workspace_id = t.workspace_id
    and m.person_id = t.person_id and m.current_id = ${current} and t.tag = any(${textArray(gone)}::text[])`.execute(
    tx.sql,
  )
  await sql`insert into person_tag (workspace_id, person_id, tag, tagged_at, tagged_by_kind, tagged_by)
    select ${tx.workspaceId}, ${personId}, tag, ${at}, ${tx.actor.kind}, ${tx.actor.id}
    from unnest(${textArray(put)}::text[]) as g(tag) on conflict do nothing`.execute(tx.sql)
  if (gone.length === 0 && fresh.length === 0) return
  await tellSummary(tx, current)
  tx.record({
    type: 'person.tagged',
    subjects: { person: personId },
    codes: { added: fresh.length, removed: gone.length },
    content: { added: fresh.join(', '), removed: gone.join(', ') },
  })
}

/** Segments hold whoever has a word now, not only once everything about them is made anew. */
async function tellSummary(tx: WorkspaceTransaction, currentId: string): Promise<void> {
  await sql`update person_summary set tags = ${textArray(await tagsOf(tx, currentId))}::text[]
    where workspace_id = ${tx.workspaceId} and person_id = ${currentId}`.execute(tx.sql)
}
