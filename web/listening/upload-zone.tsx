import { Button, Progress } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { type Failure, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import styles from './listening.module.css'
import { type Upload, uploadFile } from './upload-file.ts'

const TYPES = '.csv,.tsv,.txt,.json,.jsonl,.ndjson,.xlsx'

interface UploadZoneProps {
  /** Where files of this kind go to. */
  path: string
  /** Which files the chooser shows. */
  types?: string
  /** What is to be dropped here. */
  prompt: string
  /** What can be read. */
  hint: string
  onUploaded(importId: string): Promise<void> | void
}

/** One upload at a time; it ends with the screen. `share`: how much has gone up, null while nothing does. */
function useUpload({ path, onUploaded }: Pick<UploadZoneProps, 'path' | 'onUploaded'>) {
  const { workspaceId } = useWorkspace()
  const running = useRef<Upload | null>(null)
  const [share, setShare] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => () => running.current?.cancel(), [])
  const send = async (file: File | undefined) => {
    if (!file || running.current) return
    setFailure(null)
    setShare(0)
    running.current = uploadFile(file, workspaceId, setShare, path)
    const outcome = await running.current.outcome
    running.current = null
    setShare(null)
    if (outcome.kind === 'failed') setFailure(outcome.failure)
    if (outcome.kind === 'done') await onUploaded(outcome.importId)
  }
  return { share, failure, send, cancel: () => running.current?.cancel() }
}

/** A file is dropped here or chosen; while it goes up one sees how far it is and can stop it. */
export function UploadZone({ path, types = TYPES, prompt, hint, onUploaded }: UploadZoneProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const { share, failure, send, cancel } = useUpload({ path, onUploaded })
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0])
  }
  return (
    <section
      className={styles.dropZone}
      data-over={over || undefined}
      aria-label={t('imports.upload')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <IconFileImport size={24} stroke={1.4} aria-hidden />
      <p>{prompt}</p>
      <p className={styles.hint}>{hint}</p>
      {share === null ? (
        <Button variant="filled" onClick={() => input.current?.click()}>
          {t('imports.choose')}
        </Button>
      ) : (
        <div className={styles.uploading}>
          <Progress value={share * 100} aria-label={t('imports.uploading', { share: formats.percent(share) })} />
          <div className={styles.buttons}>
            <span className={styles.hint}>{t('imports.uploading', { share: formats.percent(share) })}</span>
            <Button size="compact-xs" onClick={cancel}>
              {t('ui:cancel')}
            </Button>
          </div>
        </div>
      )}
      <input
        ref={input}
        type="file"
        accept={types}
        hidden
        onChange={(event) => {
          void send(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      <div role="alert">{failure && <p className={styles.wrong}>{textOfFailure(failure)}</p>}</div>
    </section>
  )
}
