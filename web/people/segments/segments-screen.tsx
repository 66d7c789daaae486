import { Button } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { PeoplePlace } from '../people-place.tsx'
import { useCountText } from './count-text.ts'
import { SegmentDetail } from './segment-detail.tsx'
import { SegmentEditor } from './segment-editor.tsx'
import styles from './segments.module.css'

/** Groups of persons by rule: how many they hold now, who is in, and what the rule says. */
export function SegmentsScreen() {
  const t = useTexts('people')
  const mayChange = useMay('topics.manage')
  const countText = useCountText()
  const { segment: chosen } = useSearch({ from: '/w/$slug/people/segments' })
  const navigate = useNavigate({ from: '/w/$slug/people/segments' })
  const [making, setMaking] = useState(false)
  const { data, error, refetch } = useQuery(useApi().people.segments.list.queryOptions({ input: {} }))
  const open = data?.items.find(({ segmentId }) => segmentId === chosen) ?? null
  const choose = (segmentId: string | undefined) => void navigate({ search: segmentId ? { segment: segmentId } : {} })
  const action = mayChange && (
    <Button variant="filled" onClick={() => setMaking(true)}>
      {t('segments.new')}
    </Button>
  )
  return (
    <PeoplePlace tab="segments" title={t('tab.segments')} action={action}>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={5} />}
      {data?.items.length === 0 && !making && (
        <Empty icon={IconUsersGroup} title={t('segments.none')} action={action}>
          {t('segments.noneHow')}
        </Empty>
      )}
      {making && (
        <SegmentEditor
          segment={null}
          onDone={(segmentId) => {
            setMaking(false)
            if (segmentId) choose(segmentId)
          }}
        />
      )}
      {data && data.items.length > 0 && !making && (
        <div className={styles.columns} data-open={open ? true : undefined}>
          <ul className={styles.list}>
            {data.items.map((segment) => (
              <li key={segment.segmentId}>
                <button
                  type="button"
                  className={styles.item}
                  aria-current={segment.segmentId === chosen ? 'true' : undefined}
                  onClick={() => choose(segment.segmentId)}
                >
                  <span className={styles.name}>{segment.name}</span>
                  <span className={styles.quiet}>{segment.count && countText(segment.count)}</span>
                  {segment.purpose && <span className={styles.purpose}>{segment.purpose}</span>}
                </button>
              </li>
            ))}
          </ul>
          {open ? (
            <SegmentDetail key={open.segmentId} segment={open} onClose={() => choose(undefined)} />
          ) : (
            <p className={styles.hint}>{t('segments.choose')}</p>
          )}
        </div>
      )}
    </PeoplePlace>
  )
}
