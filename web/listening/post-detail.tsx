import { ActionIcon } from '@mantine/core'
import { IconArrowLeft, IconMessages } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Empty } from '../ui/empty.tsx'
import styles from './listening.module.css'
import type { PostSpan } from './shapes.ts'
import { Thread } from './thread.tsx'

const PostJudgements = lazy(() =>
  import('./triage/post-judgements.tsx').then(({ PostJudgements: Shown }) => ({ default: Shown })),
)

const AlikePosts = lazy(() => import('./understanding/alike-posts.tsx'))

interface PostDetailProps {
  postId: string
  spans: readonly PostSpan[]
  onClose(): void
}

/** A post within its thread. */
export function PostDetail({ postId, spans, onClose }: PostDetailProps) {
  const t = useTexts('listening')
  return (
    <>
      <div className={styles.detailHead}>
        <ActionIcon onClick={onClose} aria-label={t('posts.close')}>
          <IconArrowLeft size={16} stroke={1.8} />
        </ActionIcon>
        <h2 className={styles.detailTitle}>{t('thread.title')}</h2>
        <CopyButton text={location.href} label={t('posts.copyLink')} />
      </div>
      <div className={styles.detailBody}>
        <Suspense>
          <PostJudgements postId={postId} />
        </Suspense>
        <Thread postId={postId} spans={spans} />
        <Suspense>
          <AlikePosts postId={postId} />
        </Suspense>
      </div>
    </>
  )
}

export function PostDetailEmpty() {
  const t = useTexts('listening')
  return (
    <Empty icon={IconMessages} title={t('posts.choose')}>
      {t('posts.chooseHow')}
    </Empty>
  )
}
