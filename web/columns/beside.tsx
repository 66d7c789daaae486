import { ActionIcon, Button } from '@mantine/core'
import { IconInbox, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { CloseReasonLater } from '../inbox/unanswered/close-reason-later.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { TextSkeleton } from '../ui/skeletons.tsx'
import styles from './columns.module.css'
import type { OpenBeside } from './shapes.ts'

const ConversationPane = lazy(() =>
  import('../inbox/conversation-pane.tsx').then((file) => ({ default: file.ConversationPane })),
)
const AuthorPane = lazy(() => import('../inbox/author-pane.tsx').then((file) => ({ default: file.AuthorPane })))
const PostDetail = lazy(() => import('../listening/post-detail.tsx').then((file) => ({ default: file.PostDetail })))

interface BesideProps {
  open: OpenBeside | null
  onOpen(open: OpenBeside): void
  onClose(): void
}

/** What was opened stands beside the columns, which go on. A post that is a matter of the inbox opens as that. */
export function Beside({ open, onOpen, onClose }: BesideProps) {
  const t = useTexts('columns')
  const api = useApi()
  const mayReadInbox = useMay('inbox.read')
  const postId = open?.kind === 'post' ? open.id : null
  const { data } = useQuery({
    ...api.columns.conversationOf.queryOptions({ input: { postId: postId ?? '' } }),
    enabled: mayReadInbox && postId !== null,
  })
  if (!open) return null
  const known = postId === null || !mayReadInbox || data !== undefined
  const conversationId = postId === null ? open.id : (data?.conversationId ?? null)
  return (
    <aside className={styles.beside} aria-label={t('beside')}>
      <Suspense fallback={<TextSkeleton lines={8} />}>
        {!known ? (
          <TextSkeleton lines={8} />
        ) : conversationId ? (
          <OpenConversation key={conversationId} conversationId={conversationId} onClose={onClose} />
        ) : (
          <>
            <TakeUp postId={open.id} onOpen={onOpen} />
            <PostDetail key={open.id} postId={open.id} spans={[]} onClose={onClose} />
          </>
        )}
      </Suspense>
    </aside>
  )
}

function OpenConversation({ conversationId, onClose }: { conversationId: string; onClose(): void }) {
  const t = useTexts('columns')
  const { slug } = useWorkspace()
  const [personShown, setPersonShown] = useState(false)
  return (
    <>
      <div className={styles.besideHead}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconInbox size={14} stroke={1.8} aria-hidden />}
          renderRoot={(props) => (
            <Link to="/w/$slug/inbox/$conversationId" params={{ slug, conversationId }} {...props} />
          )}
        >
          {t('inInbox')}
        </Button>
        <ActionIcon onClick={onClose} aria-label={t('keys.close')}>
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </div>
      {personShown ? (
        <AuthorPane conversationId={conversationId} onBack={() => setPersonShown(false)} />
      ) : (
        <ConversationPane
          conversationId={conversationId}
          keysOn
          onBack={onClose}
          onPerson={() => setPersonShown(true)}
          // A closed one stays in sight: the columns show where it stands.
          onGone={() => () => {}}
        />
      )}
      <CloseReasonLater />
    </>
  )
}

/** Nobody has made it a matter of the inbox yet. */
function TakeUp({ postId, onOpen }: { postId: string; onOpen(open: OpenBeside): void }) {
  const t = useTexts('columns')
  const api = useApi()
  const queries = useQueryClient()
  const mayWork = useMay('inbox.work')
  const take = useMutation(
    api.inbox.conversations.open.mutationOptions({
      onSuccess: ({ conversationId }) => {
        void queries.invalidateQueries({ queryKey: api.columns.conversationOf.key() })
        onOpen({ kind: 'conversation', id: conversationId })
      },
    }),
  )
  if (!mayWork) return null
  return (
    <div className={styles.besideHead}>
      <span className={styles.quiet}>{t('noConversation')}</span>
      <Button size="compact-sm" loading={take.isPending} onClick={() => take.mutate({ postId })}>
        {t('takeUp')}
      </Button>
    </div>
  )
}
