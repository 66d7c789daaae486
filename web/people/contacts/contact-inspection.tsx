import { Radio, Select, Textarea, TextInput } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { contactFieldText } from '../../../contract/contact-fields.ts'
import { useNetworkName } from '../../listening/network-names.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { LEGAL_BASES } from '../shapes.ts'
import styles from './contacts.module.css'
import { ImportActions, ImportColumns, systemWord } from './import-parts.tsx'
import { ProblemText } from './problem-text.tsx'
import { RehearsalResult } from './rehearsal-result.tsx'
import { SavedMappings } from './saved-mappings.tsx'
import type { ContactImport, ContactInspection as Inspection, Settings } from './shapes.ts'

const IN_USE = ['propose', 'share', 'join'] as const
const CHANNELS = ['letter', 'mail', 'phone', 'in-person', 'network', 'portal'] as const

/** What the columns mean, where the file is from and on which basis; then a look at what would become of it, then in earnest. */
export function ContactInspection({ one, isAwaited }: { one: ContactImport; isAwaited: boolean }) {
  const api = useApi()
  const [settings, setSettings] = useState<Settings>({ inUse: 'propose', ...one.settings })
  const { mapping } = settings
  const { data, error, refetch } = useQuery({
    ...api.people.contacts.imports.inspect.queryOptions({
      input: { importId: one.importId, ...(mapping ? { mapping } : {}) },
    }),
    placeholderData: keepPreviousData,
  })
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton />
  const change = (changed: Settings) => setSettings((before) => ({ ...before, ...changed }))
  const isRefused = data.problems.some(({ refuses }) => refuses)
  return (
    <div className={styles.step}>
      <Found inspection={data} />
      {data.problems.map((problem) => (
        <ProblemText
          key={`${problem.code} ${problem.params.column ?? ''}`}
          problem={problem}
          refuses={problem.refuses}
        />
      ))}
      {one.problem && <ProblemText problem={one.problem} refuses />}
      {data.format !== null && (
        <>
          <Source settings={{ ...settings, mapping: data.mapping }} onChange={change} />
          {data.columns.length > 0 && <Columns inspection={data} onChange={(chosen) => change({ mapping: chosen })} />}
          <SavedMappings settings={{ ...settings, mapping: data.mapping }} onChoose={change} />
          <Actions
            one={one}
            rows={data.rowsEstimated}
            settings={{ ...settings, mapping: data.mapping }}
            isRefused={isRefused}
          />
          {one.rehearsal && <RehearsalResult rehearsal={one.rehearsal} isAwaited={isAwaited} />}
        </>
      )}
    </div>
  )
}

function Found({ inspection: { format, rowsEstimated, columns } }: { inspection: Inspection }) {
  const t = useTexts('people')
  const { number } = useFormats()
  if (format === null) return null
  const rows = { count: rowsEstimated, rows: number(rowsEstimated) }
  if (format === 'vcard') return <p>{t('contacts.foundCards', rows)}</p>
  return <p>{t('contacts.found', { ...rows, format: format.toUpperCase(), columns: number(columns.length) })}</p>
}

interface SourceProps {
  settings: Settings
  onChange(settings: Settings): void
}

