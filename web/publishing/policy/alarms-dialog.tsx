import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { PolicyCheck } from '../../../contract/policy-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { FindingList } from './finding-list.tsx'
import styles from './policy.module.css'
import type { Document } from './policy-state.ts'

interface AlarmsDialogProps {
  check: PolicyCheck
  document: Document
  onClose(): void
}

/** What a check would have found in what we said before; people say whether it was right. */
export function AlarmsDialog({ check, document, onClose }: AlarmsDialogProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const asked = api.publishing.policy.measure.queryOptions({ input: { document, check } })
  const { data, error, refetch } = useQuery(asked)
  const review = useMutation(
    api.publishing.policy.review.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.publishing.policy.measure.key() }),
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('policy.alarms.title', { check: t(`policy.check.${check}`) })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p className={styles.lead}>{t('policy.alarms.why')}</p>
      {error ? (
        <QueryError error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <TextSkeleton lines={6} />
      ) : (
        <div className={styles.rows}>
          {data.toRead.map(({ postId, text, findings, wrong, publishedAt, sourceName }) => {
            const say = (was: 'right' | 'wrong') =>
              review.mutate({ postId, check, was: wrong === (was === 'wrong') ? 'unread' : was })
            return (
              <div key={postId} className={styles.card}>
                <span className={styles.rate}>
                  {sourceName} · <TimeAgo time={publishedAt} />
                </span>
                <FindingList findings={findings} text={text} />
                <div className={styles.choice}>
                  <Button
                    size="compact-sm"
                    aria-pressed={wrong === false}
                    variant={wrong === false ? 'filled' : 'default'}
                    onClick={() => say('right')}
                  >
                    {t('policy.alarms.right')}
                  </Button>
                  <Button
                    size="compact-sm"
                    aria-pressed={wrong === true}
                    variant={wrong === true ? 'filled' : 'default'}
                    onClick={() => say('wrong')}
                  >
                    {t('policy.alarms.wrong')}
                  </Button>
                </div>
              </div>
            )
          })}
        </div>
      )}
    </Modal>
  )
}
