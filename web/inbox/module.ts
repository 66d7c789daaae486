import { IconArrowsSplit2, IconClock, IconInbox, IconMoodSad, IconShield, IconUserCircle } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Api } from '../platform/api.ts'
import { i18n } from '../platform/i18n.ts'
import { useLiveEvents } from '../platform/live.tsx'
import type { WebModule } from '../platform/module.ts'
import { useApi } from '../platform/session.ts'
import { useThrottled } from '../platform/throttled.ts'

const FOUND_MAX = 6
/** Figures in the rail may be so old while events pour in. */
const COUNTS_EVERY_MS = 3_000

/** What lies open and waits for an answer from us. */
function useWaiting(): number | null {
  const api = useApi()
  const queries = useQueryClient()
  const again = useThrottled(
    () => queries.invalidateQueries({ queryKey: api.inbox.conversations.count.key() }),
    COUNTS_EVERY_MS,
  )
  useLiveEvents('conversation.', again)
  useLiveEvents('answer.', again)
  const input = { filters: [{ state: 'open' as const, waiting: 'yes' as const }] }
  const { data } = useQuery(api.inbox.conversations.count.queryOptions({ input, staleTime: 30_000 }))
  return data?.counts[0]?.count || null
}

/** What is negative and unanswered, in whatever state: asked again together with what waits. */
function useNegative(): number | null {
  const api = useApi()
  const input = { filters: [{ unanswered: 'negative' as const }] }
  const { data } = useQuery(api.inbox.conversations.count.queryOptions({ input, staleTime: 30_000 }))
  return data?.counts[0]?.count ?? null
}

export const inbox: WebModule = {
  name: 'inbox',
  rail: [
    {
      id: 'inbox',
      label: 'inbox:title',
      icon: IconInbox,
      path: 'inbox',
      permission: 'inbox.read',
      useCount: useWaiting,
    },
    {
      id: 'unanswered',
      label: 'inbox:unanswered.rail',
      icon: IconMoodSad,
      path: 'unanswered',
      permission: 'inbox.read',
      useCount: useNegative,
    },
  ],
  commands: [
    {
      id: 'inbox-moderation',
      label: 'inbox:command.moderation',
      icon: IconShield,
      permission: 'inbox.read',
      run: ({ go }) => go('moderation'),
    },
    {
      id: 'inbox-mine',
      label: 'inbox:command.mine',
      icon: IconUserCircle,
      permission: 'inbox.read',
      run: ({ go }) => go('inbox', { assignee: 'me' }),
    },
    {
      id: 'inbox-unassigned',
      label: 'inbox:command.unassigned',
      icon: IconInbox,
      permission: 'inbox.read',
      run: ({ go }) => go('inbox', { assignee: 'nobody' }),
    },
    {
      id: 'routing',
      label: 'inbox:routing.command',
      icon: IconArrowsSplit2,
      permission: 'routing.manage',
      run: ({ go }) => go('routing'),
    },
    {
      id: 'inbox-waiting',
      label: 'inbox:command.waiting',
      icon: IconClock,
      permission: 'inbox.read',
      run: ({ go }) => go('inbox', { order: 'waiting' }),
    },
  ],
  finders: [
    {
      id: 'conversations',
      label: 'inbox:conversations',
      permission: 'inbox.read',
      find: async (text, api, signal) => {
        const { items } = await api.inbox.conversations.list.call({ text, limit: FOUND_MAX }, { signal })
        return items.map(({ conversationId, author, lastPost }) => ({
          id: `conversation-${conversationId}`,
          label: author.name ?? author.handle ?? i18n.t('inbox:nameless'),
          hint: lastPost?.snippet ?? '',
          icon: IconInbox,
          run: ({ go }) => go(`inbox/${conversationId}`, { state: 'all' }),
        }))
      },
    },
  ],
  live: {
    // Lists are patched (list-live.ts); only the conversation itself is asked for again, and only while it is open.
    'conversation.': ({ subjects }, api) => openedKeys(subjects.conversationId, api),
    'answer.': ({ subjects }, api) => openedKeys(subjects.conversationId, api),
    'objection.': (_event, api) => [api.inbox.conversations.get.key()],
    'note.': ({ subjects }, api) => openedKeys(subjects.conversationId, api),
    'author.': (_event, api) => [api.inbox.conversations.get.key()],
    'posts.deleted': (_event, api) => [api.inbox.conversations.get.key()],
    'post.label': (_event, api) => [api.inbox.conversations.get.key()],
    'posts.edited': (_event, api) => [api.inbox.conversations.get.key()],
    'routing.': (_event, api) => [api.inbox.routing.key()],
    'calendar.': (_event, api) => [api.inbox.clocks.key()],
    'clock-policy.': (_event, api) => [api.inbox.clocks.key()],
    'moderation.': (_event, api) => [api.inbox.moderation.key()],
    'tag.': (_event, api) => [api.inbox.tags.key()],
    'macro.': (_event, api) => [api.inbox.macros.key()],
    'view.': (_event, api) => [api.inbox.views.key()],
  },
}

const openedKeys = (conversationId: string | string[] | undefined, api: Api) =>
  typeof conversationId === 'string' ? [api.inbox.conversations.get.key({ input: { conversationId } })] : []
