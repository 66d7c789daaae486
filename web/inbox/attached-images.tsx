import { ActionIcon, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { attachmentAddress } from './attachments.ts'
import styles from './composer.module.css'

interface AttachedImagesProps {
  attachmentIds: readonly string[]
  onRemove(attachmentId: string): void
  onDescribe(attachmentId: string, alt: string): void
  /** The field was left. */
  onKeep(): void
}

/** What goes along, each with its words for those who do not see it. */
export function AttachedImages({ attachmentIds, ...on }: AttachedImagesProps) {
  if (attachmentIds.length === 0) return null
  return (
    <ul className={styles.images}>
      {attachmentIds.map((attachmentId) => (
        <AttachedImage key={attachmentId} attachmentId={attachmentId} {...on} />
      ))}
    </ul>
  )
}

function AttachedImage({
  attachmentId,
  onRemove,
  onDescribe,
  onKeep,
}: Omit<AttachedImagesProps, 'attachmentIds'> & { attachmentId: string }) {
  const t = useTexts('inbox')
  const api = useApi()
  const { workspaceId } = useWorkspace()
  const { data } = useQuery(api.publishing.attachments.get.queryOptions({ input: { attachmentId } }))
  const [typed, setTyped] = useState<string | null>(null)
  const address = attachmentAddress(attachmentId, workspaceId)
  const alt = typed ?? data?.alt ?? ''
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
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          onDescribe(attachmentId, event.currentTarget.value)
        }}
        onBlur={onKeep}
      />
      <ActionIcon aria-label={t('attach.remove', { name: data?.name ?? '' })} onClick={() => onRemove(attachmentId)}>
        <IconX size={14} stroke={1.8} />
      </ActionIcon>
    </li>
  )
}
