import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './settings.module.css'
import { eventKey, type Webhook } from './webhook-shapes.ts'

interface WebhookRowProps {
  webhook: Webhook
  onChange(): void
  onRemove(): void
  onSecret(secret: string): void
}

const TONE = { on: 'good', off: 'neutral', stopped: 'urgent' } as const
const DELIVERY_TONE = { sent: 'good', waiting: 'notice', skipped: 'neutral' } as const

/** Whether it takes what it is sent, and what one can do when it does not. */
export function WebhookRow({ webhook, onChange, onRemove, onSecret }: WebhookRowProps) {
  const t = useTexts('accounts')
  const [open, setOpen] = useState(false)
  const { name, url, state, waiting, failingSince, deliveries } = webhook
  const { set, test, renew } = useWebhookActs(onSecret)
  const { webhookId } = webhook
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>
          {name} <Tag tone={TONE[state]}>{t(`webhooks.state.${state}`)}</Tag>
        </span>
        <span className={styles.muted}>{url}</span>
        <span className={styles.muted}>{t('webhooks.waiting', { count: waiting })}</span>
        {failingSince && (
          <span className={state === 'stopped' ? styles.wrong : styles.muted}>
            {t(state === 'stopped' ? 'webhooks.stoppedWhy' : 'webhooks.failing')} <TimeAgo time={failingSince} />
          </span>
        )}
        <span role="status">
          {test.data && (
            <span className={test.data.ok ? styles.good : styles.wrong}>
              {test.data.ok ? t('webhooks.testTaken') : t('webhooks.testRefused')}{' '}
              {test.data.status ? `HTTP ${test.data.status}` : test.data.failure}
            </span>
          )}
        </span>
      </span>
      <span className={styles.rowActions}>
        {state === 'on' ? (
          <Button onClick={() => set.mutate({ webhookId, on: false })} loading={set.isPending}>
            {t('webhooks.off')}
          </Button>
        ) : (
          <>
            <Button onClick={() => set.mutate({ webhookId, on: true })} loading={set.isPending}>
              {t('webhooks.on')}
            </Button>
            {waiting > 0 && (
              <Button onClick={() => set.mutate({ webhookId, on: true, skipWaiting: true })} loading={set.isPending}>
                {t('webhooks.onSkipping')}
              </Button>
            )}
          </>
        )}
        <Button onClick={() => test.mutate({ webhookId })} loading={test.isPending}>
          {t('webhooks.test')}
        </Button>
        <Button onClick={onChange} aria-label={t('webhooks.change', { name })}>
          {t('change')}
        </Button>
        <Button onClick={() => renew.mutate({ webhookId })} loading={renew.isPending}>
          {t('webhooks.renew')}
        </Button>
        <Button onClick={onRemove} aria-label={t('webhooks.removeNamed', { name })}>
          {t('remove')}
        </Button>
        {deliveries.length > 0 && (
          <Button variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('webhooks.deliveries')}
          </Button>
        )}
      </span>
      {open && <Deliveries deliveries={deliveries} />}
    </li>
  )
}

function Deliveries({ deliveries }: { deliveries: Webhook['deliveries'] }) {
  const t = useTexts('accounts')
  return (
    <ul className={styles.rows} style={{ flexBasis: '100%' }} aria-label={t('webhooks.deliveries')}>
      {deliveries.map(({ eventId, type, state, attempts, status, failure, at }) => (
        <li key={eventId} className={styles.row}>
          <Tag tone={DELIVERY_TONE[state]}>{t(`webhooks.delivery.${state}`)}</Tag>
          <span className={styles.main} title={eventId}>
            {t(`webhooks.event.${eventKey(type)}`)}
          </span>
          <span className={styles.muted}>
            <TimeAgo time={at} />
            {status !== null ? ` · HTTP ${status}` : failure !== null && ` · ${failure}`}
            {attempts > 1 && ` · ${t('webhooks.attempts', { count: attempts })}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function useWebhookActs(onSecret: (secret: string) => void) {
  const { webhooks } = useApi().systems
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: webhooks.list.key() })
  return {
    set: useMutation(webhooks.change.mutationOptions({ onSettled })),
    test: useMutation(webhooks.test.mutationOptions()),
    renew: useMutation(webhooks.renewSecret.mutationOptions({ onSuccess: ({ secret }) => onSecret(secret) })),
  }
}
