import { Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Tag } from '../ui/tag.tsx'
import styles from './plan.module.css'
import { useSaved } from './saved.ts'
import type { Walk } from './shapes.ts'

export function PastWalks({ walks, mayManage }: { walks: Walk[]; mayManage: boolean }) {
  const t = useTexts('plan')
  const api = useApi()
  const formats = useFormats()
  const settle = useMutation(api.plan.walks.settle.mutationOptions(useSaved(() => {})))
  if (walks.length === 0) return null
  return (
    <section>
      <h2>{t('walk.past')}</h2>
      <ul className={styles.rows}>
        {walks.map((walk) => (
          <li key={walk.walkId} className={styles.row}>
            <div className={styles.main}>
              <strong>{formats.date(walk.endedAt ?? walk.begunAt)}</strong>
              {walk.summary && <span className={styles.quiet}>{walk.summary}</span>}
              {walk.openPoints.map(({ openPointId, text, settledAt }) => (
                <Checkbox
                  key={openPointId}
                  mt={6}
                  label={text}
                  checked={settledAt !== null}
                  disabled={!mayManage}
                  onChange={(event) => settle.mutate({ openPointId, settled: event.currentTarget.checked })}
                />
              ))}
            </div>
            {walk.outcome && (
              <Tag tone={walk.outcome === 'ready' ? 'good' : 'notice'}>{t(`outcome.${walk.outcome}`)}</Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
