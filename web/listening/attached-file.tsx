import { Button, VisuallyHidden } from '@mantine/core'
import { IconFile, IconPhoto } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { fetchFile, saveFile } from '../platform/fetch-file.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { fileAddress } from './media-address.ts'
import styles from './post.module.css'
import type { Post } from './shapes.ts'

interface AttachedFileProps {
  post: Post
  index: number
  /** Shows it here; null: it is only saved. */
  onOpen: (() => void) | null
}

/** What is attached to a letter lies in the mailbox: nothing of it is fetched before somebody asks. */
export default function AttachedFile({ post, index, onOpen }: AttachedFileProps) {
  const t = useTexts('listening')
  const { bytes: sizeOf } = useFormats()
  const medium = post.media[index]
  const { save, isPending, failure } = useSaving(post, index)
  if (!medium) return null
  const { alt: name, bytes } = medium
  const Sign = onOpen ? IconPhoto : IconFile
  return (
    <div className={styles.attached}>
      <Button
        variant="default"
        size="xs"
        loading={isPending}
        leftSection={<Sign size={16} stroke={1.8} aria-hidden />}
        rightSection={bytes ? <span className={styles.attachedSize}>{sizeOf(bytes)}</span> : undefined}
        title={name}
        onClick={onOpen ?? save}
      >
        <VisuallyHidden component="span">{t(onOpen ? 'attached.open' : 'attached.save')} </VisuallyHidden>
        <span className={styles.attachedName}>{name}</span>
      </Button>
      <div role="alert">{failure && <p className={styles.attachedWrong}>{textOfFailure(failure)}</p>}</div>
    </div>
  )
}

/** Beside a picture that is shown. */
export function SaveAttached({ post, index }: { post: Post; index: number }) {
  const t = useTexts('listening')
  const { save, isPending, failure } = useSaving(post, index)
  return (
    <div>
      <Button variant="default" size="xs" loading={isPending} onClick={save}>
        {t('attached.saveThis')}
      </Button>
      <div role="alert">{failure && <p className={styles.attachedWrong}>{textOfFailure(failure)}</p>}</div>
    </div>
  )
}

function useSaving(post: Post, index: number) {
  const { workspaceId } = useWorkspace()
  const saving = useMutation({
    mutationFn: () => fetchFile(fileAddress(post, index, workspaceId)),
    meta: { shownInPlace: true },
    onSuccess: (answer) => {
      if ('file' in answer) saveFile(answer.file, post.media[index]?.alt || 'attachment')
    },
  })
  const failure =
    saving.data && 'failure' in saving.data ? saving.data.failure : saving.error ? failureOf(saving.error) : null
  return { save: () => saving.mutate(), isPending: saving.isPending, failure }
}
