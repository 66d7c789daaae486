import { Button, Modal, TagsInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMayAt } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { Tag } from '../../ui/tag.tsx'
import { PostsShown } from '../moderation/posts-shown.ts'
import { usePeopleHere } from '../people-here.ts'
import type { ThreadPost } from '../shapes.ts'
import { namedIn } from './named-colleagues.ts'

const ASKED_AT_ONCE_MAX = 100

/** Where a post names a colleague: cover the name. Where it is covered: say so, and show it again. Elsewhere nothing. */
export function NameCover({ post, sourceId }: { post: ThreadPost; sourceId: string | null }) {
  const t = useTexts('inbox')
  const may = useMayAt('posts.moderate', sourceId)
  const { members } = usePeopleHere()
  const { isCovered, remove, isPending } = useCover(post.postId)
  const [asking, setAsking] = useState(false)
  if (isCovered)
    return (
      <>
        <Tag>{t('mask.is')}</Tag>
        {may && (
          <Button size="compact-xs" variant="subtle" loading={isPending} onClick={remove}>
            {t('mask.show')}
          </Button>
        )}
      </>
    )
  if (!may || post.direction === 'out') return null
  const named = namedIn(
    `${post.title ?? ''} ${post.text}`,
    members.map(({ name }) => name),
  )
  if (named.length === 0) return null
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
        {t('mask.cover')}
      </Button>
      {asking && <CoverDialog postId={post.postId} named={named} onClose={() => setAsking(false)} />}
    </>
  )
}

function useCover(postId: string) {
  const t = useTexts('inbox')
  const api = useApi()
  const again = useSaidAnew()
  const shown = useContext(PostsShown)
  const postIds = shown.includes(postId) ? shown.slice(-ASKED_AT_ONCE_MAX) : [postId]
  const { data } = useQuery(
    api.listening.masks.ofPosts.queryOptions({ input: { postIds: [...postIds] }, staleTime: 30_000 }),
  )
  const removal = useMutation(
    api.listening.masks.remove.mutationOptions({
      onSuccess: () => showDone(t('mask.shown')),
      onSettled: again,
    }),
  )
  return {
    isCovered: data?.items.some((one) => one.postId === postId) ?? false,
    remove: () => removal.mutate({ postId }),
    isPending: removal.isPending,
  }
}

function CoverDialog({ postId, named, onClose }: { postId: string; named: string[]; onClose: () => void }) {
  const t = useTexts('inbox')
  const api = useApi()
  const again = useSaidAnew()
  const [words, setWords] = useState(named)
  const cover = useMutation(
    api.listening.masks.set.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await again()
        showDone(t('mask.covered'))
        onClose()
      },
    }),
  )
  return (
    <Modal opened onClose={onClose} title={t('mask.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p>{t('mask.why')}</p>
      <Form
        submit={t('mask.submit')}
        busy={cover.isPending}
        error={cover.error}
        onSubmit={() => words.length > 0 && cover.mutate({ postId, words })}
      >
        <TagsInput label={t('mask.words')} value={words} onChange={setWords} maxTags={20} data-autofocus />
      </Form>
    </Modal>
  )
}

/** The post stands in lists, threads and searches: all of them are asked anew. */
function useSaidAnew(): () => Promise<unknown> {
  const api = useApi()
  const queries = useQueryClient()
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.listening.key() }),
      queries.invalidateQueries({ queryKey: api.inbox.conversations.key() }),
    ])
}
