import { Button, Modal } from '@mantine/core'
import { IconWebhook } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { WEBHOOKS_MAX } from '../../../contract/webhook-events.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'
import { WebhookDialog, WebhookSecret } from './webhook-form.tsx'
import { WebhookRow } from './webhook-row.tsx'
import type { Webhook } from './webhook-shapes.ts'

/** So often is looked at what became of messages, while somebody looks. */
const LOOK_MS = 5_000

/** Programs that are told what becomes of persons. */
export function WebhooksScreen() {
  const t = useTexts('accounts')
  const list = useApi().systems.webhooks.list.queryOptions({ input: {} })
  const { items } = useSuspenseQuery({ ...list, refetchInterval: LOOK_MS }).data
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null)
  const [removed, setRemoved] = useState<Webhook | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEditing('new')}>
      {t('webhooks.new')}
    </Button>
  )
  return (
    <SettingsPlace section="webhooks" action={items.length > 0 && items.length < WEBHOOKS_MAX ? add : null}>
      <p className={styles.note}>{t('webhooks.why')}</p>
      {items.length === 0 ? (
        <Empty icon={IconWebhook} title={t('webhooks.empty')} action={add}>
          {t('webhooks.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {items.map((webhook) => (
            <WebhookRow
              key={webhook.webhookId}
              webhook={webhook}
              onChange={() => setEditing(webhook)}
              onRemove={() => setRemoved(webhook)}
              onSecret={setSecret}
            />
          ))}
        </ul>
      )}
      {editing && <WebhookDialog webhook={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {secret && (
        <Modal
          opened
          onClose={() => setSecret(null)}
          title={t('webhooks.secretTitle')}
          closeButtonProps={{ 'aria-label': t('ui:close') }}
          closeOnClickOutside={false}
          closeOnEscape={false}
        >
          <WebhookSecret secret={secret} onClose={() => setSecret(null)} />
        </Modal>
      )}
      {removed && <RemoveWebhook webhook={removed} onClose={() => setRemoved(null)} />}
    </SettingsPlace>
  )
}

function RemoveWebhook({ webhook: { webhookId, name }, onClose }: { webhook: Webhook; onClose(): void }) {
  const t = useTexts('accounts')
  const { webhooks } = useApi().systems
  const queries = useQueryClient()
  const remove = useMutation(
    webhooks.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => showDone(t('webhooks.removed', { name })),
      onSettled: () => queries.invalidateQueries({ queryKey: webhooks.list.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('webhooks.removeNamed', { name })}
      name={name}
      action={t('remove')}
      onConfirm={() => remove.mutateAsync({ webhookId })}
    >
      {t('webhooks.removeWhat')}
    </ConfirmByName>
  )
}
