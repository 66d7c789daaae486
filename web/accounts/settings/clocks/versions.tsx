import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../../../platform/formats.ts'
import { useTexts } from '../../../platform/i18n.ts'
import styles from '../settings.module.css'

interface Version {
  version: number
  validFrom: Date
  madeAt: Date
}

/** Since when what holds, the newest first. */
export function Versions({ versions }: { versions: Version[] }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const [shown, setShown] = useState(false)
  const [newest] = versions
  if (!newest) return null
  return (
    <>
      <Button size="compact-xs" variant="subtle" px={0} onClick={() => setShown(!shown)} aria-expanded={shown}>
        {t('clocks.version', { version: newest.version, time: formats.date(newest.validFrom) })}
      </Button>
      {shown && (
        <ul className={styles.deliveries}>
          {versions.map(({ version, validFrom, madeAt }) => (
            <li key={version} className={styles.muted}>
              {t('clocks.versionMade', {
                version,
                from: formats.toTheMinute(validFrom),
                made: formats.toTheMinute(madeAt),
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
