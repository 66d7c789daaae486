import { Anchor, Button, Modal } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import styles from './response.module.css'
import type { Asked, Group, Row } from './response-query.ts'

interface RowsProps {
  asked: Asked
  group: Group & { name: string }
  week: string
  onClose(): void
}

/** The waits behind a figure, each with the way to its conversation. */
export function ResponseRows({ asked, group, week, onClose }: RowsProps) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const api = useApi()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    api.measurement.response.rows.infiniteOptions({
      input: (after: string | undefined) => ({ ...asked, key: group.key, week, ...(after ? { after } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const title = t('response.rowsOf', { name: group.name, week: formats.date(new Date(`${week}T12:00:00Z`)) })
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {error && !data && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <TextSkeleton lines={6} />}
      <ul className={styles.waits}>
        {rows.map((row) => (
          <Wait key={`${row.conversationId} ${row.startedAt.getTime()}`} row={row} />
        ))}
      </ul>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </Modal>
  )
}

function Wait({ row }: { row: Row }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  const length = (minutes: number) => formats.duration(Math.round(minutes) * 60_000)
  const params = { slug, conversationId: row.conversationId }
  return (
    <li className={styles.wait}>
      <Anchor
        renderRoot={(props) => (
          <Link to="/w/$slug/inbox/$conversationId" params={params} search={{ state: 'all' }} {...props} />
        )}
      >
        {t('response.conversation', { network: networkName(row.network), time: formats.exact(row.startedAt) })}
      </Anchor>
      <span>{t(`response.state.${row.state}`)}</span>
      <span className={styles.quiet}>
        {row.wallMinutes === null
          ? t('response.stillWaits', { service: length(row.serviceMinutes) })
          : t('response.took', { service: length(row.serviceMinutes), wall: length(row.wallMinutes) })}
      </span>
    </li>
  )
}
