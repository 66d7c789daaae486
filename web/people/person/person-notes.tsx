import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useActorName } from '../../listening/actor-name.ts'
import { useDraft } from '../../platform/drafts.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Note, Profile } from '../shapes.ts'
import styles from './person.module.css'

const SHOWN_FIRST = 5

/** What colleagues should know before they write to them. Each note has its day and its writer; the person may read it. */
export function PersonNotes({ profile }: { profile: Profile }) {
  const t = useTexts('people')
  const mayWrite = useMay('people.link')
  const [all, setAll] = useState(false)
  if (!mayWrite && profile.notes.length === 0) return null
  const shown = all ? profile.notes : profile.notes.slice(0, SHOWN_FIRST)
  return (
    <section aria-label={t('notes.title')}>
      <h2 className={styles.title}>{t('notes.title')}</h2>
      {mayWrite && <NewNote personId={profile.personId} />}
      <ul className={styles.notes}>
        {shown.map((note) => (
          <NoteItem key={note.noteId ?? note.personId} note={note} mayWrite={mayWrite && note.noteId !== null} />
        ))}
      </ul>
      {shown.length < profile.notes.length && (
        <Button size="compact-xs" onClick={() => setAll(true)}>
          {t('notes.all', { count: profile.notes.length })}
        </Button>
      )}
    </section>
  )
}

/** Everything that changes a note shows the notes anew. */
function useNoteQueries() {
  const api = useApi()
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: api.people.profile.key() })
  return { notes: api.people.profile, onSuccess }
}

function NewNote({ personId }: { personId: string }) {
  const t = useTexts('people')
  const { workspaceId } = useWorkspace()
  const draft = useDraft(`${workspaceId}.note-of-person.${personId}`, '')
  const { notes, onSuccess } = useNoteQueries()
  const add = useMutation(
    notes.addNote.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => {
        draft.change('')
        return onSuccess()
      },
    }),
  )
  const text = draft.text.trim()
  return (
    <Form
      submit={text === '' ? null : t('notes.add')}
      busy={add.isPending}
      error={add.error}
      onSubmit={() => add.mutate({ personId, text })}
    >
      <Textarea
        label={t('notes.new')}
        description={t('noteWhy')}
        value={draft.text}
        onChange={(event) => draft.change(event.currentTarget.value)}
        maxLength={5000}
        autosize
        minRows={1}
        maxRows={12}
      />
    </Form>
  )
}

function NoteItem({ note, mayWrite }: { note: Note; mayWrite: boolean }) {
  const t = useTexts('people')
  const actorName = useActorName()
  const [editing, setEditing] = useState(false)
  const { notes, onSuccess } = useNoteQueries()
  const { mutate: add } = useMutation(notes.addNote.mutationOptions({ onSuccess }))
  const { mutate: remove } = useMutation(
    notes.removeNote.mutationOptions({
      onSuccess: () => {
        const { personId, text } = note
        showUndo({ message: t('notes.removed'), undoLabel: t('undo'), undo: () => add({ personId, text }) })
        return onSuccess()
      },
    }),
  )
  if (editing && note.noteId) return <EditNote noteId={note.noteId} text={note.text} onDone={() => setEditing(false)} />
  return (
    <li className={styles.note}>
      <p className={styles.noteText} dir="auto">
        {note.text}
      </p>
      <p className={styles.quiet}>
        {actorName(note.writtenBy)}, <TimeAgo time={note.writtenAt} />
        {note.editedAt && ` · ${t('notes.edited')}`}
        {note.noteId === null && ` · ${t('notes.undated')}`}
      </p>
      {mayWrite && (
        <p className={styles.noteActions}>
          <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
            {t('notes.edit')}
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => note.noteId && remove({ noteId: note.noteId })}>
            {t('notes.remove')}
          </Button>
        </p>
      )}
    </li>
  )
}

function EditNote({ noteId, text: before, onDone }: { noteId: string; text: string; onDone(): void }) {
  const t = useTexts('people')
  const [text, setText] = useState(before)
  const { notes, onSuccess } = useNoteQueries()
  const edit = useMutation(
    notes.editNote.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await onSuccess()
        onDone()
      },
    }),
  )
  return (
    <li className={styles.note}>
      <Form
        submit={t('save')}
        busy={edit.isPending}
        error={edit.error}
        beside={<Button onClick={onDone}>{t('ui:cancel')}</Button>}
        onSubmit={() => edit.mutate({ noteId, text: text.trim() })}
      >
        <Textarea
          label={t('notes.one')}
          description={t('noteWhy')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={5000}
          required
          autosize
          data-autofocus
        />
      </Form>
    </li>
  )
}
