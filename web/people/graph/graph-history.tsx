import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import styles from './graph.module.css'
import { OperationLine, useOperationSentence } from './operation-line.tsx'
import type { Operation } from './shapes.ts'
import { UndoDialog } from './undo-dialog.tsx'

const PAGE = 10

/** Every act on a person and on everyone who is the same, newest first; each can be taken back from here. */
export function GraphHistory({ personId }: { personId: string }) {
  const t = useTexts('people')
  const mayLink = useMay('people.link')
  const sentence = useOperationSentence()
  const [undoing, setUndoing] = useState<Operation | null>(null)
  const history = useInfiniteQuery(
    useApi().people.graph.history.infiniteOptions({
      input: (after: string | undefined) => ({ personId, after, limit: PAGE }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  const operations = history.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section aria-label={t('graph.history')}>
      <h2 className={styles.title}>{t('graph.history')}</h2>
      {history.error && <QueryError error={history.error} onRetry={() => void history.refetch()} />}
      {!history.data && !history.error && <RowSkeletons />}
      <ol className={styles.history}>
        {operations.map((operation) => (
          <li key={operation.operationId} className={styles.entry}>
            <OperationLine operation={operation} />
            {mayLink && !operation.undone && (
              <Button
                size="compact-xs"
                aria-label={t('graph.undo.which', { what: sentence(operation) })}
                onClick={() => setUndoing(operation)}
              >
                {t('graph.undo.action')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          size="compact-sm"
          mt={8}
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('graph.earlier')}
        </Button>
      )}
      {undoing && <UndoDialog operation={undoing} onClose={() => setUndoing(null)} />}
    </section>
  )
}
