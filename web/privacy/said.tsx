import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useMay } from '../platform/session.ts'
import { EraseContent } from './erase-content.tsx'
import type { TrailEntry } from './sentence.ts'
import styles from './trail.module.css'

/** What was said with an event, such as a reason; or that it is there, or was erased. */
export function Said({ entry }: { entry: TrailEntry }) {
  const t = useTexts('privacy')
  const mayErase = useMay('privacy.manage')
  const [erasing, setErasing] = useState(false)
  if (entry.content === 'none') return null
  if (entry.content === 'erased') return <p className={styles.erased}>{t('erased')}</p>
  return (
    <div className={styles.said}>
      {entry.said !== null && <q dir="auto">{entry.said}</q>}
      {mayErase && (
        <Button size="compact-xs" onClick={() => setErasing(true)}>
          {t('erase.action')}
        </Button>
      )}
      {erasing && <EraseContent entry={entry} onClose={() => setErasing(false)} />}
    </div>
  )
}
