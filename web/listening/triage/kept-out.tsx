import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import styles from './triage.module.css'

const REFRESH_MS = 60_000

/** Below the inbox: how much never came in because it is probably noise, and the way to it. */
export function KeptOut() {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const options = useApi().inbox.conversations.keptOut.queryOptions({ input: {} })
  const { data } = useQuery({ ...options, refetchInterval: REFRESH_MS })
  if (!data || data.count === 0) return null
  const { count, more, days, topicIds } = data
  const number = more ? t('atLeast', { number: formats.number(count) }) : formats.number(count)
  const [topic] = topicIds
  return (
    <p className={styles.line}>
      <Anchor
        inherit
        renderRoot={(props) => (
          <Link
            to="/w/$slug/listening/posts"
            params={{ slug }}
            search={{ noise: 'only', period: 'week', ...(topicIds.length === 1 && topic ? { topic } : {}) }}
            {...props}
          />
        )}
      >
        {t('noise.keptOut', { count, number, days })}
      </Anchor>
    </p>
  )
}
