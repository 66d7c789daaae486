import { Checkbox, UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { useAuthorName } from '../listening/author-line.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import styles from './composer.module.css'
import type { Opened } from './shapes.ts'

const FOLDED_FROM = 4

/** Conversation to the version it was chosen at, which is asked for as it is chosen. */
export type AlsoChosen = ReadonlyMap<string, Promise<string>>

interface AlsoAnswersProps {
  opened: Opened
  chosen: AlsoChosen
  onChange: Dispatch<SetStateAction<AlsoChosen>>
}

/** Forty people ask the same under one post: one answer may serve several of them. */
export function AlsoAnswers({ opened, chosen, onChange }: AlsoAnswersProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const nameOf = useAuthorName()
  const [open, setOpen] = useState(false)
  const others = opened.thread.participants.filter(
    ({ conversationId, state }) =>
      conversationId !== null && conversationId !== opened.conversation.conversationId && state === 'open',
  )
  if (others.length === 0) return null

  const drop = (conversationId: string) =>
    onChange((before) => new Map([...before].filter(([id]) => id !== conversationId)))
  const flip = (conversationId: string) => {
    if (chosen.has(conversationId)) return drop(conversationId)
    // What it says now is what the answer is for; a newer post refuses it, like any answer.
    const version = queries
      .fetchQuery(api.inbox.conversations.get.queryOptions({ input: { conversationId }, staleTime: 0 }))
      .then(({ conversation }) => conversation.version)
    version.catch(() => drop(conversationId))
    onChange((before) => new Map(before).set(conversationId, version))
  }
  const shown = open || others.length < FOLDED_FROM
  return (
    <fieldset className={styles.also}>
      <legend>{t('also.title')}</legend>
      {shown &&
        others.map(({ author, conversationId }) => (
          <Checkbox
            key={author.authorId}
            label={nameOf(author)}
            checked={chosen.has(conversationId ?? '')}
            onChange={() => flip(conversationId ?? '')}
          />
        ))}
      {!shown && (
        <UnstyledButton className={styles.textButton} onClick={() => setOpen(true)}>
          {t('also.show', { count: others.length })}
        </UnstyledButton>
      )}
    </fieldset>
  )
}
