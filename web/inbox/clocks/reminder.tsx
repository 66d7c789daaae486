import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { snoozeChoices, snoozeUntil } from '../snooze-times.ts'
import { whenText } from '../when.ts'
import styles from './clocks.module.css'

/** Told at a time of one's own; the conversation stays where it is. */
export function Reminder({ conversationId, at }: { conversationId: string; at: Date | null }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const set = useMutation(
    api.inbox.clocks.remind.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.inbox.clocks.of.key() }),
    }),
  )
  // What was clicked goes with the click: the focus stays where one was.
  const asked = useRef(false)
  const keepFocus = (node: HTMLElement | null) => {
    if (node && asked.current) node.focus()
    asked.current = false
  }
  const now = new Date()
  const remind = (until: Date | null) => {
    asked.current = true
    set.mutate({ conversationId, at: until })
  }
  if (at)
    return (
      <div className={styles.turn}>
        <span>{t('clocks.reminder.at', { time: whenText(formats, at, now) })}</span>
        <Button size="compact-sm" ref={keepFocus} onClick={() => remind(null)}>
          {t('clocks.reminder.remove')}
        </Button>
      </div>
    )
  return (
    <div className={styles.turn}>
      <span id="remind-me">{t('clocks.reminder.ask')}</span>
      <Group role="group" gap={4} aria-labelledby="remind-me">
        {snoozeChoices(now)
          .slice(0, CHOICES_SHOWN)
          .map((choice, index) => (
            <Button
              key={choice}
              {...(index === 0 ? { ref: keepFocus } : {})}
              size="compact-sm"
              title={whenText(formats, snoozeUntil(choice, now), now)}
              onClick={() => remind(snoozeUntil(choice, new Date()))}
            >
              {t(`snooze.${choice}`)}
            </Button>
          ))}
      </Group>
    </div>
  )
}
const CHOICES_SHOWN = 3
