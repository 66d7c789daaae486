import { Popover, UnstyledButton } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { useNow } from '../../ui/now.ts'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import type { Conversation } from '../shapes.ts'
import { dueTone } from '../waiting.ts'
import styles from './clocks.module.css'
import { dueText } from './due-text.ts'

const ClockPanel = lazy(async () => ({ default: (await import('./clock-panel.tsx')).ClockPanel }))

/** When the next answer is due; a click says why, minute by minute. */
export function ClockMark({ conversation }: { conversation: Conversation }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const now = useNow()
  const { memberId } = useWorkspace()
  const [open, setOpen] = useState(false)
  useEscape(open, () => setOpen(false))
  const tone = dueTone(conversation, memberId, now)
  const due = tone && conversation.dueAt ? dueText(t, formats, conversation.dueAt, now) : null
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={420} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton
          className={styles.mark}
          data-tone={tone ?? 'neutral'}
          onClick={() => setOpen(!open)}
          aria-label={due ? `${t('clocks.title')}: ${due}` : t('clocks.title')}
        >
          <IconClock size={12} aria-hidden />
          {due ?? t('clocks.title')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown}>
        {open && (
          <Suspense fallback={<TextSkeleton lines={5} />}>
            <ClockPanel conversation={conversation} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Escape closes this and not the conversation behind it, wherever the focus is: what was clicked may have gone. */
function useEscape(open: boolean, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!open) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      latest.current()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [open])
}
