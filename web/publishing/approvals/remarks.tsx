import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './approvals.module.css'

type Open = Awaited<ReturnType<ReturnType<typeof useApi>['publishing']['approvals']['get']['call']>>

/** What is said about a text without deciding; it goes with the text when somebody edits it. */
export function Remarks({ approval }: { approval: Open }) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const say = useMutation(
    api.publishing.approvals.remark.mutationOptions({
      onSuccess: async () => {
        setText('')
        await queries.invalidateQueries({ queryKey: api.publishing.approvals.key() })
      },
    }),
  )
  if (approval.state !== 'open' && approval.remarks.length === 0) return null
  return (
    <section className={styles.part} aria-label={t('approval.remarks')}>
      <h2>{t('approval.remarks')}</h2>
      <ul className={styles.remarks}>
        {approval.remarks.map((remark) => (
          <li key={remark.remarkId} className={styles.remark}>
            <span className={styles.facts}>
              <strong>{remark.by.name ?? t(remark.by.kind === 'bot' ? 'by.bot' : 'by.nobody')}</strong>
              {remark.by.kind === 'guest' && t('approval.isGuest')}
              <TimeAgo time={remark.at} />
            </span>
            <p dir="auto">{remark.text}</p>
          </li>
        ))}
      </ul>
      {approval.state === 'open' && (
        <div className={styles.link}>
          <Textarea
            aria-label={t('approval.remark')}
            placeholder={t('approval.remark')}
            value={text}
            maxLength={2_000}
            autosize
            minRows={1}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button
            loading={say.isPending}
            disabled={text.trim() === ''}
            onClick={() => say.mutate({ approvalId: approval.approvalId, text })}
          >
            {t('approval.remarkDo')}
          </Button>
        </div>
      )}
    </section>
  )
}
