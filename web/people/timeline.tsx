import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconAt, IconLink, IconLinkOff } from '@tabler/icons-react'
import {
  type InfiniteData,
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query'
import { useEffect } from 'react'
import { useActorName } from '../listening/actor-name.ts'
import { handleText, useAuthorName } from '../listening/author-line.tsx'
import { PostCard } from '../listening/post-card.tsx'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { useAccountName } from './account-name.ts'
import { Fact } from './fact.tsx'
import { OperationFact } from './graph/operation-fact.tsx'
import styles from './people.module.css'
import { askedOf, isFiltered, type TimelineFilter } from './person/timeline-filter.ts'
import { PurchaseFact } from './purchases/purchase-fact.tsx'
import type { TimelineEntry } from './shapes.ts'
import { ConversationTurn, OurAnswer } from './timeline-conversation.tsx'

const PAGE_ENTRIES = 30
type Timeline = UseInfiniteQueryResult<InfiniteData<{ items: TimelineEntry[] }>>

export function AuthorTimeline({ authorId }: { authorId: string }) {
  const { ofAuthor } = useApi().listening.timelines
  const input = (after: string | undefined) => ({ authorId, ...pageAfter(after, PAGE_ENTRIES) })
  return <Entries timeline={useInfiniteQuery(ofAuthor.infiniteOptions({ input, ...byCursor }))} />
}

/** `filter`: what of it is shown. */
export function PersonTimeline({ personId, filter }: { personId: string; filter: TimelineFilter }) {
  const { ofPerson } = useApi().listening.timelines
  const asked = askedOf(filter)
  const input = (after: string | undefined) => ({ personId, ...asked, ...pageAfter(after, PAGE_ENTRIES) })
  const timeline = useInfiniteQuery({
    ...ofPerson.infiniteOptions({ input, ...byCursor }),
    placeholderData: keepPreviousData,
  })
  return <Entries timeline={timeline} filtered={isFiltered(filter)} />
}

/** Newest first; goes on by itself when its end comes into sight. */
function Entries({ timeline, filtered = false }: { timeline: Timeline; filtered?: boolean }) {
  const t = useTexts('people')
  const { ref, entry } = useIntersection({ rootMargin: '400px' })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = timeline
  const near = entry?.isIntersecting ?? false
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage])
  if (timeline.error) return <QueryError error={timeline.error} onRetry={() => void timeline.refetch()} />
  if (!timeline.data) return <RowSkeletons rows={4} />
  const items = timeline.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p className={styles.quiet}>{t(filtered ? 'filter.nothing' : 'timeline.empty')}</p>
  const newest = newestOfConversations(items)
  return (
    <>
      <ol className={styles.timeline}>
        {items.map((item) => (
          <li key={keyOf(item)}>
            <Entry entry={item} newest={newest.has(item)} />
          </li>
        ))}
      </ol>
      {hasNextPage && (
        <div ref={ref} className={styles.more}>
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('timeline.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** How a conversation stands today is said once, where it is told of last. */
function newestOfConversations(items: TimelineEntry[]): Set<TimelineEntry> {
  const first = new Map<string, TimelineEntry>()
  for (const item of items)
    if ('conversation' in item && !first.has(item.conversation.conversationId))
      first.set(item.conversation.conversationId, item)
  return new Set(first.values())
}

function keyOf(entry: TimelineEntry): string {
  if (entry.kind === 'post' || entry.kind === 'answer') return `${entry.kind} ${entry.post.postId}`
  if (entry.kind === 'conversation') return `conversation ${entry.position}`
  if (entry.kind === 'handle') return `handle ${entry.author.authorId} ${entry.at.getTime()} ${entry.handle}`
  if (entry.kind === 'operation' || entry.kind === 'undone') return `${entry.kind} ${entry.operation.operationId}`
  if (entry.kind === 'purchase') return `purchase ${entry.purchase.purchaseId}`
  return `${entry.kind} ${entry.link.linkId}`
}

function Entry({ entry, newest }: { entry: TimelineEntry; newest: boolean }) {
  const t = useTexts('people')
  const nameOf = useAuthorName()
  const accountName = useAccountName()
  const actorName = useActorName()
  if (entry.kind === 'post') return <PostCard post={entry.post} />
  if (entry.kind === 'conversation') return <ConversationTurn entry={entry} showsState={newest} />
  if (entry.kind === 'answer') return <OurAnswer entry={entry} showsState={newest} />
  if (entry.kind === 'handle')
    return (
      <Fact sign={IconAt} at={entry.at}>
        {t('timeline.handle', { handle: handleText(entry.handle), name: entry.name ?? nameOf(entry.author) })}
      </Fact>
    )
  if (entry.kind === 'purchase') return <PurchaseFact purchase={entry.purchase} />
  if (entry.kind === 'operation' || entry.kind === 'undone') return <OperationFact entry={entry} />
  const { link } = entry
  const said = { account: accountName(link.author), person: link.person.name }
  if (entry.kind === 'withdrawn')
    return (
      <Fact sign={IconLinkOff} at={entry.at}>
        {t('timeline.withdrawn', { ...said, who: link.withdrawn ? actorName(link.withdrawn.by) : '' })}
      </Fact>
    )
  return (
    <Fact sign={IconLink} at={entry.at}>
      {t('timeline.linked', { ...said, how: t(`method.${link.method}`), who: actorName(link.linkedBy) })}
    </Fact>
  )
}
