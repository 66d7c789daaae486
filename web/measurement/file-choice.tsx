import { FileInput, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ImportMapping } from '../listening/import-mapping.tsx'
import { ProblemText } from '../listening/import-problem.tsx'
import type { Inspection } from '../listening/shapes.ts'
import { type Upload, uploadFile } from '../listening/upload-file.ts'
import { type Failure, failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import styles from './measurement.module.css'

const TYPES = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx'

export interface ChosenFile {
  importId: string
  /** Set when a column was corrected. */
  mapping: Record<string, string> | null
}

interface FileChoiceProps {
  file: ChosenFile | null
  onChange(file: ChosenFile | null): void
  missing: boolean
}

/** The file goes up when it is chosen; then one sees what its columns are taken for. */
export function FileChoice({ file, onChange, missing }: FileChoiceProps) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { workspaceId } = useWorkspace()
  const running = useRef<Upload | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const inspect = useMutation(useApi().listening.imports.inspect.mutationOptions({ meta: { shownInPlace: true } }))
  useEffect(() => () => running.current?.cancel(), [])

  const send = async (chosen: File | null) => {
    running.current?.cancel()
    setFailure(null)
    onChange(null)
    inspect.reset()
    if (!chosen) return
    setShare(0)
    const upload = uploadFile(chosen, workspaceId, setShare)
    running.current = upload
    const outcome = await upload.outcome
    if (running.current !== upload) return
    running.current = null
    setShare(null)
    if (outcome.kind === 'failed') setFailure(outcome.failure)
    if (outcome.kind !== 'done') return
    onChange({ importId: outcome.importId, mapping: null })
    inspect.mutate({ importId: outcome.importId })
  }
  const remap = (mapping: Record<string, string>) => {
    if (!file) return
    onChange({ ...file, mapping })
    inspect.mutate({ importId: file.importId, mapping })
  }
  return (
    <div className={styles.choice}>
      <FileInput
        label={t('new.fileLabel')}
        description={t('new.fileWhy')}
        placeholder={t('new.choose')}
        accept={TYPES}
        clearable
        clearButtonProps={{ 'aria-label': t('new.clear') }}
        error={missing && !file && t('new.fileMissing')}
        onChange={(chosen) => void send(chosen)}
      />
      {share !== null && (
        <Progress value={share * 100} aria-label={t('new.uploading', { share: formats.percent(share) })} />
      )}
      <div role="alert">
        {failure && <p className={styles.wrong}>{textOfFailure(failure)}</p>}
        {inspect.error && <p className={styles.wrong}>{textOfFailure(failureOf(inspect.error))}</p>}
      </div>
      {inspect.data && <Columns inspection={inspect.data} onChange={remap} />}
    </div>
  )
}

function Columns({
  inspection,
  onChange,
}: {
  inspection: Inspection
  onChange(mapping: Record<string, string>): void
}) {
  const t = useTexts('measurement')
  const refused = inspection.problems.some(({ refuses }) => refuses)
  // The zone is chosen below, for all of the audit.
  const problems = inspection.problems.filter(({ code }) => code !== 'time-zone-assumed')
  return (
    <>
      {problems.map((problem) => (
        <ProblemText
          key={`${problem.code} ${problem.params.column ?? ''}`}
          problem={problem}
          refuses={problem.refuses}
        />
      ))}
      <details open={refused}>
        <summary>{t('new.columns')}</summary>
        <ImportMapping inspection={inspection} onChange={onChange} />
      </details>
    </>
  )
}
