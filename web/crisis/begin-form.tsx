import { MultiSelect, NumberInput, Select } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { LANGUAGES, type Language, useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import styles from './crisis.module.css'
import { useSaved } from './saved.ts'
import type { Drill } from './shapes.ts'

const STORMS = [
  'outage',
  'food-scandal',
  'false-rumour',
  'leaked-mail',
  'troll-raid',
] as const satisfies Drill['storm'][]
const SIZES = ['small', 'medium', 'large'] as const satisfies Drill['size'][]

export function BeginForm({ onDone }: { onDone(): void }) {
  const t = useTexts('crisis')
  const api = useApi()
  const formats = useFormats()
  const navigate = useNavigate()
  const { slug, memberId } = useWorkspace()
  const members = useQuery(api.accounts.members.list.queryOptions({ input: {} })).data?.items ?? []
  const active = members.filter(({ state }) => state === 'active')
  const [storm, setStorm] = useState<Drill['storm']>('outage')
  const [size, setSize] = useState<Drill['size']>('small')
  const [minutes, setMinutes] = useState(30)
  const mine = useLanguage()
  const [languages, setLanguages] = useState<Language[]>([mine])
  const [chosen, setChosen] = useState<string[] | null>(null)
  const [keepDays, setKeepDays] = useState(7)
  const memberIds = chosen ?? active.map((member) => member.memberId)
  const saved = useSaved(onDone, t('drill.begun'))
  const begin = useMutation(
    api.crisis.drills.begin.mutationOptions({
      ...saved,
      onSuccess: async ({ drillId }) => {
        await saved.onSuccess()
        await navigate({ to: '/w/$slug/crisis/drills/$drillId', params: { slug, drillId } })
      },
    }),
  )
  return (
    <Form
      submit={t('drill.begin')}
      busy={begin.isPending}
      error={begin.error}
      onSubmit={() => begin.mutate({ storm, size, minutes, languages, memberIds, keepDays })}
    >
      <p className={styles.quiet}>{t('drill.why')}</p>
      <Select
        label={t('drill.storm')}
        description={t(`storm.${storm}Why`)}
        data={STORMS.map((value) => ({ value, label: t(`storm.${value}`) }))}
        value={storm}
        allowDeselect={false}
        onChange={(value) => value && setStorm(value as Drill['storm'])}
        data-autofocus
      />
      <Select
        label={t('drill.size')}
        data={SIZES.map((value) => ({ value, label: t(`drill.sizes.${value}`) }))}
        value={size}
        allowDeselect={false}
        onChange={(value) => value && setSize(value as Drill['size'])}
      />
      <NumberInput
        label={t('drill.minutes')}
        description={t('drill.minutesWhy')}
        value={minutes}
        min={1}
        max={180}
        onChange={(value) => setMinutes(Number(value) || 1)}
      />
      <MultiSelect
        label={t('drill.languages')}
        data={LANGUAGES.map((value) => ({ value, label: formats.languageName(value) }))}
        value={languages}
        onChange={(value) => setLanguages(value as Language[])}
        error={languages.length === 0 ? t('drill.oneLanguage') : null}
      />
      <MultiSelect
        label={t('drill.members')}
        description={t('drill.membersWhy')}
        data={active.map((member) => ({
          value: member.memberId,
          label: member.memberId === memberId ? t('drill.me', { name: member.name }) : member.name,
        }))}
        value={memberIds}
        onChange={setChosen}
        searchable
      />
      <NumberInput
        label={t('drill.keepDays')}
        description={t('drill.keepDaysWhy')}
        value={keepDays}
        min={0}
        max={90}
        onChange={(value) => setKeepDays(Number(value) || 0)}
      />
    </Form>
  )
}
