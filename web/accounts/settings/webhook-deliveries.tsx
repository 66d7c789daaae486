import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { i18n, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './settings.module.css'
import { eventKey, type Webhook } from './webhook-shapes.ts'

const DELIVERY_TONE = { sent: 'good', waiting: 'notice', skipped: 'neutral' } as const

/** What became of the last messages. One that was taken, or left out, can be sent once more. */
export function WebhookDeliveries({ webhook }: { webhook: Webhook }) {
  const { webhookId, name, deliveries } = webhook
  const t = useTexts('accounts')
  const { webhooks } = useApi().systems
  const queries = useQueryClient()
  const resend = useMutation(
    webhooks.resend.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: webhooks.list.key() }),
    }),
  )
  return (
    <ul className={styles.deliveries} aria-label={t('webhooks.deliveriesOf', { name })}>
      {deliveries.map(({ eventId, type, state, attempts, status, failure, at }) => {
        const what = t(`webhooks.event.${eventKey(type)}`)
        const standing = state === 'waiting' && webhook.state !== 'on' ? 'held' : state
        const isOf = resend.variables?.eventId === eventId
        return (
          <li key={eventId} className={styles.row}>
            <Tag tone={DELIVERY_TONE[state]}>{t(`webhooks.delivery.${standing}`)}</Tag>
            <span className={styles.main} title={eventId}>
              {what}
              <span className={styles.muted}>
                <TimeAgo time={at} />
                {(status !== null || failure !== null) && ` · ${answerText(status, failure)}`}
                {attempts > 1 && ` · ${t('webhooks.attempts', { count: attempts })}`}
              </span>
            </span>
            <span role="status">{isOf && resend.data && <WebhookAnswer answer={resend.data} what="resent" />}</span>
            {state !== 'waiting' && (
              <Button
                size="compact-xs"
                aria-label={t('webhooks.resendNamed', { what })}
                loading={isOf && resend.isPending}
                onClick={() => resend.mutate({ webhookId, eventId })}
              >
                {t('webhooks.resend')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

interface WebhookAnswerProps {
  answer: { ok: boolean; status: number | null; failure: string | null }
  what: 'test' | 'resent'
}

/** What the receiver said just now. */
export function WebhookAnswer({ answer: { ok, status, failure }, what }: WebhookAnswerProps) {
  const t = useTexts('accounts')
  return (
    <span className={ok ? styles.good : styles.wrong}>
      {ok ? t(`webhooks.taken.${what}`) : t(`webhooks.refused.${what}`)} {answerText(status, failure)}
    </span>
  )
}

/** The number that it answered with; where it did not answer, why. */
export function answerText(status: number | null, failure: string | null): string {
  if (status !== null) return `HTTP ${status}`
  const known = `accounts:webhooks.failure.${failure}`
  return i18n.exists(known) ? i18n.t(known) : (failure ?? '')
}
