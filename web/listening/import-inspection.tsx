import { Button, Select } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import { DeleteUpload } from './delete-upload.tsx'
import { ImportMapping } from './import-mapping.tsx'
import { ImportPreview } from './import-preview.tsx'
import { ProblemText } from './import-problem.tsx'
import styles from './listening.module.css'
import { KNOWN_NETWORKS, useNetworkName } from './network-names.ts'
import type { Import, Inspection } from './shapes.ts'

export interface ImportChoices {
  mapping?: Record<string, string>
  network?: string
  timeZone?: string
}

/** What the file would become, what stands in the way, and what can be corrected before anything is stored. */
export function ImportInspection({ one }: { one: Import }) {
  const api = useApi()
  const [choices, setChoices] = useState<ImportChoices>({})
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...api.listening.imports.inspect.queryOptions({ input: { importId: one.importId, ...choices } }),
    placeholderData: keepPreviousData,
  })
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton />
  return (
    <div className={styles.inspection} data-behind={isPlaceholderData || undefined}>
      <Found inspection={data} />
      {data.problems.map((problem) => (
        <ProblemText
          key={`${problem.code} ${problem.params.column ?? ''}`}
          problem={problem}
          refuses={problem.refuses}
        />
      ))}
      {data.format === null && (
        <div>
          <DeleteUpload one={one} />
        </div>
      )}
      {data.format !== null && (
        <>
          <StartImport one={one} choices={choices} refused={data.problems.some(({ refuses }) => refuses)} />
          <FileChoices inspection={data} choices={choices} onChange={setChoices} />
          <ImportMapping inspection={data} onChange={(mapping) => setChoices((before) => ({ ...before, mapping }))} />
          <ImportPreview rows={data.preview} />
        </>
      )}
    </div>
  )
}

function Found({ inspection }: { inspection: Inspection }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { format, rowsEstimated, preset, columns } = inspection
  if (format === null) return null
  return (
    <p>
      {t('inspection.found', {
        format: format.toUpperCase(),
        count: rowsEstimated,
        rows: formats.number(rowsEstimated),
        columns: formats.number(columns.length),
      })}{' '}
      {preset && t('inspection.preset', { preset })}
    </p>
  )
}

interface FileChoicesProps {
  inspection: Inspection
  choices: ImportChoices
  onChange(choices: ImportChoices): void
}

/** For the whole file: where it is from, and in which zone its clock stood. */
function FileChoices({ inspection, choices, onChange }: FileChoicesProps) {
  const t = useTexts('listening')
  const networkName = useNetworkName()
  const asksZone =
    choices.timeZone !== undefined || inspection.problems.some(({ code }) => code === 'time-zone-assumed')
  const { network: _network, ...withoutNetwork } = choices
  const { timeZone: _zone, ...withoutZone } = choices
  return (
    <div className={styles.choices}>
      <Select
        label={t('inspection.network')}
        description={t('inspection.networkWhy')}
        placeholder={t('inspection.networkByRow')}
        data={KNOWN_NETWORKS.map((network) => ({ value: network, label: networkName(network) }))}
        value={choices.network ?? null}
        onChange={(network) => onChange(network ? { ...withoutNetwork, network } : withoutNetwork)}
        clearable
        clearButtonProps={{ 'aria-label': t('inspection.clear') }}
      />
      {asksZone && (
        <Select
          label={t('inspection.timeZone')}
          description={t('inspection.timeZoneWhy')}
          data={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
          value={choices.timeZone ?? 'UTC'}
          onChange={(timeZone) => onChange(timeZone ? { ...withoutZone, timeZone } : withoutZone)}
          searchable
          limit={60}
        />
      )}
    </div>
  )
}

function StartImport({ one, choices, refused }: { one: Import; choices: ImportChoices; refused: boolean }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const start = useMutation(
    api.listening.imports.start.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.imports.key() }),
    }),
  )
  return (
    <div>
      <div className={styles.buttons}>
        <Button
          variant="filled"
          disabled={refused}
          loading={start.isPending}
          onClick={() => start.mutate({ importId: one.importId, ...choices })}
        >
          {t('inspection.start')}
        </Button>
        <DeleteUpload one={one} />
      </div>
      {refused && <p className={styles.hint}>{t('inspection.refused')}</p>}
      <div role="alert">{start.error && <p className={styles.wrong}>{textOfFailure(failureOf(start.error))}</p>}</div>
    </div>
  )
}
