import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Preview, Unstored } from './answers.ts'
import { useFigureText } from './figure-text.ts'
import { SampleKept } from './sample-kept.tsx'
import styles from './workbench.module.css'

/** What a count rests on: everything that is stored, or a sample of it, and since when. */
export function RestsOn({ restsOn, period }: Pick<Preview, 'restsOn' | 'period'>) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { candidates, looked, countedFrom, scan } = restsOn
  const said = { count: candidates, candidates: formats.number(candidates), looked: formats.number(looked) }
  return (
    <p className={styles.quiet}>
      {candidates === 0
        ? t('workbench.restsOn.nothing')
        : looked < candidates
          ? t('workbench.restsOn.sample', said)
          : t('workbench.restsOn.all', said)}
      {countedFrom > period.from && ` ${t('workbench.restsOn.countedFrom', { date: formats.exact(countedFrom) })}`}
      {scan && ` ${t('workbench.restsOn.scan')}`}
    </p>
  )
}

/** What nobody asked for is not stored: said beside every count, because a count of stored posts alone would lie. */
export function UnstoredMatches({ unstored }: { unstored: Unstored | null }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const figureText = useFigureText()
  return (
    <p className={styles.quiet}>
      {unstored === null
        ? t('workbench.unstored.noSample')
        : unstored.sampled === 0 || unstored.from === null
          ? t('workbench.unstored.notYet')
          : t('workbench.unstored.estimate', {
              perDay: figureText(unstored.perDay),
              matched: formats.number(unstored.matched),
              sampled: formats.number(unstored.sampled),
              heard: formats.compact(unstored.heard),
              date: formats.date(unstored.from),
            })}{' '}
      <SampleKept />
    </p>
  )
}
