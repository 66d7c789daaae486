import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { useActorName } from './actor-name.ts'
import styles from './listening.module.css'
import { QueryText } from './query-text.tsx'
import type { Topic, TopicVersion } from './shapes.ts'

const PAGE_VERSIONS = 20

interface TopicVersionsProps {
  topic: Topic
  /** Null: the reader may not change topics. */
  onRestore: ((version: TopicVersion) => void) | null
}

/** What the topic asked for before, who changed it and why; each can be taken up again. */
export function TopicVersions({ topic, onRestore }: TopicVersionsProps) {
  const t = useTexts('listening')
  const api = useApi()
  const versions = useInfiniteQuery(
    api.listening.topics.versions.infiniteOptions({
      input: (after: string | undefined) => ({ topicId: topic.topicId, ...pageAfter(after, PAGE_VERSIONS) }),
      ...byCursor,
    }),
  )
  const items = versions.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className={styles.versions} aria-label={t('topics.versions')}>
      <h2>{t('topics.versions')}</h2>
      {versions.error && <QueryError error={versions.error} onRetry={() => void versions.refetch()} />}
      {versions.isPending && <TextSkeleton lines={3} />}
      <ol className={styles.versionList}>
        {items.map((version) => (
          <VersionRow
            key={version.version}
            version={version}
            current={version.version === topic.version}
            onRestore={onRestore}
          />
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {t('topics.olderVersions')}
        </Button>
      )}
    </section>
  )
}

interface VersionRowProps {
  version: TopicVersion
  current: boolean
  onRestore: TopicVersionsProps['onRestore']
}

function VersionRow({ version, current, onRestore }: VersionRowProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const who = useActorName()({ kind: version.changedBy ? 'member' : 'system', id: version.changedBy })
  return (
    <li className={styles.version}>
      <div className={styles.versionHead}>
        <strong>{t('topics.version', { version: version.version })}</strong>
        <span>{who}</span>
        <TimeAgo time={version.changedAt} />
        <span>{formats.list(version.languages.map(formats.languageName))}</span>
        {current ? (
          <span>{t('topics.current')}</span>
        ) : (
          onRestore && (
            <Button size="compact-xs" onClick={() => onRestore(version)}>
              {t('topics.restore')}
            </Button>
          )
        )}
      </div>
      {version.reason && <p className={styles.reason}>{version.reason}</p>}
      <QueryText query={version.query} />
    </li>
  )
}