/** Asked for every file: who says it, why it may be kept, and what becomes of addresses that are somebody's already. */
function Source({ settings, onChange }: SourceProps) {
  const t = useTexts('people')
  const { system = '', legalBasis, inUse = 'propose', mapping } = settings
  const hasConsents = Object.values(mapping ?? {}).some((field) => field.startsWith('consent:'))
  return (
    <section className={styles.source} aria-label={t('contacts.source')}>
      <TextInput
        label={t('contacts.system')}
        description={t('contacts.systemHow')}
        value={system}
        maxLength={60}
        required
        onChange={(event) => onChange({ system: systemWord(event.currentTarget.value) })}
      />
      <Select
        label={t('contacts.legalBasis')}
        description={t('contacts.legalBasisHow')}
        data={LEGAL_BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
        value={legalBasis ?? null}
        required
        allowDeselect={false}
        onChange={(chosen) => chosen && onChange({ legalBasis: chosen as NonNullable<Settings['legalBasis']> })}
      />
      <Radio.Group
        label={t('contacts.inUse')}
        value={inUse}
        onChange={(chosen) => onChange({ inUse: chosen as (typeof IN_USE)[number] })}
      >
        <div className={styles.choicesColumn}>
          {IN_USE.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`contacts.inUses.${value}`)}
              description={t(`contacts.inUseHow.${value}`)}
            />
          ))}
        </div>
      </Radio.Group>
      {hasConsents && <ConsentWords settings={settings} onChange={onChange} />}
    </section>
  )
}

/** Consents are kept with the words under which they were given, or not at all. */
function ConsentWords({ settings: { consent }, onChange }: SourceProps) {
  const t = useTexts('people')
  const language = useLanguage()
  const { text = '', channel = 'letter' } = consent ?? {}
  const change = (words: { text: string; channel: (typeof CHANNELS)[number] }) =>
    onChange({ consent: words.text.trim() === '' ? undefined : { language, ...words } })
  return (
    <>
      <Textarea
        label={t('contacts.consent')}
        description={t('contacts.consentHow')}
        value={text}
        autosize
        minRows={2}
        onChange={(event) => change({ text: event.currentTarget.value, channel })}
      />
      <Select
        label={t('contacts.consentChannel')}
        data={CHANNELS.map((value) => ({ value, label: t(`contacts.channel.${value}`) }))}
        value={channel}
        allowDeselect={false}
        onChange={(chosen) => chosen && change({ text, channel: chosen as (typeof CHANNELS)[number] })}
      />
    </>
  )
}

function Columns({ inspection: { columns, mapping }, onChange }: { inspection: Inspection; onChange: OnMapping }) {
  const t = useTexts('people')
  const language = useLanguage()
  const networkName = useNetworkName()
  const called = (name: string) => t(`contacts.purpose.${name}`, { defaultValue: '' }) || networkName(name)
  return (
    <ImportColumns
      columns={columns}
      mapping={mapping}
      labelOf={(field) => contactFieldText(language, field, called)}
      onChange={onChange}
    />
  )
}

type OnMapping = (mapping: Record<string, string>) => void

interface ActionsProps {
  one: ContactImport
  rows: number
  settings: Settings
  isRefused: boolean
}

function Actions({ one, rows, settings, isRefused }: ActionsProps) {
  const t = useTexts('people')
  const { imports } = useApi().people.contacts
  const queries = useQueryClient()
  const { importId } = one
  const { system, legalBasis } = settings
  const done = {
    onSuccess: () => queries.invalidateQueries({ queryKey: imports.key() }),
    meta: { shownInPlace: true },
  }
  const rehearse = useMutation(imports.rehearse.mutationOptions(done))
  const start = useMutation(imports.start.mutationOptions(done))
  const remove = useMutation(
    imports.remove.mutationOptions({
      onSuccess: async () => {
        history.back()
        await queries.invalidateQueries({ queryKey: imports.list.key() })
      },
    }),
  )
  const request = { ...settings, importId, system: system ?? '', legalBasis: legalBasis ?? 'consent' }
  const error = rehearse.error ?? start.error
  return (
    <ImportActions
      rows={rows}
      isRehearsed={one.rehearsal !== null}
      isDisabled={isRefused}
      missing={!system || !legalBasis ? t('contacts.missing') : null}
      pending={rehearse.isPending ? 'rehearse' : start.isPending ? 'start' : remove.isPending ? 'remove' : null}
      error={error && textOfFailure(failureOf(error))}
      onRehearse={() => rehearse.mutate(request)}
      onStart={() => start.mutate(request)}
      onRemove={() => remove.mutate({ importId })}
    />
  )
}
