import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { handleText } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { PastLine, pastKey } from './past-line.tsx'
import styles from './people.module.css'
import type { Formerly as FormerlyOf } from './shapes.ts'

const PAGE = 20

interface FormerlyProps {
  of: FormerlyOf
  /** What the account is called now. */
  account: string
}

/** By which handle and name somebody may still know an account; everything else that it showed comes on demand. */
export function Formerly({ of: { authorId, count, latest }, account }: FormerlyProps) {
  const t = useTexts('people')
  const formats = useFormats()
  const [open, setOpen] = useState(false)
  const id = `past-${authorId}`
  return (
    <div className={styles.formerly}>
      {latest.map(
        ({ attribute, value, seenUntil }) =>
          (attribute === 'handle' || attribute === 'name') && (
            <p key={attribute} className={styles.quiet}>
              {t(`past.formerly.${attribute}`, {
                value: attribute === 'handle' ? handleText(value ?? '') : (value ?? ''),
                until: formats.date(seenUntil),
              })}
            </p>
          ),
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        aria-expanded={open}
        aria-controls={id}
        aria-label={t('past.allOf', { account, count })}
        onClick={() => setOpen(!open)}
      >
        {t('past.all', { count })}
      </Button>
      <div id={id}>{open && <WholePast authorId={authorId} />}</div>
    </div>
  )
}

function WholePast({ authorId }: { authorId: string }) {
  const t = useTexts('people')
  const past = useInfiniteQuery(
    useApi().people.authors.past.infiniteOptions({
      input: (after: string | undefined) => ({ authorId, after, limit: PAGE }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  if (past.error) return <QueryError error={past.error} onRetry={() => void past.refetch()} />
  if (!past.data) return <RowSkeletons />
  return (
    <>
      <ul className={styles.past}>
        {past.data.pages
          .flatMap(({ items }) => items)
          .map((each) => (
            <li key={pastKey(each)}>
              <PastLine past={each} />
            </li>
          ))}
      </ul>
      {past.hasNextPage && (
        <Button size="compact-xs" loading={past.isFetchingNextPage} onClick={() => void past.fetchNextPage()}>
          {t('graph.earlier')}
        </Button>
      )}
    </>
  )
}
