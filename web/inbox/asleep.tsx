import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import styles from './composer.module.css'

/** How long an answer to "may I speak now" is believed; the server asks again before anything is sent. */
const BELIEVED_MS = 60_000

/** What one can end by oneself, there. */
const LED_TO: ReadonlySet<string> = new Set(['guideline-unacknowledged', 'training-missing'])

interface SilenceProps {
  /** The account that would answer. */
  sourceId: string
  onChange(silent: boolean): void
}

/** Why one cannot answer in public here and now, and what to do: said before one writes, and what one writes is kept. */
export function Silence({ sourceId, onChange }: SilenceProps) {
  const t = useTexts('inbox')
  const { slug, atSources, elsewhere } = useWorkspace()
  const mine = useQuery({
    ...useApi().accounts.staffing.mine.queryOptions({ input: {} }),
    staleTime: BELIEVED_MS,
  })
  const there = atSources.find((source) => source.sourceId === sourceId)?.permissions ?? elsewhere
  const silence = there.includes('answers.speak')
    ? mine.data?.asleep.find(({ permission }) => permission === 'answers.speak')
    : { reason: 'role' as const, params: {} as Record<string, string> }
  const silent = silence !== undefined
  useEffect(() => onChange(silent), [silent, onChange])
  if (!silence) return null
  return (
    <p className={styles.notice} role="status">
      <span>
        {t('silence')} {t(`accounts:asleep.${silence.reason}`, silence.params)}
        {LED_TO.has(silence.reason) && (
          <>
            {' '}
            <Link to="/w/$slug/programme/guidelines" params={{ slug }}>
              {t('silenceEnds')}
            </Link>
          </>
        )}
      </span>
    </p>
  )
}
