import { Select, TextInput } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import styles from '../contacts/contacts.module.css'
import { ImportActions, ImportColumns, systemWord } from '../contacts/import-parts.tsx'
import { ProblemText, useProblemText } from '../contacts/problem-text.tsx'
import { Rehearsed } from '../contacts/rehearsed.tsx'
import { PurchaseFigures } from './purchase-figures.tsx'
import type { PurchaseImport } from './shapes.ts'

type Settings = PurchaseImport['settings']
type Rehearsal = NonNullable<PurchaseImport['rehearsal']>

const KINDS = ['order', 'contract'] as const

/** What the columns mean and where the file is from; then a look at what would become of it, then in earnest. */
export function PurchaseInspection({ one, isAwaited }: { one: PurchaseImport; isAwaited: boolean }) {
  const t = useTexts('people')
  const { number } = useFormats()
  const api = useApi()
  const [settings, setSettings] = useState<Settings>({ kind: 'order', ...one.settings })
  const { mapping } = settings
  const { data, error, refetch } = useQuery({
    ...api.people.purchases.imports.inspect.queryOptions({
      input: { importId: one.importId, ...(mapping ? { mapping } : {}) },
    }),
    placeholderData: keepPreviousData,
  })
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton />
  const { format, rowsEstimated, columns, fields, problems } = data
  const chosen = { ...settings, mapping: data.mapping }
  const change = (changed: Settings) => setSettings((before) => ({ ...before, ...changed }))
  return (
    <div className={styles.step}>
      {format && (
        <p>
          {t('contacts.found', {
            count: rowsEstimated,
            rows: number(rowsEstimated),
            format: format.toUpperCase(),
            columns: number(columns.length),
          })}
        </p>
      )}
      {problems.map((problem) => (
        <ProblemText key={`${problem.code} ${problem.params.column ?? ''}`} problem={problem} refuses />
      ))}
      {one.problem && <ProblemText problem={one.problem} refuses />}
      {format && (
        <>
          <Source settings={chosen} onChange={change} />
          <ImportColumns
            columns={columns.map((column) => ({ ...column, fields }))}
            mapping={data.mapping}
            labelOf={(field) => t(`purchases.field.${field}`, { defaultValue: field })}
            onChange={(to) => change({ mapping: to })}
          />
          <Actions one={one} rows={rowsEstimated} settings={chosen} isRefused={problems.length > 0} />
          {one.rehearsal && <RehearsalResult rehearsal={one.rehearsal} isAwaited={isAwaited} />}
        </>
      )}
    </div>
  )
}

/** Said for the whole file; a column can say otherwise for a row. */
function Source({ settings, onChange }: { settings: Settings; onChange(settings: Settings): void }) {
  const t = useTexts('people')
  const { system = '', kind = 'order', currency = '' } = settings
  const [written, setWritten] = useState(currency)
  return (
    <section className={styles.source} aria-label={t('contacts.source')}>
      <TextInput
        label={t('purchases.system')}
        description={t('purchases.systemHow')}
        value={system}
        maxLength={60}
        required
        onChange={(event) => onChange({ system: systemWord(event.currentTarget.value) })}
      />
      <Select
        label={t('purchases.kind')}
        data={KINDS.map((value) => ({ value, label: t(`purchases.kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(chosen) => chosen && onChange({ kind: chosen as (typeof KINDS)[number] })}
      />
      <TextInput
        label={t('purchases.currency')}
        description={t('purchases.currencyHow')}
        value={written}
        maxLength={3}
        onChange={(event) => {
          const code = event.currentTarget.value.toUpperCase().replaceAll(/[^A-Z]/g, '')
          setWritten(code)
          onChange({ currency: code.length === 3 ? code : undefined })
        }}
      />
    </section>
  )
}

interface ActionsProps {
  one: PurchaseImport
  rows: number
  settings: Settings
  isRefused: boolean
}

function Actions({ one, rows, settings, isRefused }: ActionsProps) {
  const t = useTexts('people')
  const { imports } = useApi().people.purchases
  const queries = useQueryClient()
  const { importId } = one
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
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const request = { timeZone, ...settings, importId, system: settings.system ?? '' }
  const error = rehearse.error ?? start.error
  return (
    <ImportActions
      rows={rows}
      isRehearsed={one.rehearsal !== null}
      isDisabled={isRefused}
      missing={settings.system ? null : t('purchases.missing')}
      pending={rehearse.isPending ? 'rehearse' : start.isPending ? 'start' : remove.isPending ? 'remove' : null}
      error={error && textOfFailure(failureOf(error))}
      onRehearse={() => rehearse.mutate(request)}
      onStart={() => start.mutate(request)}
      onRemove={() => remove.mutate({ importId })}
    />
  )
}

const TONES: Record<Rehearsal['samples'][number]['outcome'], Tone> = {
  created: 'good',
  updated: 'accent',
  unchanged: 'neutral',
  refused: 'urgent',
}

/** What would become of the rows: counted, with some of each kind. */
function RehearsalResult({ rehearsal, isAwaited }: { rehearsal: Rehearsal; isAwaited: boolean }) {
  const t = useTexts('people')
  const { number } = useFormats()
  const textOf = useProblemText()
  return (
    <Rehearsed of={rehearsal} isAwaited={isAwaited}>
      <PurchaseFigures of={rehearsal} />
      <ul className={styles.list}>
        {rehearsal.samples.map(({ line, outcome, title, problem }) => (
          <li key={`${line} ${outcome}`} className={styles.row}>
            <span className={styles.sampleName}>
              <span className={styles.detail}>{t('contacts.line', { line: number(line) })}</span> {title}
            </span>
            <Tag tone={TONES[outcome]}>{t(`purchases.outcome.${outcome}`)}</Tag>
            {problem && <p className={styles.detail}>{textOf(problem)}</p>}
          </li>
        ))}
      </ul>
    </Rehearsed>
  )
}
