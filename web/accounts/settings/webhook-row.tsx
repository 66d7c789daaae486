import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { IconDots, IconKey, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './settings.module.css'
import { answerText, WebhookAnswer, WebhookDeliveries } from './webhook-deliveries.tsx'
import type { Webhook } from './webhook-shapes.ts'

interface WebhookRowProps {
  webhook: Webhook
  onChange(): void
  onRemove(): void
  onSecret(secret: string): void
}

const TONE = { on: 'good', off: 'neutral', stopped: 'urgent' } as const

/** Whether it takes what it is sent, and what one can do when it does not. */
export function WebhookRow({ webhook, onChange, onRemove, onSecret }: WebhookRowProps) {
  const t = useTexts('accounts')
  const [open, setOpen] = useState(false)
  const [renewing, setRenewing] = useState(false)
  const { webhookId, name, deliveries } = webhook
  const { webhooks } = useApi().systems
  const test = useMutation(webhooks.test.mutationOptions())
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <WebhookState webhook={webhook} />
        <span role="status">{test.data && <WebhookAnswer answer={test.data} what="test" />}</span>
      </span>
      <span className={styles.rowActions}>
        <WebhookSwitch webhook={webhook} />
        <Button
          aria-label={t('webhooks.testNamed', { name })}
          onClick={() => test.mutate({ webhookId })}
          loading={test.isPending}
        >
          {t('webhooks.test')}
        </Button>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('webhooks.more', { name })}>
              <IconDots size={16} stroke={1.8} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.8} aria-hidden />} onClick={onChange}>
              {t('change')}
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={16} stroke={1.8} aria-hidden />} onClick={() => setRenewing(true)}>
              {t('webhooks.renew')}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} stroke={1.8} aria-hidden />} color="red" onClick={onRemove}>
              {t('remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
      {deliveries.length > 0 && (
        <span className={styles.wholeRow}>
          <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('webhooks.deliveries')}
          </Button>
        </span>
      )}
      {open && <WebhookDeliveries webhook={webhook} />}
      {renewing && <RenewSecret webhook={webhook} onSecret={onSecret} onClose={() => setRenewing(false)} />}
    </li>
  )
}

function WebhookState({ webhook: { name, url, state, waiting, failingSince, deliveries } }: { webhook: Webhook }) {
  const t = useTexts('accounts')
  const last = deliveries[0]
  return (
    <>
      <span className={styles.strong}>
        {name} <Tag tone={TONE[state]}>{t(`webhooks.state.${state}`)}</Tag>
      </span>
      <span className={styles.muted}>{url}</span>
      {waiting > 0 && <span className={styles.muted}>{t('webhooks.waiting', { count: waiting })}</span>}
      {failingSince && (
        <span className={styles.wrong}>
          {t(state === 'stopped' ? 'webhooks.stoppedWhy' : 'webhooks.failing')} <TimeAgo time={failingSince} />
          {last?.state === 'waiting' && ` · ${answerText(last.status, last.failure)}`}
        </span>
      )}
    </>
  )
}

/** Off and on; and what waits for its next try, or for being switched on, can go at once or be left out. */
function WebhookSwitch({ webhook: { webhookId, name, state, waiting, failingSince } }: { webhook: Webhook }) {
  const t = useTexts('accounts')
  const { webhooks } = useApi().systems
  const queries = useQueryClient()
  const set = useMutation(
    webhooks.change.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: webhooks.list.key() }),
    }),
  )
  const act = (what: string, change: { on: boolean; skipWaiting?: boolean }) => (
    <Button
      aria-label={`${t(`webhooks.${what}`)}: ${name}`}
      onClick={() => set.mutate({ webhookId, ...change })}
      loading={set.isPending}
    >
      {t(`webhooks.${what}`)}
    </Button>
  )
  if (state === 'on')
    return (
      <>
        {failingSince && act('tryNow', { on: true })}
        {act('off', { on: false })}
      </>
    )
  return (
    <>
      {act('on', { on: true })}
      {waiting > 0 && act('onSkipping', { on: true, skipWaiting: true })}
    </>
  )
}

interface RenewSecretProps {
  webhook: Webhook
  onSecret(secret: string): void
  onClose(): void
}

/** The receiver refuses every message until it has the new one: not with one slip of the hand. */
function RenewSecret({ webhook: { webhookId, name }, onSecret, onClose }: RenewSecretProps) {
  const t = useTexts('accounts')
  const { webhooks } = useApi().systems
  const renew = useMutation(
    webhooks.renewSecret.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: ({ secret }) => {
        onClose()
        onSecret(secret)
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.renewTitle', { name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('webhooks.renew')}
        busy={renew.isPending}
        error={renew.error}
        onSubmit={() => renew.mutate({ webhookId })}
      >
        <p className={styles.note}>{t('webhooks.renewWhat')}</p>
      </Form>
    </Modal>
  )
}
