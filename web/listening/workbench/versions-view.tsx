import { Button, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useActorName } from '../actor-name.ts'
import { QueryText } from '../query-text.tsx'
import type { Topic, TopicVersion } from '../shapes.ts'
import { QueryDifference } from './query-difference.tsx'
import styles from './workbench.module.css'

const PAGE_VERSIONS = 20

interface VersionsViewProps {
  topic: Topic
  mayManage: boolean
  /** Something is typed and not saved: going back now would part it from what it was typed against. */
  dirty: boolean
}

/** What the topic asked for before, who changed it, why and what exactly; each can be made to count again. */
export function VersionsView({ topic, mayManage, dirty }: VersionsViewProps) {
  const t = useTexts('listening')
  const api = useApi()
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    api.listening.topics.versions.infiniteOptions({
      input: (after: string | undefined) => ({ topicId: topic.topicId, ...pageAfter(after, PAGE_VERSIONS) }),
      ...byCursor,
    }),
  )
  const restore = useRestore(topic)
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div className={styles.view}>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {isPending && <TextSkeleton lines={3} />}
      {mayManage && dirty && items.length > 1 && <p className={styles.quiet}>{t('workbench.versions.dirty')}</p>}
      <ol className={styles.versions} aria-label={t('topics.versions')}>
        {items.map((version, index) => (
          <VersionRow
            key={version.version}
            topicId={topic.topicId}
            version={version}
            current={version.version === topic.version}
            opened={index === 0}
            onRestore={mayManage && !dirty ? () => restore(version.version) : null}
          />
        ))}
      </ol>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('topics.olderVersions')}
        </Button>
      )}
    </div>
  )
}

/** At once, and taken back as easily: every way back is a version of its own. */
function useRestore({ topicId, version: current }: Topic) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const restore = useMutation(
    api.listening.workbench.restore.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.topics.key() }),
    }),
  )
  const backTo = (version: number, againstVersion: number) =>
    restore.mutateAsync({ topicId, version, againstVersion, reason: t('topics.backTo', { version }) })
  return async (version: number) => {
    const { version: made } = await backTo(version, current)
    showUndo({
      message: t('workbench.versions.restored', { version }),
      undoLabel: t('undo'),
      undo: () => backTo(current, made).catch(() => undefined),
    })
  }
}

interface VersionRowProps {
  topicId: string
  version: TopicVersion
  current: boolean
  opened: boolean
  onRestore: (() => Promise<void>) | null
}

function VersionRow({ topicId, version, current, opened, onRestore }: VersionRowProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const id = useId()
  const [open, setOpen] = useState(opened)
  const [going, setGoing] = useState(false)
  const who = useActorName()({ kind: version.changedBy ? 'member' : 'system', id: version.changedBy })
  const goBack = () => {
    setGoing(true)
    void onRestore?.()
      .catch(() => undefined)
      .finally(() => setGoing(false))
  }
  const first = version.version === 1
  return (
    <li className={styles.version}>
      <div className={styles.versionHead}>
        <strong>{t('topics.version', { version: version.version })}</strong>
        <span>{who}</span>
        <TimeAgo time={version.changedAt} />
        <span>{formats.list(version.languages.map(formats.languageName))}</span>
        {current && <span className={styles.current}>{t('topics.current')}</span>}
        {!current && onRestore && (
          <Button size="compact-xs" loading={going} onClick={goBack}>
            {t('topics.restore')}
          </Button>
        )}
      </div>
      {version.reason && <p className={styles.reason}>{version.reason}</p>}
      {open && !first ? (
        <Difference id={id} topicId={topicId} to={version.version} />
      ) : (
        <div id={id}>
          <QueryText query={version.query} />
        </div>
      )}
      {!first && (
        <UnstyledButton
          className={styles.unfold}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {open ? t('workbench.versions.whole') : t('workbench.versions.changed', { version: version.version - 1 })}
        </UnstyledButton>
      )}
    </li>
  )
}

function Difference({ id, topicId, to }: { id: string; topicId: string; to: number }) {
  const t = useTexts('listening')
  const formats = useFormats()
  // Versions never change: asked once is asked for good.
  const { data, error, refetch } = useQuery({
    ...useApi().listening.workbench.difference.queryOptions({ input: { topicId, from: to - 1, to } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const names = (tags: string[]) => formats.list(tags.map(formats.languageName))
  return (
    <div id={id}>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <TextSkeleton lines={1} />}
      {data && (
        <>
          <QueryDifference pieces={data.pieces} />
          {data.languagesAdded.length > 0 && (
            <p className={styles.quiet}>
              {t('workbench.versions.languagesAdded', { languages: names(data.languagesAdded) })}
            </p>
          )}
          {data.languagesRemoved.length > 0 && (
            <p className={styles.quiet}>
              {t('workbench.versions.languagesRemoved', { languages: names(data.languagesRemoved) })}
            </p>
          )}
        </>
      )}
    </div>
  )
}
