import { Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { ImportFigures } from './import-result.tsx'
import styles from './listening.module.css'
import { type Pace, paceOf, remainingMs } from './remaining-time.ts'
import type { Import } from './shapes.ts'

/** Goes on whether one looks or not. */
export function ImportProgress({ one }: { one: Import }) {
  const t = useTexts('listening')
  const api = useApi()
  const formats = useFormats()
  const queries = useQueryClient()
  const [pace, setPace] = useState<Pace | null>(null)
  const next = paceOf(pace, one.progress, Date.now())
  if (next !== pace) setPace(next)
  const remaining = remainingMs(next)
  const cancel = useMutation(
    api.listening.imports.cancel.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.imports.key() }),
    }),
  )
  const read = t('imports.progress', { share: formats.percent(one.progress), rows: formats.number(one.rows) })
  const said = one.waiting ? t('imports.states.waiting') : read
  return (
    <div className={styles.progress}>
      <Progress value={one.progress * 100} aria-label={said} />
      <p>
        {said} {remaining !== null && t('imports.remaining', { time: formats.duration(remaining) })}
      </p>
      <ImportFigures one={one} />
      <p className={styles.hint}>{t('imports.goesOn')}</p>
      <Button disabled={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate({ importId: one.importId })}>
        {t(cancel.isSuccess ? 'imports.cancelling' : 'imports.cancel')}
      </Button>
    </div>
  )
}
