import { MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { meQuery, useApi, useMay } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { colourValue, WORKSPACE_COLOURS } from '../../platform/workspace-colour.ts'
import { Form, FormSection } from '../../ui/form.tsx'
import { ButtonLink } from '../button-link.tsx'
import { languageChoices, POST_LANGUAGES_MAX, timeZoneChoices, ZONES_SHOWN_MAX } from '../choices.ts'
import { CopySetUp } from './copy-set-up.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

const DAYS_MAX = 3650

type Get = ReturnType<typeof useApi>['accounts']['workspaces']['get']
type Workspace = Awaited<ReturnType<Get['call']>>

export function WorkspaceSettingsScreen() {
  const t = useTexts('accounts')
  const workspace = useSuspenseQuery(useApi().accounts.workspaces.get.queryOptions({ input: {} })).data
  const mayChange = useMay('workspace.manage')
  return (
    <SettingsPlace section="workspace">
      {!mayChange && <p className={styles.note}>{t('workspace.readOnly')}</p>}
      <FormSection title={t('workspace.about')} why={t('workspace.aboutWhy')}>
        <AboutForm workspace={workspace} mayChange={mayChange} />
      </FormSection>
      <FormSection title={t('workspace.rules')} why={t('workspace.rulesWhy')}>
        <RulesForm workspace={workspace} mayChange={mayChange} />
      </FormSection>
      {mayChange && <CopySetUp />}
      {mayChange && (
        <FormSection title={t('workspace.setUp')} why={t('workspace.setUpWhy')}>
          <div className={styles.actions}>
            <ButtonLink to="/new/$slug/topic" params={{ slug: workspace.slug }}>
              {t('workspace.openSetUp')}
            </ButtonLink>
          </div>
        </FormSection>
      )}
    </SettingsPlace>
  )
}

interface PartProps {
  workspace: Workspace
  mayChange: boolean
}

function AboutForm({ workspace, mayChange }: PartProps) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const [name, setName] = useState(workspace.name)
  const [brand, setBrand] = useState(workspace.brand)
  const [languages, setLanguages] = useState(workspace.languages)
  const [timeZone, setTimeZone] = useState(workspace.timeZone)
  const [colour, setColour] = useState(workspace.settings.colour)
  const save = useSaveWorkspace()
  const fields = (
    <>
      <TextInput
        label={t('workspace.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required={mayChange}
        maxLength={200}
        readOnly={!mayChange}
      />
      <TextInput
        label={t('workspace.brand')}
        description={t('workspace.brandWhy')}
        value={brand}
        onChange={(event) => setBrand(event.currentTarget.value)}
        maxLength={200}
        readOnly={!mayChange}
      />
      <MultiSelect
        label={t('workspace.languages')}
        description={t('workspace.languagesWhy')}
        data={languageChoices(formats, languages)}
        value={languages}
        onChange={setLanguages}
        searchable
        maxValues={POST_LANGUAGES_MAX}
        error={languages.length === 0 ? t('workspace.languagesMissing') : null}
        disabled={!mayChange}
      />
      <Select
        label={t('workspace.timeZone')}
        description={t('workspace.timeZoneWhy')}
        data={timeZoneChoices(timeZone)}
        value={timeZone}
        onChange={(zone) => zone && setTimeZone(zone)}
        searchable
        limit={ZONES_SHOWN_MAX}
        allowDeselect={false}
        disabled={!mayChange}
      />
      <ColourField value={colour} onChange={setColour} disabled={!mayChange} />
    </>
  )
  if (!mayChange) return fields
  return (
    <Form
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => languages.length > 0 && save.mutate({ name, brand, languages, timeZone, settings: { colour } })}
    >
      {fields}
    </Form>
  )
}

interface ColourFieldProps {
  value: Workspace['settings']['colour']
  onChange(colour: Workspace['settings']['colour']): void
  disabled: boolean
}

/** By which this workspace is told from others, in the list of workspaces and the combined inbox. */
function ColourField({ value, onChange, disabled }: ColourFieldProps) {
  const t = useTexts('accounts')
  return (
    <Select
      label={t('workspace.colour')}
      description={t('workspace.colourWhy')}
      data={WORKSPACE_COLOURS.map((colour) => ({ value: colour, label: t(`workspace.colours.${colour}`) }))}
      value={value}
      onChange={(chosen) => onChange(WORKSPACE_COLOURS.find((colour) => colour === chosen) ?? null)}
      placeholder={t('workspace.colourNone')}
      clearable
      clearButtonProps={{ 'aria-label': t('workspace.colourRemove') }}
      leftSection={value && <span className={styles.swatch} style={{ background: colourValue(value) }} aria-hidden />}
      disabled={disabled}
    />
  )
}

function RulesForm({ workspace: { settings }, mayChange }: PartProps) {
  const t = useTexts('accounts')
  const [retentionDays, setRetentionDays] = useState(settings.retentionDays)
  const [reopenDays, setReopenDays] = useState(settings.reopenDays)
  const [secondFactor, setSecondFactor] = useState(settings.secondFactor)
  const save = useSaveWorkspace()
  const days = (value: string | number, set: (days: number) => void) => set(Number(value) || 1)
  const fields = (
    <>
      <NumberInput
        label={t('workspace.retention')}
        description={t('workspace.retentionWhy')}
        value={retentionDays}
        onChange={(value) => days(value, setRetentionDays)}
        min={1}
        max={DAYS_MAX}
        allowDecimal={false}
        suffix={` ${t('workspace.days', { count: retentionDays })}`}
        required={mayChange}
        disabled={!mayChange}
      />
      {retentionDays < settings.retentionDays && (
        <p className={styles.wrong} role="status">
          {t('workspace.retentionShorter', { count: retentionDays })}
        </p>
      )}
      <NumberInput
        label={t('workspace.reopen')}
        description={t('workspace.reopenWhy')}
        value={reopenDays}
        onChange={(value) => days(value, setReopenDays)}
        min={1}
        max={DAYS_MAX}
        allowDecimal={false}
        suffix={` ${t('workspace.days', { count: reopenDays })}`}
        required={mayChange}
        disabled={!mayChange}
      />
      <Switch
        label={t('workspace.secondFactor')}
        description={t('workspace.secondFactorWhy')}
        checked={secondFactor}
        onChange={(event) => setSecondFactor(event.currentTarget.checked)}
        disabled={!mayChange}
      />
    </>
  )
  if (!mayChange) return fields
  return (
    <Form
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ settings: { retentionDays, reopenDays, secondFactor } })}
    >
      {fields}
    </Form>
  )
}

function useSaveWorkspace() {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation(
    api.accounts.workspaces.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async (workspace) => {
        queries.setQueryData(api.accounts.workspaces.get.queryKey({ input: {} }), workspace)
        await queries.invalidateQueries({ queryKey: meQuery.queryKey })
        showDone(t('saved'))
      },
    }),
  )
}
