import { useMediaQuery } from '@mantine/hooks'
import { IconInbox } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useCommands } from '../platform/commands.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { Empty } from '../ui/empty.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { Panes } from '../ui/panes.tsx'
import { Place } from '../ui/place.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { AuthorPane } from './author-pane.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { useChanges } from './change.ts'
import { ConversationList } from './conversation-list.tsx'
import { ConversationPane } from './conversation-pane.tsx'
import { FilterButton, FilterChips, OrderMenu } from './filter-controls.tsx'
import styles from './list.module.css'
import { itemsOf, neighbourOf, type Pages } from './list-cache.ts'
import { useListLive } from './list-live.ts'
import { countsQuery, listQuery } from './list-query.ts'
import { SavedViews } from './saved-views.tsx'
import { filtersOf, type InboxSearch, plain, STATES, stateOf } from './search.ts'
import type { Change } from './shapes.ts'

const PHONE = '(max-width: 48em)'
/** Whoever flies through the list with j asks for none of those in between. */
const NEIGHBOURS_AFTER_MS = 120
const NO_CHOICE: ReadonlySet<string> = new Set()

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
    <Panes
      name="inbox"
      shown={conversationId === null ? 'list' : personShown ? 'side' : 'detail'}
      labels={{ list: t('list.label'), detail: t('conversation'), side: t('author.title') }}
      list={list}
      detail={
        conversationId ? (
          <ConversationPane
            key={conversationId}
            conversationId={conversationId}
            keysOn={bulk.chosen.size === 0}
            onBack={place.close}
            onPerson={() => setPersonShown(true)}
            onGone={(ids) => place.goOn(ids)}
          />
        ) : (
          <Empty icon={IconInbox} title={t('none.title')}>
            {t('none.why')}
          </Empty>
        )
      }
      side={
        conversationId ? (
          <AuthorPane key={conversationId} conversationId={conversationId} onBack={() => setPersonShown(false)} />
        ) : undefined
      }
    />
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

interface FiltersProps {
  search: InboxSearch
  onSearch(search: InboxSearch): void
}

/** The states, what the list is narrowed to, and the search. */
function Filters({ search, onSearch }: FiltersProps) {
  const t = useTexts('inbox')
  const { data } = useQuery(countsQuery(useApi(), search))
  const counted = (index: number) => ({ count: data?.counts[index]?.count, more: data?.counts[index]?.more })
  return (
    <>
      <FilterBar
        label={t('state.title')}
        value={stateOf(search)}
        options={STATES.map((state, index) => ({ value: state, label: t(`state.${state}`), ...counted(index) }))}
        onChange={(state) => onSearch(plain({ ...search, state: STATES.find((each) => each === state) }))}
      />
      <FilterChips search={search} onChange={onSearch} />
      <SearchField
        label={t('search')}
        width={230}
        value={search.q ?? ''}
        onChange={(q) => onSearch(plain({ ...search, q: q || undefined }))}
      />
    </>
  )
}

/** Views, filters and order; on a phone only their signs, beside the title. */
function Controls({ search, onSearch }: FiltersProps) {
  return (
    <div className={styles.controls}>
      <SavedViews search={search} onChange={onSearch} />
      <FilterButton search={search} onChange={onSearch} />
      <OrderMenu search={search} onChange={onSearch} />
    </div>
  )
}

/** Where one is, and the ways from here. Filters stay in the address whatever is opened. */
function useInboxPlace(search: InboxSearch, conversationId: string | null) {
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const items = () => itemsOf(queries.getQueryData<Pages>(listQuery(api, search).queryKey))
  const open = (id: string, replace = false) =>
    void navigate({ to: '/w/$slug/inbox/$conversationId', params: { slug, conversationId: id }, search, replace })
  const close = () => void navigate({ to: '/w/$slug/inbox', params: { slug }, search })
  return {
    open,
    close,
    search: (next: InboxSearch) =>
      conversationId
        ? void navigate({ to: '/w/$slug/inbox/$conversationId', params: { slug, conversationId }, search: next })
        : void navigate({ to: '/w/$slug/inbox', params: { slug }, search: next }),
    /** The one after or before the open one. */
    step: (by: 1 | -1) => {
      const shown = items()
      const at = shown.findIndex((item) => item.conversationId === conversationId)
      const next = at < 0 ? shown[0] : shown[at + by]
      if (next) open(next.conversationId, true)
    },
    /** Before `ids` leave the list: what is shown afterwards. Call it, change, then call what it gives. */
    goOn: (ids: readonly string[]) => {
      if (!conversationId || !ids.includes(conversationId)) return () => {}
      const next = neighbourOf(items(), new Set(ids), conversationId)
      return () => (next ? open(next, true) : close())
    },
  }
}

