import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Permission } from '../../../contract/permissions.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Form } from '../../ui/form.tsx'
import { PermissionChecks } from './permission-checks.tsx'
import styles from './settings.module.css'

const DAY_MS = 24 * 3_600_000
const LIFETIMES = ['30', '90', '365', 'never'] as const

/** A key may do what is ticked here, and never more than whoever makes it. Its secret is shown once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts('accounts')
  const [secret, setSecret] = useState<string | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={secret ? t('keys.madeTitle') : t('keys.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      // One click beside it must not lose what is shown only once.
      closeOnClickOutside={secret === null}
      closeOnEscape={secret === null}
    >
      {secret ? <Secret secret={secret} onClose={onClose} /> : <KeyForm onMade={setSecret} />}
    </Modal>
  )
}

function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useTexts('accounts')
  return (
    <div className={styles.stack} role="status">
      <span>{t('keys.once')}</span>
      <span className={`${styles.box} ${styles.secret}`} style={{ flexDirection: 'row' }}>
        <code>{secret}</code>
        <CopyButton text={secret} label={t('keys.copy')} />
      </span>
      <div className={styles.actions}>
        <Button variant="filled" onClick={onClose}>
          {t('keys.kept')}
        </Button>
      </div>
    </div>
  )
}

function KeyForm({ onMade }: { onMade(secret: string): void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const { permissions } = useWorkspace()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const [scopes, setScopes] = useState<Permission[]>([])
  const [lifetime, setLifetime] = useState<string>('365')
  const create = useMutation(
    api.accounts.keys.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ secret }) => {
        onMade(secret)
        await queries.invalidateQueries({ queryKey: api.accounts.keys.list.key() })
      },
    }),
  )
  const expiresAt = lifetime === 'never' ? null : new Date(Date.now() + Number(lifetime) * DAY_MS)
  return (
    <Form
      submit={t('keys.create')}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => {
        setTried(true)
        if (scopes.length > 0) create.mutate({ name, scopes, ...(expiresAt ? { expiresAt } : {}) })
      }}
    >
      <TextInput
        label={t('keys.name')}
        description={t('keys.nameWhy')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={200}
        data-autofocus
      />
      <PermissionChecks
        label={t('keys.scopes')}
        description={t('keys.scopesWhy')}
        offered={permissions}
        value={scopes}
        onChange={setScopes}
        error={tried && scopes.length === 0 ? t('keys.scopesMissing') : null}
      />
      <Select
        label={t('keys.lifetime')}
        data={LIFETIMES.map((value) => ({ value, label: t(`keys.lifetimes.${value}`) }))}
        value={lifetime}
        onChange={(chosen) => chosen && setLifetime(chosen)}
        allowDeselect={false}
      />
    </Form>
  )
}
