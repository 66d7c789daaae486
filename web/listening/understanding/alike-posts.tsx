import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { useTopics } from '../post-facts.tsx'
import { PostRow } from '../post-row.tsx'
import styles from './understood.module.css'

const FIRST_POSTS = 5

/** What says the same as the post that is read: shares, copies, the same with another link. Nothing where it is alone. */
export default function AlikePosts({ postId }: { postId: string }) {
  const t = useTexts('listening')
  const api = useApi()
  const { slug } = useWorkspace()
  const topics = useTopics()
  const { data: post } = useQuery(api.listening.posts.get.queryOptions({ input: { postId } }))
  const groupId = post?.groupId
  const found = useInfiniteQuery({
    ...api.listening.posts.search.infiniteOptions({
      input: (after: string | undefined) => ({ groupId: groupId ?? postId, ...pageAfter(after, FIRST_POSTS) }),
      ...byCursor,
    }),
    enabled: groupId !== undefined,
  })
  const others = (found.data?.pages.flatMap(({ items }) => items) ?? []).filter((one) => one.postId !== postId)
  if (groupId === undefined || others.length === 0) return null
  return (
    <section className={styles.alike}>
      <h3>{t('alike.title')}</h3>
      <ol>
        {others.map((one) => (
          <li key={one.postId}>
            <Link
              from="/w/$slug/listening/posts"
              to="/w/$slug/listening/posts"
              search={(before) => ({ ...before, post: one.postId })}
              replace
            >
              <PostRow post={one} topics={topics} />
            </Link>
          </li>
        ))}
      </ol>
      <p className={styles.alikeFoot}>
        {found.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('alike.more')}
          </Button>
        )}
        <Anchor
          size="xs"
          renderRoot={(props) => (
            <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ group: groupId }} {...props} />
          )}
        >
          {t('alike.list')}
        </Anchor>
        <Anchor
          size="xs"
          renderRoot={(props) => (
            <Link
              from="/w/$slug/listening/posts"
              to="/w/$slug/listening/posts"
              search={(before) => ({ ...before, fold: 'off' })}
              replace
              {...props}
            />
          )}
        >
          {t('alike.unfold')}
        </Anchor>
      </p>
    </section>
  )
}