/** With a conversation open, j and k go from one to the next; without, they move the list's own cursor. */
function useListKeys(place: ReturnType<typeof useInboxPlace>, conversationId: string | null): void {
  const t = useTexts('inbox')
  useShortcuts(
    t('conversation'),
    conversationId
      ? [
          { keys: 'j', label: t('key.next'), run: () => place.step(1) },
          { keys: 'k', label: t('key.previous'), run: () => place.step(-1) },
          { keys: 'escape', label: t('key.back'), run: place.close },
        ]
      : [],
  )
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const go = (search: InboxSearch) => void navigate({ to: '/w/$slug/inbox', params: { slug }, search })
  useCommands([
    { id: 'state-snoozed', label: t('command.snoozed'), run: () => go({ state: 'snoozed' }) },
    { id: 'state-closed', label: t('command.closed'), run: () => go({ state: 'closed' }) },
  ])
}

/** Before one asks for it: the next and the one before, so that j and k answer at once. */
function useNeighbours(search: InboxSearch, conversationId: string | null): void {
  const api = useApi()
  const queries = useQueryClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because another conversation is shown.
  useEffect(() => {
    if (conversationId === null) return
    const timer = setTimeout(() => {
      const items = itemsOf(queries.getQueryData<Pages>(listQuery(api, search).queryKey))
      const at = items.findIndex((item) => item.conversationId === conversationId)
      for (const next of at < 0 ? [] : [items[at + 1], items[at - 1]])
        if (next)
          void queries.prefetchQuery(
            api.inbox.conversations.get.queryOptions({ input: { conversationId: next.conversationId } }),
          )
    }, NEIGHBOURS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [conversationId])
}

/** Closing takes the focused button away with its conversation: the keyboard goes on in the list, or in the next one. */
function useKeptFocus(conversationId: string | null): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because another conversation is shown.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body && document.activeElement?.id !== 'work') return
      const next = document.querySelector<HTMLElement>('[role="listbox"][tabindex], [data-conversation]')
      next?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(frame)
  }, [conversationId])
}

/** Those chosen for a bulk action, and its bar. Chosen under other filters is chosen no more. */
function useBulk(search: InboxSearch, goOn: (ids: readonly string[]) => () => void) {
  const api = useApi()
  const { run } = useChanges()
  const { data: counts } = useQuery(countsQuery(api, search))
  const [{ chosen, all, of }, setChoice] = useState({ chosen: NO_CHOICE, all: false, of: '' })
  const here = JSON.stringify(search)
  const current = of === here ? chosen : NO_CHOICE
  const state = stateOf(search)
  const total = state === 'all' ? null : (counts?.counts[STATES.indexOf(state)] ?? null)
  const clear = () => setChoice({ chosen: NO_CHOICE, all: false, of: here })
  const change = async (wanted: Change) => {
    const ids = [...current]
    const leaves = wanted.change === 'close' || wanted.change === 'snooze' || wanted.change === 'reopen'
    const then = leaves ? goOn(ids) : () => {}
    clear()
    const done = run(all ? { filters: filtersOf(search) } : { conversationIds: ids }, wanted)
    then()
    await done
  }
  return {
    chosen: current,
    choose: (next: ReadonlySet<string>) => setChoice({ chosen: next, all: false, of: here }),
    bar:
      current.size > 0 ? (
        <BulkBar
          count={current.size}
          all={total}
          allChosen={all}
          onAll={() => setChoice({ chosen: current, all: true, of: here })}
          onClear={clear}
          onChange={(wanted) => void change(wanted)}
        />
      ) : null,
  }
}
