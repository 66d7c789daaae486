import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { WEBHOOK_EVENTS } from '../../../contract/webhook-events.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Form } from '../../ui/form.tsx'
import styles from './settings.module.css'
import { eventKey, type Webhook } from './webhook-shapes.ts'

interface WebhookDialogProps {
  /** Null: a new one. */
  webhook: Webhook | null
  onClose(): void
}

/** Where to, and of what. Its secret is shown once, when it is made or its address changes. */
export function WebhookDialog({ webhook, onClose }: WebhookDialogProps) {
  const t = useTexts('accounts')
  const [secret, setSecret] = useState<string | null>(null)
  const title = webhook ? t('webhooks.change', { name: webhook.name }) : t('webhooks.new')
  return (
    <Modal
      opened
      onClose={onClose}
      title={secret ? t('webhooks.secretTitle') : title}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      // One click beside it must not lose what is shown only once.
      closeOnClickOutside={secret === null}
      closeOnEscape={secret === null}
    >
      {secret ? (
        <WebhookSecret secret={secret} onClose={onClose} />
      ) : (
        <WebhookForm webhook={webhook} onSaved={(made) => (made ? setSecret(made) : onClose())} />
      )}
    </Modal>
  )
}

export function WebhookSecret({ secret, onClose }: { secret: string; onClose(): void }) {
  const t = useTexts('accounts')
  return (
    <div className={styles.stack} role="status">
      <span>{t('webhooks.once')}</span>
      <span className={`${styles.box} ${styles.secret}`} style={{ flexDirection: 'row' }}>
        <code>{secret}</code>
        <CopyButton text={secret} label={t('webhooks.copy')} />
      </span>
      <div className={styles.actions}>
        <Button variant="filled" onClick={onClose}>
          {t('webhooks.kept')}
        </Button>
      </div>
    </div>
  )
}

function WebhookForm({ webhook, onSaved }: { webhook: Webhook | null; onSaved(secret: string | null): void }) {
  const t = useTexts('accounts')
  const [name, setName] = useState(webhook?.name ?? '')
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [types, setTypes] = useState<string[]>(webhook?.types ?? [...WEBHOOK_EVENTS])
  const [tried, setTried] = useState(false)
  const { create, change } = useSaving(onSaved)
  const save = () => {
    setTried(true)
    if (types.length === 0) return
    const input = { name: name.trim(), url: url.trim(), types: types as Webhook['types'] }
    if (webhook) change.mutate({ webhookId: webhook.webhookId, ...input })
    else create.mutate(input)
  }
  return (
    <Form
      submit={webhook ? t('save') : t('webhooks.create')}
      busy={create.isPending || change.isPending}
      error={create.error ?? change.error}
      onSubmit={save}
    >
      <TextInput
        label={t('webhooks.name')}
        description={t('webhooks.nameWhy')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={100}
        data-autofocus
      />
      <TextInput
        type="url"
        label={t('webhooks.url')}
        {...(webhook ? { description: t('webhooks.urlChanges') } : {})}
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        required
        maxLength={2_000}
        placeholder="https://"
      />
      <Checkbox.Group
        label={t('webhooks.types')}
        description={t('webhooks.typesWhy')}
        value={types}
        onChange={setTypes}
        error={tried && types.length === 0 ? t('webhooks.typesMissing') : null}
      >
        <div className={styles.scopes}>
          {WEBHOOK_EVENTS.map((type) => (
            <Checkbox key={type} value={type} label={t(`webhooks.event.${eventKey(type)}`)} title={type} />
          ))}
        </div>
      </Checkbox.Group>
    </Form>
  )
}

function useSaving(onSaved: (secret: string | null) => void) {
  const { webhooks } = useApi().systems
  const queries = useQueryClient()
  const saving = {
    meta: { shownInPlace: true },
    onSuccess: async ({ secret }: { secret: string | null }) => {
      await queries.invalidateQueries({ queryKey: webhooks.list.key() })
      onSaved(secret)
    },
  }
  return {
    create: useMutation(webhooks.create.mutationOptions(saving)),
    change: useMutation(webhooks.change.mutationOptions(saving)),
  }
}
