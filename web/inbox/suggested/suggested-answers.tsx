import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { IconBulb } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type RefObject, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import type { AnswerDraft } from '../answer-draft.ts'
import type { Conversation } from '../shapes.ts'
import { DraftedAnswer } from './drafted-answer.tsx'
import { HoldingStatements } from './holding-statements.tsx'
import styles from './suggested.module.css'

interface SuggestedAnswersProps {
  conversation: Conversation
  draft: AnswerDraft
  field: RefObject<HTMLTextAreaElement | null>
}

/** What this desk answered to questions like this one, and in a crisis what may be said: taken as a draft, never sent by itself. */
export function SuggestedAnswers({ conversation, draft, field }: SuggestedAnswersProps) {
  const t = useTexts('inbox')
  const [open, setOpen] = useState(false)
  const { conversationId } = conversation
  const take = (text: string) => {
    draft.change(draft.text.trim() === '' ? text : `${draft.text.trimEnd()}\n\n${text}`)
    setOpen(false)
    requestAnimationFrame(() => field.current?.focus())
  }
  return (
    <>
      <Popover opened={open} onChange={setOpen} position="top-start" width={420} trapFocus withinPortal>
        <Popover.Target>
          <Tooltip label={t('suggested.title')} disabled={open}>
            <ActionIcon aria-label={t('suggested.title')} aria-expanded={open} onClick={() => setOpen(!open)}>
              <IconBulb size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown className={styles.dropdown ?? ''} aria-label={t('suggested.title')}>
          {open && (
            <>
              <Suggestions conversationId={conversationId} onTake={take} />
              <DraftedAnswer conversationId={conversationId} onTake={take} />
            </>
          )}
        </Popover.Dropdown>
      </Popover>
      <HoldingStatements conversation={conversation} onTake={take} />
    </>
  )
}

function Suggestions({ conversationId, onTake }: { conversationId: string; onTake(text: string): void }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const api = useApi()
  const { data, isError } = useQuery(api.inbox.suggested.answers.queryOptions({ input: { conversationId } }))
  if (isError) return <p className={styles.quiet}>{t('suggested.failed')}</p>
  if (!data) return <TextSkeleton lines={3} />
  if (data.items.length === 0)
    return <p className={styles.quiet}>{t(data.language === null ? 'suggested.noLanguage' : 'suggested.none')}</p>
  return (
    <div className={styles.items}>
      <p className={styles.quiet}>{t('suggested.why')}</p>
      {data.items.map((item) => (
        <article key={item.deliveryId} className={styles.item}>
          <p className={styles.text} lang={data.language ?? undefined}>
            {item.text}
          </p>
          <p className={styles.quiet}>
            {t('suggested.because', { words: formats.list(item.shared), date: formats.date(item.answeredAt) })}
            {item.removed > 0 && ` ${t('suggested.removed', { count: item.removed })}`}
          </p>
          <p className={styles.foot}>
            <Button size="compact-xs" variant="filled" onClick={() => onTake(item.text)}>
              {t('suggested.take')}
            </Button>
            <Link
              to="/w/$slug/inbox/$conversationId"
              params={{ slug, conversationId: item.conversationId }}
              search={{ state: 'all' }}
            >
              {t('suggested.source')}
            </Link>
          </p>
        </article>
      ))}
    </div>
  )
}
