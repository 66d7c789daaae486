import { Checkbox, NumberInput, PasswordInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PORTAL_LANGUAGES, PROOF_OFFERS } from '../../../contract/proofs-portal.ts'
import type { Api } from '../../platform/api.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form, FormSection } from '../../ui/form.tsx'

export type Offered = Awaited<ReturnType<Api['proofs']['settings']['get']['call']>>
type Settings = NonNullable<Offered['settings']>
type Offer = (typeof PROOF_OFFERS)[number]
type Language = (typeof PORTAL_LANGUAGES)[number]
const OFFERS: Offer[] = ['mail', 'phone', 'account', 'site', 'sign-in']
const LANGUAGES: Language[] = ['de', 'nl', 'en']
const BODY = '{"to": "{to}", "text": "{text}"}'

const fresh: Settings = {
  open: false,
  offered: ['mail', 'account', 'site', 'sign-in'],
  texts: {},
  privacyNotice: null,
  invitationDays: 7,
  phoneCountries: ['DE', 'AT', 'CH', 'NL', 'BE'],
  gateway: null,
  hasGatewaySecret: false,
}

interface Change {
  value: Settings
  set(change: Partial<Settings>): void
}

export function ProofOffer({
  offer: { settings, texts, mailIsSet },
}: {
  offer: Pick<Offered, 'settings' | 'texts' | 'mailIsSet'>
}) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const [value, setValue] = useState(settings ?? fresh)
  const [secret, setSecret] = useState('')
  const set = (change: Partial<Settings>) => setValue((before) => ({ ...before, ...change }))
  const save = useMutation(
    api.proofs.settings.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        setSecret('')
        showDone(t('saved'))
        await queries.invalidateQueries({ queryKey: api.proofs.key() })
      },
    }),
  )
  const { hasGatewaySecret: _, ...input } = value
  const hasSecret = settings?.hasGatewaySecret ?? false
  // Absent, the stored one is kept; a gateway without a header for it has none.
  const gatewaySecret = secret === '' && value.gateway?.header === '' ? '' : secret || undefined
  return (
    <FormSection title={t('proofs.offer')} why={t('proofs.offerWhy')}>
      <Form
        submit={t('save')}
        busy={save.isPending}
        error={save.error}
        onSubmit={() => save.mutate(gatewaySecret === undefined ? input : { ...input, gatewaySecret })}
      >
        <Switch
          label={t('proofs.open')}
          description={t('proofs.openWhy')}
          checked={value.open}
          onChange={(event) => set({ open: event.currentTarget.checked })}
        />
        <Checkbox.Group
          label={t('proofs.offered')}
          value={value.offered}
          onChange={(chosen) => set({ offered: chosen as Offer[] })}
        >
          <Stack gap="xs" mt="xs">
            {OFFERS.map((offer) => (
              <Checkbox
                key={offer}
                value={offer}
                label={t(`proofs.offers.${offer}`)}
                description={offer === 'mail' && !mailIsSet ? t('proofs.noMail') : t(`proofs.offersWhy.${offer}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <NumberInput
          label={t('proofs.invitationDays')}
          value={value.invitationDays}
          onChange={(days) => set({ invitationDays: Number(days) || 1 })}
          min={1}
          max={30}
          allowDecimal={false}
        />
        <TextInput
          type="url"
          label={t('proofs.privacyNotice')}
          value={value.privacyNotice ?? ''}
          onChange={(event) => set({ privacyNotice: event.currentTarget.value.trim() || null })}
          maxLength={500}
          placeholder="https://"
        />
        <Words value={value} set={set} texts={texts} />
        <GatewayFields
          value={value}
          set={set}
          secretOf={hasSecret ? (settings?.gateway?.address ?? null) : null}
          secret={secret}
          onSecret={setSecret}
        />
      </Form>
    </FormSection>
  )
}

/** What customers read, by language; what is left empty is said in our words, which stand behind it. */
function Words({ value, set, texts }: Change & Pick<Offered, 'texts'>) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const [language, setLanguage] = useState<Language>('de')
  const own = value.texts[language] ?? {}
  const change = (part: 'lead' | 'consent', text: string) =>
    set({ texts: { ...value.texts, [language]: { ...own, [part]: text === '' ? undefined : text } } })
  return (
    <>
      <Select
        label={t('proofs.language')}
        data={LANGUAGES.map((code) => ({ value: code, label: formats.languageName(code) }))}
        value={language}
        onChange={(chosen) => chosen && setLanguage(chosen as Language)}
        allowDeselect={false}
      />
      {(['lead', 'consent'] as const).map((part) => (
        <Textarea
          key={`${language} ${part}`}
          label={t(`proofs.${part}`)}
          description={t(`proofs.${part}Why`)}
          placeholder={texts[language]?.[part] ?? ''}
          value={own[part] ?? ''}
          onChange={(event) => change(part, event.currentTarget.value)}
          autosize
          minRows={3}
          maxLength={part === 'lead' ? 1_000 : 2_000}
          lang={language}
        />
      ))}
    </>
  )
}

interface GatewayProps extends Change {
  /** To which address the stored secret belongs, if there is one; it is sent to no other. */
  secretOf: string | null
  secret: string
  onSecret(secret: string): void
}

/** Any provider of text messages that takes JSON by HTTP. */
function GatewayFields({ value, set, secretOf, secret, onSecret }: GatewayProps) {
  const t = useTexts('accounts')
  const { gateway } = value
  const moved = secretOf !== null && gateway?.address !== secretOf
  const [countries, setCountries] = useState(value.phoneCountries.join(', '))
  if (!value.offered.includes('phone')) return null
  const change = (part: Partial<NonNullable<Settings['gateway']>>) =>
    set({ gateway: { ...(gateway ?? { address: '', body: BODY, header: 'authorization' }), ...part } })
  return (
    <>
      <TextInput
        type="url"
        label={t('proofs.gateway')}
        description={t('proofs.gatewayWhy')}
        value={gateway?.address ?? ''}
        onChange={(event) => {
          const address = event.currentTarget.value.trim()
          if (address === '') set({ gateway: null })
          else change({ address })
        }}
        maxLength={500}
        placeholder="https://"
      />
      {gateway && (
        <>
          <Textarea
            label={t('proofs.gatewayBody')}
            description={t('proofs.gatewayBodyWhy')}
            value={gateway.body}
            onChange={(event) => change({ body: event.currentTarget.value })}
            autosize
            minRows={2}
            maxLength={2_000}
            spellCheck={false}
          />
          <TextInput
            label={t('proofs.gatewayHeader')}
            value={gateway.header}
            onChange={(event) => change({ header: event.currentTarget.value.trim() })}
            maxLength={60}
            spellCheck={false}
          />
          <PasswordInput
            label={t('proofs.gatewaySecret')}
            {...(secretOf !== null ? { description: t(moved ? 'proofs.secretAgain' : 'proofs.secretKept') } : {})}
            required={moved && gateway.header !== ''}
            value={secret}
            onChange={(event) => onSecret(event.currentTarget.value)}
            maxLength={1_000}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('security.showPassword') }}
          />
        </>
      )}
      <TextInput
        label={t('proofs.countries')}
        description={t('proofs.countriesWhy')}
        value={countries}
        onChange={(event) => {
          setCountries(event.currentTarget.value)
          set({ phoneCountries: countriesIn(event.currentTarget.value) })
        }}
        spellCheck={false}
        maxLength={300}
      />
    </>
  )
}

const countriesIn = (text: string): string[] => [...new Set(text.toUpperCase().match(/\b[A-Z]{2}\b/g))]
