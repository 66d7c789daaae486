import { Button, SegmentedControl } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { apiOf } from '../../platform/api.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { MyWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { NewItemsPill } from '../../ui/new-items-pill.tsx'
import { Place } from '../../ui/place.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { VirtualList } from '../../ui/virtual-list.tsx'
import styles from './combined.module.css'
import { type CombinedItem, type Shown, useCombinedList, useInboxes } from './combined-list.ts'
import { CombinedRow } from './combined-row.tsx'

/** So often the newest of each workspace is looked at: here no live connection runs, for it belongs to one workspace. */
const LOOKED_EVERY_MS = 20_000
const LOOKED_AT_MAX = 20
const SHOWN: Shown[] = ['open', 'waiting']

/** What is open in every workspace of mine. Opening a conversation leads into its workspace. */
export function CombinedScreen() {
  const t = useTexts('inbox')
  const formats = useFormats()
  const navigate = useNavigate()
  const workspaces = useInboxes()
  const { shown = 'open' } = useSearch({ strict: false }) as { shown?: Shown }
  const list = useCombinedList(workspaces, shown)
  const newer = useNewer(workspaces, shown, list.items[0]?.conversation.lastPostAt)
  const open = ({ workspace, conversation }: CombinedItem) =>
    void navigate({ href: `/w/${workspace.slug}/inbox/${conversation.conversationId}` })
  return (
    <Place
      title={t('combined.title')}
      fills
      action={
        <SegmentedControl
          aria-label={t('combined.show')}
          data={SHOWN.map((value) => ({ value, label: t(`combined.shown.${value}`) }))}
          value={shown}
          onChange={(value) =>
            void navigate({ to: '.', search: value === 'open' ? {} : { shown: value as Shown }, replace: true })
          }
        />
      }
    >
      {list.failed.length > 0 && (
        <p className={styles.failed} role="status">
          {t('combined.failed', { names: formats.list(list.failed) })}{' '}
          <Button size="compact-xs" onClick={() => void list.refetch()}>
            {t('combined.again')}
          </Button>
        </p>
      )}
      {list.isPending ? (
        <RowSkeletons />
      ) : list.items.length === 0 ? (
        <Empty icon={IconInbox} title={t(`combined.none.${shown}`)}>
          {t('combined.noneWhy', { count: workspaces.length })}
        </Empty>
      ) : (
        <VirtualList
          label={t('combined.title')}
          items={list.items}
          idOf={({ conversation }) => conversation.conversationId}
          rowHeight={72}
          onOpen={open}
          hasMore={list.hasNextPage}
          onMore={() => void list.fetchNextPage()}
          keptAs={`combined-${shown}`}
          above={newer > 0 && <NewItemsPill count={newer} onShow={() => void list.refetch()} />}
          row={(item) => <CombinedRow item={item} />}
        />
      )}
    </Place>
  )
}

/** In how many conversations somebody spoke since the list was read, as far as it is looked. */
function useNewer(workspaces: readonly MyWorkspace[], shown: Shown, newestShown: Date | undefined): number {
  const newest = useQueries({
    queries: workspaces.map(({ workspaceId }) => ({
      ...apiOf(workspaceId).inbox.conversations.list.queryOptions({
        input: {
          state: 'open',
          limit: LOOKED_AT_MAX,
          order: 'newest',
          ...(shown === 'waiting' ? { waiting: 'yes' } : {}),
        },
      }),
      refetchInterval: LOOKED_EVERY_MS,
      meta: { shownInPlace: true },
    })),
  })
  const spoken = newest.flatMap(({ data }) => data?.items ?? [])
  return spoken.filter(({ lastPostAt }) => +lastPostAt > +(newestShown ?? 0)).length
}
