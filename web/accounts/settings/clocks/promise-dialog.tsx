import { Checkbox, MultiSelect, Radio, Select } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CLOCKS, PAUSES } from '../../../../contract/clock-words.ts'
import { useFormSaved } from '../../../platform/form-saved.ts'
import { useFormats } from '../../../platform/formats.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi } from '../../../platform/session.ts'
import { languageChoices } from '../../choices.ts'
import styles from '../settings.module.css'
import { type Calendar, type NamedRules, type Promised, type PromiseRules, usualPromise } from './clock-shapes.ts'
import { LadderField } from './ladder-field.tsx'
import { RulesDialog } from './rules-dialog.tsx'
import { TargetsField } from './targets-field.tsx'

interface DialogProps {
  promised: Promised | null
  calendars: Calendar[]
  onClose(): void
}

/** By when what is answered, to whom it applies, what stops the clock, and what happens when it runs out. */
export function PromiseDialog({ promised, calendars, onClose }: DialogProps) {
  const t = useTexts('accounts')
  const [rules, setRules] = useState<PromiseRules>(
    promised?.versions[0]?.rules ?? usualPromise(calendars[0]?.calendarId ?? ''),
  )
  const change = (part: Partial<PromiseRules>) => setRules((known) => ({ ...known, ...part }))
  return (
    <RulesDialog
      named={promised}
      titleOfNew={t('clocks.newPromise')}
      rules={rules}
      save={useSavePromise(promised, onClose)}
      whyLater={t('clocks.promiseFromWhy')}
      onClose={onClose}
    >
      <Select
        label={t('clocks.calendar')}
        data={calendars.map((calendar) => ({ value: calendar.calendarId, label: calendar.name }))}
        value={rules.calendarId}
        onChange={(calendarId) => calendarId && change({ calendarId })}
        allowDeselect={false}
        required
      />
      <TargetsField value={rules.targets} onChange={(targets) => change({ targets })} />
      <Applies value={rules.applies} onChange={(applies) => change({ applies })} />
      <Counting rules={rules} onChange={change} />
      {CLOCKS.map((clock) => (
        <LadderField
          key={clock}
          clock={clock}
          value={rules.ladders[clock]}
          onChange={(ladder) => change({ ladders: { ...rules.ladders, [clock]: ladder } })}
        />
      ))}
    </RulesDialog>
  )
}

interface Part<Value> {
  value: Value
  onChange(value: Value): void
}

function Applies({ value, onChange }: Part<PromiseRules['applies']>) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const { data } = useQuery(useApi().listening.sources.list.queryOptions({ input: {} }))
  const sources = data?.items ?? []
  const networks = [...new Set([...sources.map(({ network }) => network.replace(/-stream$/, '')), ...value.networks])]
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t('clocks.applies')}</legend>
      <p className={styles.muted}>{t('clocks.appliesWhy')}</p>
      <MultiSelect
        label={t('clocks.sources')}
        data={sources.map(({ sourceId, name }) => ({ value: sourceId, label: name }))}
        value={value.sourceIds}
        onChange={(sourceIds) => onChange({ ...value, sourceIds })}
        searchable
        clearable
        w="100%"
      />
      <MultiSelect
        label={t('clocks.networks')}
        data={networks.map((network) => ({
          value: network,
          label: t(`listening:network.${network}`, { defaultValue: network }),
        }))}
        value={value.networks}
        onChange={(chosen) => onChange({ ...value, networks: chosen })}
        searchable
        clearable
        w="100%"
      />
      <MultiSelect
        label={t('clocks.languages')}
        data={languageChoices(formats, value.languages)}
        value={value.languages}
        onChange={(languages) => onChange({ ...value, languages })}
        searchable
        clearable
        w="100%"
      />
      <Checkbox
        label={t('clocks.mentions')}
        checked={value.mentions}
        onChange={(event) => onChange({ ...value, mentions: event.currentTarget.checked })}
      />
    </fieldset>
  )
}

function Counting({ rules, onChange }: { rules: PromiseRules; onChange(part: Partial<PromiseRules>): void }) {
  const t = useTexts('accounts')
  const { pauses, answers, reopening } = rules
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t('clocks.counting')}</legend>
      {PAUSES.map((pause) => (
        <Checkbox
          key={pause}
          label={t(`clocks.pause.${pause}`)}
          checked={pauses[pause]}
          onChange={(event) => onChange({ pauses: { ...pauses, [pause]: event.currentTarget.checked } })}
        />
      ))}
      <Checkbox
        label={t('clocks.privateCounts')}
        checked={answers.includes('private')}
        onChange={(event) => onChange({ answers: event.currentTarget.checked ? ['public', 'private'] : ['public'] })}
      />
      <Radio.Group
        label={t('clocks.reopening.title')}
        value={reopening}
        onChange={(chosen) => onChange({ reopening: chosen === 'restart' ? 'restart' : 'continue' })}
      >
        <Radio value="continue" label={t('clocks.reopening.continue')} />
        <Radio value="restart" label={t('clocks.reopening.restart')} mt={4} />
      </Radio.Group>
    </fieldset>
  )
}

function useSavePromise(promised: Promised | null, onSaved: () => void) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const against = promised?.versions[0]?.version ?? 1
  return useMutation({
    ...useFormSaved(clocks.key(), t('saved'), onSaved),
    mutationFn: async (changed: NamedRules<PromiseRules>) =>
      promised
        ? clocks.policies.update.call({ clockPolicyId: promised.clockPolicyId, against, ...changed })
        : clocks.policies.create.call(changed),
  })
}
