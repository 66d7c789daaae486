import { handleText } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './people.module.css'
import type { ShownBefore } from './shapes.ts'

/** One thing that an account showed, and until when. */
export function PastLine({ past: { attribute, value, seenFrom, seenUntil } }: { past: ShownBefore }) {
  const t = useTexts('people')
  const formats = useFormats()
  return (
    <>
      <span className={styles.quiet}>{t(`past.${attribute}`)}</span>{' '}
      {attribute !== 'avatar' && <bdi>{attribute === 'handle' ? handleText(value ?? '') : value}</bdi>}
      <div className={styles.quiet}>
        {seenFrom
          ? t('seenBetween', { from: formats.date(seenFrom), until: formats.date(seenUntil) })
          : t('past.until', { until: formats.date(seenUntil) })}
      </div>
    </>
  )
}

export const pastKey = ({ attribute, value, seenUntil }: ShownBefore) => `${attribute} ${seenUntil.getTime()} ${value}`
