import { IconLock } from '@tabler/icons-react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { DeliveryStatus } from '../publishing/delivery-status.tsx'
import type { Delivery } from '../publishing/shapes.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { attachmentAddress } from './attachments.ts'
import styles from './conversation.module.css'
import { usePeopleHere } from './people-here.ts'
import type { AnswerEntry } from './shapes.ts'

interface ThreadAnswerProps {
  answer: AnswerEntry
  isNew: boolean
  /** The page of what it answers. */
  lookAt?: string | null
  onUndone?: (delivery: Delivery) => void
}

/** An answer of ours that does not stand in the thread yet, or never will: as it was written, with what became of it. */
export function ThreadAnswer({ answer, isNew, lookAt = null, onUndone }: ThreadAnswerProps) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { workspaceId } = useWorkspace()
  const { nameOf, me } = usePeopleHere()
  const { delivery, alsoAnswers } = answer
  const { id, kind } = delivery.createdBy
  const writer = id === me ? t('you') : kind === 'member' && id ? (nameOf(id) ?? t('formerMember')) : t(`actor.${kind}`)
  return (
    <div className={styles.answer} data-state={delivery.state} data-new={isNew || undefined}>
      <Avatar name={(id && nameOf(id)) || writer} size={28} />
      <div className={styles.answerBody}>
        <p className={styles.answerHead}>
          <strong>{writer}</strong>
          <span className={styles.quiet}>{t('thread.as', { account: delivery.sourceName })}</span>
          {delivery.visibility === 'private' && (
            <Tag icon={<IconLock size={12} aria-hidden />}>{t('thread.private')}</Tag>
          )}
          <span className={styles.time}>
            <TimeAgo time={delivery.createdAt} />
          </span>
        </p>
        <p className={styles.answerText} lang={delivery.language ?? undefined} dir="auto">
          {delivery.text}
        </p>
        {delivery.attachments.length > 0 && (
          <p className={styles.attached}>
            {delivery.attachments.map(({ attachmentId, alt }) => (
              <img key={attachmentId} src={attachmentAddress(attachmentId, workspaceId)} alt={alt} height={72} />
            ))}
          </p>
        )}
        {alsoAnswers.length > 0 && (
          <p className={styles.quiet}>
            {t('thread.alsoAnswers', { count: alsoAnswers.length, number: formats.number(alsoAnswers.length) })}
          </p>
        )}
        <DeliveryStatus delivery={delivery} lookAt={lookAt} onUndone={onUndone} />
      </div>
    </div>
  )
}
