import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useLiveSignals } from '../platform/live.tsx'
import { useApi, useMayAt, useWorkspace } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import { useAnswerDraft } from './answer-draft.ts'
import { Composer } from './composer.tsx'
import styles from './conversation.module.css'
import { ConversationHeader } from './conversation-header.tsx'
import { leaseOfSignal } from './list-cache.ts'
import { usePeopleHere } from './people-here.ts'
import { markSeen } from './seen.ts'
import type { Opened, ThreadPost } from './shapes.ts'
import { buildThread, countNews } from './thread.ts'
import { ThreadView } from './thread-view.tsx'

interface ConversationPaneProps {
  conversationId: string
  /** False while several are chosen in the list: then the keys are theirs. */
  keysOn: boolean
  onBack(): void
  onPerson(): void
  /** Called before these leave the list; what it gives is called afterwards and goes on to the next. */
  onGone(ids: readonly string[]): () => void
}

export function ConversationPane(props: ConversationPaneProps) {
  const api = useApi()
  const input = { conversationId: props.conversationId }
  const { data, error, refetch } = useQuery(api.inbox.conversations.get.queryOptions({ input }))
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={8} />
  return <OpenConversation {...props} opened={data} />
}

function OpenConversation({ opened, ...props }: ConversationPaneProps & { opened: Opened }) {
  const t = useTexts('inbox')
  const { conversation, thread, timeline } = opened
  const { me } = usePeopleHere()
  const mayAnswer = useMayAt('answers.draft', conversation.sourceId)
  const mayWork = useMayAt('inbox.work', conversation.sourceId)
  const draft = useAnswerDraft(opened)
  const [replyTo, setReplyTo] = useState<ThreadPost | null>(null)
  const whole = useWholeThread(opened)
  const entries = useMemo(
    () => buildThread(whole.posts, timeline, draft.againstVersion, me),
    [whole.posts, timeline, draft.againstVersion, me],
  )
  const composer = useRef<HTMLTextAreaElement>(null)
  useRead(opened)
  useLeaseSignals(conversation.conversationId)
  return (
    <article className={styles.conversation} tabIndex={-1} data-conversation aria-label={t('conversation')}>
      <ConversationHeader {...props} opened={opened} />
      <ThreadView
        conversation={conversation}
        entries={entries}
        participants={thread.participants}
        more={whole.more ? whole.load : null}
        onReplyTo={
          mayAnswer && (opened.answer || opened.privateAnswer)
            ? (post) => {
                setReplyTo(post)
                draft.chooseStrand(post.visibility)
                composer.current?.focus()
              }
            : null
        }
        onUndone={draft.giveBack}
      />
      {mayWork && (
        <Composer
          opened={opened}
          draft={draft}
          field={composer}
          newsCount={countNews(entries)}
          replyTo={replyTo}
          onReplyTo={setReplyTo}
          keysOn={props.keysOn}
          onGone={props.onGone}
        />
      )}
    </article>
  )
}

/** The newest part comes with the conversation; the rest when it is asked for. */
function useWholeThread({ conversation: { conversationId }, thread }: Opened) {
  const api = useApi()
  const [asked, setAsked] = useState(false)
  const { data } = useQuery({
    queryKey: [...api.inbox.conversations.thread.key({ input: { conversationId } }), 'whole'],
    queryFn: async ({ signal }) => {
      const posts: ThreadPost[] = []
      let after: string | undefined
      do {
        const page = await api.inbox.conversations.thread.call(
          { conversationId, limit: 100, ...(after ? { after } : {}) },
          { signal },
        )
        posts.push(...page.items)
        after = page.nextCursor ?? undefined
      } while (after && posts.length < POSTS_MAX)
      return posts
    },
    enabled: asked,
  })
  const posts = useMemo(() => {
    if (!data) return thread.posts
    // What came since the whole was read stands in the newest part.
    const fresh = new Map(thread.posts.map((post) => [post.postId, post]))
    const older = data.filter(({ postId }) => !fresh.has(postId))
    return [...older, ...thread.posts]
  }, [data, thread.posts])
  return { posts, more: thread.more && !data, load: () => setAsked(true) }
}
const POSTS_MAX = 2_000

/** Opened is read: on this device, and in the list of what one was told. */
function useRead({ conversation: { conversationId, version } }: Opened): void {
  const api = useApi()
  const { workspaceId } = useWorkspace()
  const queries = useQueryClient()
  const { data: unread } = useQuery(api.notifications.unread.queryOptions({ input: {} }))
  const { mutate } = useMutation(
    api.notifications.markRead.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: ({ marked }) => {
        if (marked > 0) void queries.invalidateQueries({ queryKey: api.notifications.key() })
      },
    }),
  )
  const anyUnread = (unread?.count ?? 0) > 0
  useEffect(() => markSeen(workspaceId, conversationId, version), [workspaceId, conversationId, version])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version may have brought a notification.
  useEffect(() => {
    if (anyUnread) mutate({ about: { subject: 'conversation', id: conversationId } })
  }, [anyUnread, conversationId, version, mutate])
}

/** Who writes is shown as it happens, without asking again; when something is due follows a moment after what it follows from. */
function useLeaseSignals(conversationId: string): void {
  const api = useApi()
  const queries = useQueryClient()
  const people = usePeopleHere()
  useLiveSignals('clocks', ({ subjects }) => {
    if (subjects.conversationId !== undefined && subjects.conversationId !== conversationId) return
    void queries.invalidateQueries({ queryKey: api.inbox.conversations.get.key({ input: { conversationId } }) })
    void queries.invalidateQueries({ queryKey: api.inbox.clocks.of.key({ input: { conversationId } }) })
  })
  useLiveSignals('lease', ({ subjects }) => {
    if (subjects.conversationId !== conversationId) return
    const lease = leaseOfSignal(subjects, people.nameOf, people.me, new Date())
    queries.setQueryData<Opened>(
      api.inbox.conversations.get.queryKey({ input: { conversationId } }),
      (opened) => opened && { ...opened, conversation: { ...opened.conversation, lease } },
    )
  })
}
