import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { attachmentAddress } from './attachments.ts'
import styles from './composer.module.css'

interface AttachedImagesProps {
  attachmentIds: readonly string[]
  onRemove(attachmentId: string): void
}

/** What goes along, each with its words for those who do not see it. */
export function AttachedImages({ attachmentIds, onRemove }: AttachedImagesProps) {
  if (attachmentIds.length === 0) return null
  return (
    <ul className={styles.images}>
      {attachmentIds.map((attachmentId) => (
        <AttachedImage key={attachmentId} attachmentId={attachmentId} onRemove={() => onRemove(attachmentId)} />
      ))}
    </ul>
  )
}

function AttachedImage({ attachmentId, onRemove }: { attachmentId: string; onRemove: () => void }) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const { workspaceId } = useWorkspace()
  const known = api.publishing.attachments.get.queryOptions({ input: { attachmentId } })
  const { data } = useQuery(known)
  const describe = useMutation(
    api.publishing.attachments.describe.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: known.queryKey }),
    }),
  )
  const [typed, setTyped] = useState<string | null>(null)
  const address = attachmentAddress(attachmentId, workspaceId)
  const alt = typed ?? data?.alt ?? ''
  const keep = () => {
    if (typed !== null && typed !== data?.alt) describe.mutate({ attachmentId, alt: typed })
  }
  return (
    <li className={styles.image}>
      <a href={address} target="_blank" rel="noopener" aria-label={t('attach.show', { name: data?.name ?? '' })}>
        <img src={address} alt="" width={64} height={64} />
      </a>
      <TextInput
        className={styles.alt}
        label={t('attach.alt', { name: data?.name ?? '' })}
        placeholder={t('attach.altExample')}
        description={alt.trim() === '' ? t('attach.altMissing') : null}
        inputWrapperOrder={['label', 'input', 'description']}
        value={alt}
        maxLength={2_000}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
      />
      <ActionIcon aria-label={t('attach.remove', { name: data?.name ?? '' })} onClick={onRemove}>
        <IconX size={14} stroke={1.8} />
      </ActionIcon>
    </li>
  )
}
