import { Anchor, Button, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconClock, IconExternalLink, IconHelpCircle, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Tag, type Tone } from '../ui/tag.tsx'
import { useSecondsLeft } from './countdown.ts'
import { DecideDialog } from './decide-dialog.tsx'
import styles from './publishing.module.css'
import { RemoveDialog } from './remove-dialog.tsx'
import type { Delivery, DeliveryState } from './shapes.ts'

const TONES: Record<DeliveryState, Tone> = {
  queued: 'neutral',
  sending: 'neutral',
  sent: 'good',
  refused: 'urgent',
  unknown: 'notice',
  cancelled: 'neutral',
}
const SIGNS = {
  queued: IconClock,
  sending: IconClock,
  sent: IconCheck,
  refused: IconAlertTriangle,
  unknown: IconHelpCircle,
  cancelled: IconX,
}

interface DeliveryStatusProps {
  delivery: Delivery
  /** The post itself stands above, with its own way to the original. */
  besidePost?: boolean
  /** The page of what it answers, where that is known: there one looks when nobody knows whether it went out. */
  lookAt?: string | null
  /** Called when an answer was undone in time, with what had been written. */
  onUndone?: ((delivery: Delivery) => void) | undefined
}

/** Where a delivery stands, why, and what can be done about it: in words, beside the text it is about. */
export function DeliveryStatus({ delivery, besidePost = false, lookAt = null, onUndone }: DeliveryStatusProps) {
  const t = useTexts('publishing')
  const formats = useFormats()
  const Sign = SIGNS[delivery.state]
  const retrying = delivery.state === 'queued' && delivery.failure !== null
  return (
    <div className={styles.status} data-beside={besidePost || undefined}>
      <div className={styles.line}>
        <Tag
          tone={delivery.removedAt ? 'neutral' : retrying || delivery.needsDecision ? 'notice' : TONES[delivery.state]}
          icon={<Sign size={12} stroke={2} aria-hidden />}
        >
          {delivery.removedAt ? t('removed') : t(`state.${delivery.state}`)}
        </Tag>
        {delivery.sentAt && !besidePost && !delivery.removedAt && (
          <time
            className={styles.quiet}
            dateTime={delivery.sentAt.toISOString()}
            title={formats.exact(delivery.sentAt)}
          >
            {formats.ago(delivery.sentAt, new Date())}
          </time>
        )}
        <Actions delivery={delivery} besidePost={besidePost} lookAt={lookAt} onUndone={onUndone} />
      </div>
      <Why delivery={delivery} />
    </div>
  )
}

/** What happened and what to do. */
function Why({ delivery }: { delivery: Delivery }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  if (delivery.removedAt)
    return <p className={styles.why}>{t('removedWhy', { reason: delivery.removedBecause ?? '–' })}</p>
  if (delivery.state === 'sent' || delivery.state === 'cancelled' || delivery.failure === null) return null
  const at = delivery.nextTryAt && delivery.nextTryAt > new Date() ? delivery.nextTryAt : null
  return (
    <p className={styles.why}>
      {t(`failure.${delivery.failure}`, { account: delivery.sourceName })}{' '}
      {delivery.state === 'refused' && t(`then.${delivery.failure}`)}
      {delivery.state === 'queued' && at && t('nextTry', { time: formats.clock(at) })}
      {delivery.state === 'unknown' && (delivery.needsDecision ? t('needsDecision') : t('looking'))}
    </p>
  )
}

function Actions({ delivery, besidePost, lookAt = null, onUndone }: DeliveryStatusProps) {
  const t = useTexts('publishing')
  const mayDecide = useMay('deliveries.decide')
  const [dialog, setDialog] = useState<'decide' | 'remove' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      {delivery.state === 'queued' && <Undo delivery={delivery} onUndone={onUndone} />}
      {delivery.url && !besidePost && /^https?:/.test(delivery.url) && !delivery.removedAt && (
        <Anchor href={delivery.url} target="_blank" rel="noopener noreferrer" size="xs" className={styles.link}>
          {t('open')}
          <IconExternalLink size={12} stroke={1.8} aria-hidden />
        </Anchor>
      )}
      {delivery.state === 'unknown' && mayDecide && (
        <Button size="compact-xs" onClick={() => setDialog('decide')}>
          {t('decide.open')}
        </Button>
      )}
      {delivery.state === 'sent' && !delivery.removedAt && mayDecide && (
        <UnstyledButton className={styles.removal} onClick={() => setDialog('remove')}>
          {t('remove.open')}
        </UnstyledButton>
      )}
      {dialog === 'decide' && <DecideDialog delivery={delivery} lookAt={lookAt} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog delivery={delivery} onClose={close} />}
    </>
  )
}

/** Undo, as long as nothing has gone out: counted down, and also while a network makes it wait. */
function Undo({ delivery, onUndone }: DeliveryStatusProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const left = useSecondsLeft(delivery.undoUntil)
  const cancel = useMutation(
    api.publishing.deliveries.cancel.mutationOptions({ onSuccess: (undone) => onUndone?.(undone) }),
  )
  if (left === 0 && delivery.failure === null) return null
  return (
    <Button
      size="compact-xs"
      loading={cancel.isPending}
      onClick={() => cancel.mutate({ deliveryId: delivery.deliveryId })}
    >
      {left > 0 ? t('undoIn', { count: left }) : t('undo')}
    </Button>
  )
}
