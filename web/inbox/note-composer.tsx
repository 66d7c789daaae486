import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useDraft } from '../platform/drafts.ts'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { keyCaps, useShortcuts } from '../platform/shortcuts.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './composer.module.css'
import { mentionedIn } from './mentions.ts'
import { usePeopleHere } from './people-here.ts'
import type { Opened } from './shapes.ts'
import { SuggestingTextarea } from './suggesting-textarea.tsx'

const NOTE_CHARACTERS_MAX = 5_000

/** For colleagues only. Whoever is named with @ is told. */
export function NoteComposer({ opened, field }: { opened: Opened; field: RefObject<HTMLTextAreaElement | null> }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const { workspaceId } = useWorkspace()
  const { conversationId } = opened.conversation
  const { members, me } = usePeopleHere()
  const { text, change, clear } = useDraft(`${workspaceId}.note.${conversationId}`)
  const { mutate, isPending, error } = useMutation(
    api.inbox.notes.add.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => {
        clear()
        void queries.invalidateQueries({ queryKey: api.inbox.conversations.get.key({ input: { conversationId } }) })
        field.current?.focus()
      },
    }),
  )
  const told = mentionedIn(text, members)
  const fits = text.trim() !== '' && text.length <= NOTE_CHARACTERS_MAX
  const add = () => {
    if (fits && !isPending) mutate({ conversationId, text, mentions: told.map(({ memberId }) => memberId) })
  }
  useShortcuts(t('composer.place'), [{ keys: 'mod+enter', label: t('note.add'), run: add, whileTyping: true }])
  return (
    <div className={styles.body}>
      <SuggestingTextarea
        field={field}
        label={t('composer.note')}
        placeholder={t('note.placeholder')}
        value={text}
        onChange={change}
        trigger="@"
        nothing=""
        suggestions={members
          .filter(({ memberId }) => memberId !== me)
          .map(({ memberId, name }) => ({ id: memberId, label: name, icon: <Avatar name={name} size={18} /> }))}
        onPick={({ label }, rest, at) => change(`${rest.slice(0, at)}@${label} ${rest.slice(at)}`)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <div role="alert">{error ? <p className={styles.error}>{textOfFailure(failureOf(error))}</p> : null}</div>
      <div className={styles.foot}>
        <span className={styles.quiet}>
          {told.length > 0 ? t('note.tells', { names: formats.list(told.map(({ name }) => name)) }) : t('note.who')}
        </span>
        <span className={styles.spring} />
        <Button
          variant="filled"
          onClick={add}
          disabled={!fits}
          loading={isPending}
          title={keyCaps('mod+enter').join(' ')}
        >
          {t('note.add')}
        </Button>
      </div>
    </div>
  )
}
