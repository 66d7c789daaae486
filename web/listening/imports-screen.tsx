import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { ImportStateTag } from './import-result.tsx'
import styles from './listening.module.css'
import { ListeningPlace } from './listening-place.tsx'
import type { Import } from './shapes.ts'
import { UploadZone } from './upload-zone.tsx'

const PAGE_IMPORTS = 30
const REFRESH_MS = 2_000

/** A file comes in above; what came in before stands below. */
export function ImportsScreen() {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const list = useInfiniteQuery({
    ...useApi().listening.imports.list.infiniteOptions({
      input: (after: string | undefined) => pageAfter(after, PAGE_IMPORTS),
      ...byCursor,
    }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some((each) => each.state === 'running')) ? REFRESH_MS : false,
  })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ListeningPlace title={t('imports.title')}>
      <UploadZone
        path="/files/imports"
        prompt={t('imports.drop')}
        hint={t('imports.formats')}
        onUploaded={(importId) => navigate({ to: '/w/$slug/listening/imports/$importId', params: { slug, importId } })}
      />
      <h2 className={styles.sectionTitle}>{t('imports.former')}</h2>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowSkeletons rows={3} />}
      {list.data && items.length === 0 && <p className={styles.hint}>{t('imports.none')}</p>}
      <ul className={styles.cards}>
        {items.map((each) => (
          <ImportRow key={each.importId} one={each} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </ListeningPlace>
  )
}

function ImportRow({ one }: { one: Import }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className={styles.source}>
      <div className={styles.sourceHead}>
        <Link
          to="/w/$slug/listening/imports/$importId"
          params={{ slug, importId: one.importId }}
          className={styles.rowLink}
        >
          {one.fileName}
        </Link>
        <ImportStateTag one={one} />
      </div>
      <p className={styles.hint}>
        <TimeAgo time={one.createdAt} /> · {formats.bytes(Number(one.fileBytes))}
        {one.rows > 0 && (
          <>
            {' · '}
            {t('imports.postsOfRows', {
              count: one.posts,
              posts: formats.number(one.posts),
              rows: formats.number(one.rows),
            })}
          </>
        )}
      </p>
    </li>
  )
}
