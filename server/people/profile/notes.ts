import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { currentPerson } from '../reading.ts'

const NOTES_MAX = 200

export interface PersonNote {
  noteId: string | null
  personId: string
  text: string
  writtenAt: Date
  writtenBy: Actor
  editedAt: Date | null
}

interface Row {
  note_id: string | null
  person_id: string
  text: string
  written_at: Date
  written_by_kind: Actor['kind']
  written_by: string | null
  edited_at: Date | null
}

/**
 * Notes over everyone who is the same, newest first. What was written before notes had dates stands in person.note and is
 * told as of the day when the person began. Served by person_current and person_note_person.
 */
export async function notesOf(tx: WorkspaceTransaction, currentId: string): Promise<PersonNote[]> {
  const { rows } = await sql<Row>`
    select n.note_id, n.person_id, n.text, n.written_at, n.written_by_kind, n.written_by, n.edited_at
    from person m join person_note n on n.workspace_id = m.workspace_id and n.person_id = m.person_id
    where m.workspace_id = ${tx.workspaceId} and m.current_id = ${currentId}
    union all
    select null, person_id, note, created_at, created_by_kind, created_by, null from person
    where workspace_id = ${tx.workspaceId} and current_id = ${currentId} and note <> ''
    order by 4 desc, 1 desc limit ${NOTES_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    noteId: row.note_id,
    personId: row.person_id,
    text: row.text,
    writtenAt: row.written_at,
    writtenBy: { kind: row.written_by_kind, id: row.written_by },
    editedAt: row.edited_at,
  }))
}

/** Written on the person named, not on whom they are merged with today: so it goes with them when that is undone. */
export async function addNote(tx: WorkspaceTransaction, personId: string, text: string, at: Date): Promise<string> {
  if (!(await currentPerson(tx, personId))) throw new NotFound('person-unknown')
  const noteId = newId()
  await tx.sql
    .insertInto('person_note')
    .values({
      workspace_id: tx.workspaceId,
      note_id: noteId,
      person_id: personId,
      text,
      written_at: at,
      written_by_kind: tx.actor.kind,
      written_by: tx.actor.id,
    })
    .execute()
  tx.record({ type: 'person.noted', subjects: { person: personId }, codes: { what: 'added' } })
  return noteId
}

export async function editNote(tx: WorkspaceTransaction, noteId: string, text: string, at: Date): Promise<void> {
  const edited = await tx.sql
    .updateTable('person_note')
    .set({ text, edited_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('note_id', '=', noteId)
    .returning('person_id')
    .executeTakeFirst()
  if (!edited) throw new NotFound('note-unknown')
  tx.record({ type: 'person.noted', subjects: { person: edited.person_id }, codes: { what: 'edited' } })
}

export async function removeNote(tx: WorkspaceTransaction, noteId: string): Promise<void> {
  const removed = await tx.sql
    .deleteFrom('person_note')
    .where('workspace_id', '=', tx.workspaceId)
    .where('note_id', '=', noteId)
    .returning('person_id')
    .executeTakeFirst()
  if (!removed) throw new NotFound('note-unknown')
  tx.record({ type: 'person.noted', subjects: { person: removed.person_id }, codes: { what: 'removed' } })
}
