import { ActionIcon, Button, Group, Menu, Textarea } from '@mantine/core'
import { IconDots, IconNote } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showUndo } from '../platform/undo.tsx'
import { Highlighted } from '../ui/highlighted.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './conversation.module.css'
import { mentionSpans } from './mentions.ts'
import { usePeopleHere } from './people-here.ts'
import type { NoteEntry } from './shapes.ts'

interface NoteProps {
  note: NoteEntry
  conversationId: string
}

/** For colleagues only, and looks like it. */
export function ThreadNote({ note, conversationId }: NoteProps) {
  const t = useTexts('inbox')
  const { me, members, nameOf } = usePeopleHere()
  const [editing, setEditing] = useState(false)
  const name = note.memberId === me ? t('you') : (nameOf(note.memberId) ?? t('formerMember'))
  return (
    <div className={styles.note}>
      <IconNote size={16} stroke={1.6} aria-hidden />
      <div className={styles.answerBody}>
        <p className={styles.answerHead}>
          <strong>{name}</strong>
          <span className={styles.quiet}>{t('note.internal')}</span>
          {note.editedAt && <span className={styles.quiet}>{t('note.edited')}</span>}
          <span className={styles.time}>
            <TimeAgo time={note.at} />
          </span>
          {note.memberId === me && !editing && (
            <NoteMenu note={note} conversationId={conversationId} onEdit={() => setEditing(true)} />
          )}
        </p>
        {editing ? (
          <EditNote note={note} conversationId={conversationId} onDone={() => setEditing(false)} />
        ) : (
          <p className={styles.answerText} dir="auto">
            <Highlighted text={note.text} spans={mentionSpans(note.text, members)} />
          </p>
        )}
      </div>
    </div>
  )
}

function NoteMenu({ note, conversationId, onEdit }: NoteProps & { onEdit: () => void }) {
  const t = useTexts('inbox')
  const api = useApi()
  const add = useMutation(api.inbox.notes.add.mutationOptions())
  const remove = useMutation(api.inbox.notes.remove.mutationOptions())
  const again = useAgain(conversationId)
  const removeNote = async () => {
    await remove.mutateAsync({ noteId: note.noteId })
    again()
    showUndo({
      message: t('note.removed'),
      undoLabel: t('undo'),
      undo: async () => {
        await add.mutateAsync({ conversationId, text: note.text, mentions: [] })
        again()
      },
    })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('note.menu')}>
          <IconDots size={14} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t('note.edit')}</Menu.Item>
        <Menu.Item onClick={() => void removeNote().catch(() => undefined)}>{t('note.remove')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function EditNote({ note, conversationId, onDone }: NoteProps & { onDone: () => void }) {
  const t = useTexts('inbox')
  const api = useApi()
  const again = useAgain(conversationId)
  const [text, setText] = useState(note.text)
  const edit = useMutation(
    api.inbox.notes.edit.mutationOptions({
      onSuccess: () => {
        again()
        onDone()
      },
    }),
  )
  return (
    <>
      <Textarea
        aria-label={t('note.edit')}
        value={text}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={5_000}
        autoFocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="sm" mt={6}>
        <Button
          size="compact-xs"
          variant="filled"
          disabled={text.trim() === ''}
          loading={edit.isPending}
          onClick={() => edit.mutate({ noteId: note.noteId, text })}
        >
          {t('note.save')}
        </Button>
        <Button size="compact-xs" onClick={onDone}>
          {t('ui:cancel')}
        </Button>
      </Group>
    </>
  )
}

/** Shown at once, also while the live line is down. */
function useAgain(conversationId: string): () => void {
  const api = useApi()
  const queries = useQueryClient()
  return () =>
    void queries.invalidateQueries({ queryKey: api.inbox.conversations.get.key({ input: { conversationId } }) })
}
