import { Button, Checkbox, PasswordInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiOf } from '../../platform/api.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useMe } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import { INVITED_ROLES } from './invite-form.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

const installation = apiOf(null).accounts.installation
const NOBODY = 'nobody'
type Provider = NonNullable<Awaited<ReturnType<(typeof installation)['identityProvider']['call']>>['identityProvider']>

export function IdentityProviderScreen() {
  const t = useTexts('accounts')
  const { identityProvider, redirectUrl } = useSuspenseQuery(
    installation.identityProvider.queryOptions({ input: {} }),
  ).data
  return (
    <SettingsPlace section="sign-in">
      <FormSection title={t('provider.redirect')} why={t('provider.redirectWhy')}>
        <div className={styles.box}>
          <span className={styles.secret}>
            <code>{redirectUrl}</code>
            <CopyButton text={redirectUrl} label={t('provider.copyRedirect')} />
          </span>
        </div>
      </FormSection>
      <FormSection title={t('provider.title')} why={t('provider.why')}>
        <ProviderForm key={identityProvider?.issuer ?? ''} provider={identityProvider} />
      </FormSection>
    </SettingsPlace>
  )
}

function ProviderForm({ provider }: { provider: Provider | null }) {
  const t = useTexts('accounts')
  const { workspaces } = useMe()
  const [name, setName] = useState(provider?.name ?? '')
  const [issuer, setIssuer] = useState(provider?.issuer ?? '')
  const [clientId, setClientId] = useState(provider?.clientId ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const [joinWorkspaceId, setJoinWorkspaceId] = useState(provider?.joinWorkspaceId ?? null)
  const [joinRole, setJoinRole] = useState<Provider['joinRole']>(provider?.joinRole ?? 'agent')
  const [vouchesForAddresses, setVouches] = useState(provider?.vouchesForAddresses ?? false)
  const [vouchesForSecondFactor, setVouchesForSecondFactor] = useState(provider?.vouchesForSecondFactor ?? false)
  const [removing, setRemoving] = useState(false)
  const save = useSaveProvider()
  const input = {
    name,
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    vouchesForAddresses,
    vouchesForSecondFactor,
    joinWorkspaceId,
    joinRole,
  }
  return (
    <>
      <Form
        submit={t('save')}
        busy={save.isPending}
        error={save.error}
        onSubmit={() => save.mutate({ identityProvider: clientSecret === '' ? input : { ...input, clientSecret } })}
        beside={provider && <Button onClick={() => setRemoving(true)}>{t('provider.remove')}</Button>}
      >
        <TextInput
          label={t('provider.name')}
          description={t('provider.nameWhy')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
        />
        <TextInput
          type="url"
          label={t('provider.issuer')}
          description={t('provider.issuerWhy')}
          placeholder="https://login.example.org/realms/team"
          value={issuer}
          onChange={(event) => setIssuer(event.currentTarget.value)}
          required
          spellCheck={false}
        />
        <TextInput
          label={t('provider.clientId')}
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordInput
          label={t('provider.clientSecret')}
          {...(provider?.hasSecret ? { description: t('provider.secretKept') } : {})}
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
          required={!provider?.hasSecret}
          maxLength={1000}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('security.showPassword') }}
        />
        <Select
          label={t('provider.join')}
          description={t('provider.joinWhy')}
          data={[
            { value: NOBODY, label: t('provider.joinNobody') },
            ...workspaces.map(({ workspaceId, name: label }) => ({ value: workspaceId, label })),
          ]}
          value={joinWorkspaceId ?? NOBODY}
          onChange={(chosen) => setJoinWorkspaceId(chosen === NOBODY ? null : chosen)}
          allowDeselect={false}
        />
        {joinWorkspaceId && (
          <Select
            label={t('provider.joinRole')}
            data={INVITED_ROLES.map((value) => ({ value, label: t(`role.${value}.name`) }))}
            value={joinRole}
            onChange={(chosen) => chosen && setJoinRole(chosen as Provider['joinRole'])}
            allowDeselect={false}
          />
        )}
        <Checkbox
          label={t('provider.vouches')}
          description={t('provider.vouchesWhy')}
          checked={vouchesForAddresses}
          onChange={(event) => setVouches(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('provider.vouchesForSecondFactor')}
          description={t('provider.vouchesForSecondFactorWhy')}
          checked={vouchesForSecondFactor}
          onChange={(event) => setVouchesForSecondFactor(event.currentTarget.checked)}
        />
      </Form>
      {provider && (
        <ConfirmByName
          opened={removing}
          onClose={() => setRemoving(false)}
          title={t('provider.removeTitle', { name: provider.name })}
          name={provider.name}
          action={t('provider.remove')}
          onConfirm={() => save.mutateAsync({ identityProvider: null })}
        >
          {t('provider.removeWhat')}
        </ConfirmByName>
      )}
    </>
  )
}

function useSaveProvider() {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  return useMutation(
    installation.updateIdentityProvider.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: installation.identityProvider.key() })
        showDone(t('saved'))
      },
    }),
  )
}
