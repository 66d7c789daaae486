import { Select, TextInput, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiOf } from '../../platform/api.ts'
import { setTimeZone } from '../../platform/formats.ts'
import { changeLanguage, LANGUAGES, type Language, useTexts } from '../../platform/i18n.ts'
import { meQuery, useApi, useMe, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import { timeZoneChoices, ZONES_SHOWN_MAX } from '../choices.ts'
import { NetworkSignOffs } from './network-sign-offs.tsx'
import { SettingsPlace } from './settings-place.tsx'

const THEMES = ['system', 'light', 'dark'] as const
const OWN_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch', nl: 'Nederlands' }

export function ProfileScreen() {
  const t = useTexts('accounts')
  const { name } = useWorkspace()
  return (
    <SettingsPlace section="profile">
      <FormSection title={t('profile.title')} why={t('profile.why')}>
        <ProfileForm />
      </FormSection>
      <FormSection title={t('profile.signOff')} why={t('profile.signOffWhy', { workspace: name })}>
        <SignOffForm />
      </FormSection>
      <NetworkSignOffs />
    </SettingsPlace>
  )
}

function ProfileForm() {
  const t = useTexts('accounts')
  const me = useMe()
  const queries = useQueryClient()
  const { setColorScheme } = useMantineColorScheme()
  const [name, setName] = useState(me.name)
  const [language, setLanguage] = useState<Language>(me.language)
  const [timeZone, chooseTimeZone] = useState(me.timeZone)
  const [theme, setTheme] = useState(me.theme)
  const save = useMutation(
    apiOf(null).accounts.session.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        setTimeZone(timeZone)
        setColorScheme(theme === 'system' ? 'auto' : theme)
        await changeLanguage(language)
        await queries.invalidateQueries({ queryKey: meQuery.queryKey })
        showDone(t('saved'))
      },
    }),
  )
  return (
    <Form
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ name: name.trim(), language, timeZone, theme })}
    >
      <TextInput
        label={t('profile.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={200}
        autoComplete="name"
      />
      <TextInput label={t('profile.email')} description={t('profile.emailWhy')} value={me.email} readOnly />
      <Select
        label={t('profile.language')}
        data={LANGUAGES.map((value) => ({ value, label: OWN_NAMES[value] }))}
        value={language}
        onChange={(chosen) => chosen && setLanguage(chosen as Language)}
        allowDeselect={false}
      />
      <Select
        label={t('profile.timeZone')}
        description={t('profile.timeZoneWhy')}
        data={timeZoneChoices(timeZone)}
        value={timeZone}
        onChange={(zone) => zone && chooseTimeZone(zone)}
        searchable
        limit={ZONES_SHOWN_MAX}
        allowDeselect={false}
      />
      <Select
        label={t('profile.theme')}
        data={THEMES.map((value) => ({ value, label: t(`profile.themes.${value}`) }))}
        value={theme}
        onChange={(chosen) => chosen && setTheme(chosen as typeof theme)}
        allowDeselect={false}
      />
    </Form>
  )
}

/** Each member signs in each workspace: "^MB". */
function SignOffForm() {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const { memberId } = useWorkspace()
  const members = useSuspenseQuery(api.accounts.members.list.queryOptions({ input: {} })).data.items
  const [signOff, setSignOff] = useState(members.find((member) => member.memberId === memberId)?.signOff ?? '')
  const save = useMutation(
    api.accounts.members.updateMyself.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.accounts.members.list.key() })
        showDone(t('saved'))
      },
    }),
  )
  return (
    <Form submit={t('save')} busy={save.isPending} error={save.error} onSubmit={() => save.mutate({ signOff })}>
      <TextInput
        label={t('profile.signOffLabel')}
        placeholder="^MB"
        value={signOff}
        onChange={(event) => setSignOff(event.currentTarget.value)}
        maxLength={20}
        autoComplete="off"
      />
    </Form>
  )
}
