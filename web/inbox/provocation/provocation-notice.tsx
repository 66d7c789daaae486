import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import composer from '../composer.module.css'
import styles from './provocation.module.css'

const FACTS = ['insults', 'closed', 'hidden', 'reported', 'muted', 'blocked'] as const

/** What to do with an account that has provoked before, and on what that rests. Says nothing of anybody else. */
export function ProvocationNotice({ conversationId }: { conversationId: string }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const api = useApi()
  const [open, setOpen] = useState(false)
  const { data } = useQuery(api.inbox.provocation.of.queryOptions({ input: { conversationId }, staleTime: 30_000 }))
  if (!data || data.level === 'none') return null
  const level = data.complaint ? 'withComplaint' : data.level
  const facts = FACTS.flatMap((fact) =>
    data.facts[fact] > 0 ? t(`provocation.fact.${fact}`, { count: data.facts[fact] }) : [],
  )
  return (
    <div className={composer.notice} role="status">
      <div className={styles.body}>
        <p className={styles.line}>
          <strong>{t(`provocation.level.${level}`)}</strong>
        </p>
        <ul className={styles.advice}>
          {data.advice.map((advice) => (
            <li key={advice}>{t(`provocation.advice.${advice}`)}</li>
          ))}
        </ul>
        <UnstyledButton className={styles.more} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'provocation.less' : 'provocation.because')}
        </UnstyledButton>
        {open && (
          <p className={styles.line}>
            {t('provocation.facts', { facts: formats.list(facts), days: data.days })} {t('provocation.fair')}
          </p>
        )}
      </div>
    </div>
  )
}
