import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { NewItemsPill } from '../ui/new-items-pill.tsx'
import { Panes } from '../ui/panes.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { type FoundPosts, useFoundPosts } from './found-posts.ts'
import styles from './listening.module.css'
import { ListeningPlace } from './listening-place.tsx'
import { NoPosts } from './no-posts.tsx'
import { PostDetail, PostDetailEmpty } from './post-detail.tsx'
import { useTopics } from './post-facts.tsx'
import { PostRow } from './post-row.tsx'
import { filtersOf, isNarrowed, type PostSearch, thisHour } from './post-search.ts'
import { PostToolbar } from './post-toolbar.tsx'
import { useNewPosts, usePostsInPlace } from './posts-live.ts'
import { SearchState } from './search-state.tsx'
import type { FoundPost } from './shapes.ts'
import { effectOptions, orderOf } from './triage/effect.ts'
import { NoiseFilters, NoiseLine } from './triage/noise-line.tsx'
import { UnderstoodFilters } from './understanding/understood-filters.tsx'

const ROW_PX = 104

/** Everything that was heard and kept, newest first, searched by the language that topics are written in. */
export function PostsScreen() {
  const t = useTexts('listening')
  const search = useSearch({ from: '/w/$slug/listening/posts' })
  const navigate = useNavigate({ from: '/w/$slug/listening/posts' })
  const hour = thisHour().getTime()
  const { timeZone } = useSuspenseQuery(useApi().accounts.workspaces.get.queryOptions({ input: {} })).data
  const api = useApi()
  const topicId = filtersOf(search, new Date(hour), timeZone).topicId
  const { data: effect = null } = useQuery({ ...effectOptions(api, topicId ?? ''), enabled: topicId !== undefined })
  const filters = useMemo(
    () => ({ ...filtersOf(search, new Date(hour), timeZone), ...orderOf(search, effect) }),
    [search, hour, timeZone, effect],
  )
  const found = useFoundPosts(filters)
  const fresh = useNewPosts(filters, found.posts, found.dataUpdatedAt)
  usePostsInPlace()

  const change = (changed: Partial<PostSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace: !('post' in changed) })
  const close = () => change({ post: undefined } as Partial<PostSearch>)
  useShortcuts(t('posts.title'), search.post ? [{ keys: 'escape', label: t('posts.close'), run: close }] : [])
  const open = found.posts.find(({ postId }) => postId === search.post)
  return (
    <ListeningPlace title={t('posts.title')} fills>
      <PostToolbar
        search={search}
        timeZone={timeZone}
        filters={filters}
        fault={found.error}
        more={
          <>
            <UnderstoodFilters search={search} onChange={change} />
            <NoiseFilters search={search} effect={effect} onChange={change} />
          </>
        }
        onChange={change}
      />
      <NoiseLine search={search} effect={effect} onChange={change} />
      <Panes
        name="listening.posts"
        shown={search.post ? 'detail' : 'list'}
        labels={{ list: t('posts.title'), detail: t('posts.one'), side: '' }}
        list={
          <PostList
            found={found}
            search={search}
            fresh={fresh.count}
            onFresh={() => void found.restart().then(fresh.reset)}
            onChange={change}
          />
        }
        detail={
          search.post ? (
            <PostDetail key={search.post} postId={search.post} spans={open?.spans ?? []} onClose={close} />
          ) : found.posts.length > 0 ? (
            <PostDetailEmpty />
          ) : null
        }
      />
    </ListeningPlace>
  )
}

interface PostListProps {
  found: FoundPosts
  search: PostSearch
  fresh: number
  onFresh(): void
  onChange(changed: Partial<PostSearch>): void
}

function PostList({ found, search, fresh, onFresh, onChange }: PostListProps) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const topics = useTopics()
  const { posts, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = found
  const { post: openId = null, ...filters } = search
  // A search that stopped at its time limit goes on when asked, not by itself.
  const stopped = Boolean(found.last?.searchedBackTo)
  if (found.isPending) return <RowSkeletons />
  const above = <NewItemsPill count={fresh} onShow={onFresh} />
  if (posts.length === 0)
    return (
      <div className={styles.nothing}>
        {above}
        <SearchState found={found} />
        {!found.error && !stopped && <NoPosts narrowed={isNarrowed(search)} onChange={onChange} />}
      </div>
    )
  return (
    <>
      <div className={styles.list} data-behind={isPlaceholderData || found.error ? true : undefined}>
        <VirtualList<FoundPost>
          label={t('posts.title')}
          items={posts}
          idOf={({ postId }) => postId}
          rowHeight={ROW_PX}
          row={(post) => <PostRow post={post} topics={topics} />}
          openId={openId}
          onOpen={({ postId }) => onChange({ post: postId })}
          hasMore={hasNextPage && !stopped}
          onMore={() => void (isFetchingNextPage || fetchNextPage())}
          above={above}
          keptAs={`posts ${slug} ${JSON.stringify(filters)}`}
        />
      </div>
      <SearchState found={found} />
    </>
  )
}
