import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import type { Offered } from './proof-offer.tsx'
import styles from './settings.module.css'

type Issuer = Offered['issuers'][number]

/** Where customers may sign in: whose customer numbers are proven by it, and whose word on mail addresses is taken. */
export function ProofIssuers({ issuers, redirectAddress }: { issuers: Issuer[]; redirectAddress: string }) {
  const t = useTexts('accounts')
  const [open, setOpen] = useState<string | null>(null)
  return (
    <FormSection title={t('proofs.issuers')} why={t('proofs.issuersWhy')}>
      <div className={styles.box}>
        <span>{t('proofs.redirect')}</span>
        <span className={styles.secret}>
          <code>{redirectAddress}</code>
          <CopyButton text={redirectAddress} label={t('provider.copyRedirect')} />
        </span>
      </div>
      {issuers.map((issuer) =>
        open === issuer.issuerId ? (
          <IssuerForm key={issuer.issuerId} issuer={issuer} onDone={() => setOpen(null)} />
        ) : (
          <div key={issuer.issuerId} className={styles.box}>
            <span>
              <strong>{issuer.name}</strong> · {issuer.system}
            </span>
            <span className={styles.muted}>{issuer.issuer}</span>
            <span>
              <Button size="xs" onClick={() => setOpen(issuer.issuerId)}>
                {t('proofs.changeIssuer')}
              </Button>
            </span>
          </div>
        ),
      )}
      {open === 'new' ? (
        <IssuerForm issuer={null} onDone={() => setOpen(null)} />
      ) : (
        <div>
          <Button onClick={() => setOpen('new')}>{t('proofs.addIssuer')}</Button>
        </div>
      )}
    </FormSection>
  )
}

function IssuerForm({ issuer: known, onDone }: { issuer: Issuer | null; onDone(): void }) {
  const t = useTexts('accounts')
  const [name, setName] = useState(known?.name ?? '')
  const [issuer, setIssuer] = useState(known?.issuer ?? '')
  const [clientId, setClientId] = useState(known?.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [system, setSystem] = useState(known?.system ?? '')
  const [takesMail, setTakesMail] = useState(known?.takesMail ?? true)
  const [removing, setRemoving] = useState(false)
  const { add, update, remove } = useIssuerChanges(onDone)
  // The stored secret belongs to the stored address, and is sent to no other.
  const moved = known !== null && issuer.trim() !== known.issuer
  const input = {
    name: name.trim(),
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    system: system.trim().toLowerCase(),
    takesMail,
  }
  const save = () => {
    if (!known) return add.mutate({ ...input, clientSecret })
    update.mutate({ ...input, issuerId: known.issuerId, ...(clientSecret === '' ? {} : { clientSecret }) })
  }
  return (
    <>
      <Form
        submit={t('save')}
        busy={add.isPending || update.isPending}
        error={add.error ?? update.error}
        onSubmit={save}
        beside={
          <>
            <Button onClick={onDone}>{t('ui:cancel')}</Button>
            {known && <Button onClick={() => setRemoving(true)}>{t('proofs.removeIssuer')}</Button>}
          </>
        }
      >
        <TextInput
          label={t('proofs.issuerName')}
          description={t('proofs.issuerNameWhy')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={100}
        />
        <TextInput
          type="url"
          label={t('proofs.issuer')}
          value={issuer}
          onChange={(event) => setIssuer(event.currentTarget.value)}
          required
          maxLength={500}
          placeholder="https://"
        />
        <TextInput
          label={t('provider.clientId')}
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
          required
          maxLength={300}
          autoComplete="off"
        />
        <PasswordInput
          label={t('provider.clientSecret')}
          {...(known ? { description: t(moved ? 'proofs.secretAgain' : 'proofs.secretKept') } : {})}
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
          required={!known || moved}
          maxLength={1_000}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('security.showPassword') }}
        />
        <TextInput
          label={t('proofs.system')}
          description={t('proofs.systemWhy')}
          value={system}
          onChange={(event) => setSystem(event.currentTarget.value)}
          required
          maxLength={60}
          spellCheck={false}
        />
        <Checkbox
          label={t('proofs.takesMail')}
          description={t('proofs.takesMailWhy')}
          checked={takesMail}
          onChange={(event) => setTakesMail(event.currentTarget.checked)}
        />
      </Form>
      {known && removing && (
        <ConfirmByName
          opened
          title={t('proofs.removeIssuer')}
          name={known.name}
          action={t('proofs.removeIssuer')}
          onClose={() => setRemoving(false)}
          onConfirm={() => remove.mutateAsync({ issuerId: known.issuerId })}
        >
          {t('proofs.removeIssuerWhat', { name: known.name })}
        </ConfirmByName>
      )}
    </>
  )
}

function useIssuerChanges(onDone: () => void) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const options = {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      showDone(t('saved'))
      onDone()
      await queries.invalidateQueries({ queryKey: api.proofs.key() })
    },
  }
  return {
    add: useMutation(api.proofs.settings.addIssuer.mutationOptions(options)),
    update: useMutation(api.proofs.settings.updateIssuer.mutationOptions(options)),
    remove: useMutation(api.proofs.settings.removeIssuer.mutationOptions({ ...options, meta: {} })),
  }
}
