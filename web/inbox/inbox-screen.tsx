import { useMediaQuery } from '@mantine/hooks'
import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Panes } from '../ui/panes.tsx'
import { Place } from '../ui/place.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import { useBulk } from './bulk-choice.tsx'
import { ConversationList } from './conversation-list.tsx'
import { Controls, Filters } from './inbox-controls.tsx'
import { useInboxPlace, useKeptFocus, useListKeys, useNeighbours } from './inbox-place.ts'
import { itemsOf } from './list-cache.ts'
import { useListLive } from './list-live.ts'
import { listQuery } from './list-query.ts'
import { expectConversationPane, loadConversationPane } from './load-conversation-pane.ts'
import type { InboxSearch } from './search.ts'
import { CloseReasonLater } from './unanswered/close-reason-later.tsx'

/** The list is the first screen; what one opens from it is loaded behind it, or beside it where the address names one. */
const ConversationPane = lazy(() => loadConversationPane().then((file) => ({ default: file.ConversationPane })))
/** Nobody is asked about before a conversation is open. */
const AuthorPane = lazy(() => import('./author-pane.tsx').then((file) => ({ default: file.AuthorPane })))

const PHONE = '(max-width: 48em)'

/** List · conversation · person. Which of them a phone shows is in the address, too. */
export function InboxScreen() {
  const t = useTexts('inbox')
  const search = useSearch({ from: '/w/$slug/inbox' })
  const { conversationId = null } = useParams({ strict: false })
  const phone = useMediaQuery(PHONE, matchMedia(PHONE).matches)
  const [personShown, setPersonShown] = useState(false)
  const place = useInboxPlace(search, conversationId)
  const bulk = useBulk(search, place.goOn)
  const { newCount, show } = useListLive(search, listQuery(useApi(), search).queryKey)
  const lastOpen = useRef<string | null>(null)
  if (conversationId) lastOpen.current = conversationId
  // On a phone the list comes back at the conversation one comes from.
  const openId = conversationId ?? (phone ? lastOpen.current : null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins with itself, not its author.
  useEffect(() => setPersonShown(false), [conversationId])
  useEffect(expectConversationPane, [])
  useKeptFocus(conversationId)
  useNeighbours(search, conversationId)
  useListKeys(place, conversationId)

  const list = (
    <ConversationList
      search={search}
      openId={openId}
      onOpen={({ conversationId: id }) => place.open(id)}
      chosen={bulk.chosen}
      onChoose={bulk.choose}
      onSearch={place.search}
      newCount={newCount}
      onShowNew={() => void show()}
      below={bulk.bar}
    />
  )
  const panes = (
    <>
      <Panes
        name="inbox"
        shown={conversationId === null ? 'list' : personShown ? 'side' : 'detail'}
        labels={{ list: t('list.label'), detail: t('conversation'), side: t('author.title') }}
        list={list}
        detail={
          conversationId ? (
            <Suspense fallback={<TextSkeleton lines={6} />}>
              <ConversationPane
                key={conversationId}
                conversationId={conversationId}
                keysOn={bulk.chosen.size === 0}
                onBack={place.close}
                onPerson={() => setPersonShown(true)}
                onGone={(ids) => place.goOn(ids)}
              />
            </Suspense>
          ) : (
            <NoneOpen search={search} />
          )
        }
        side={
          conversationId ? (
            <Suspense fallback={<TextSkeleton lines={6} />}>
              <AuthorPane key={conversationId} conversationId={conversationId} onBack={() => setPersonShown(false)} />
            </Suspense>
          ) : undefined
        }
      />
      <CloseReasonLater />
    </>
  )
  if (phone && conversationId) return panes
  return (
    <Place
      title={t('title')}
      fills
      filters={<Filters search={search} onSearch={place.search} />}
      action={<Controls search={search} onSearch={place.search} />}
    >
      {panes}
    </Place>
  )
}

/** Beside an empty list, which says itself how things stand, there is nothing to choose from. */
function NoneOpen({ search }: { search: InboxSearch }) {
  const t = useTexts('inbox')
  const { data } = useInfiniteQuery(listQuery(useApi(), search))
  if (itemsOf(data).length === 0) return null
  return (
    <Empty icon={IconInbox} title={t('none.title')}>
      {t('none.why')}
    </Empty>
  )
}
