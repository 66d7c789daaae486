import type { ClockName } from '../../../contract/clock-words.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Figure } from '../../ui/figure.tsx'
import styles from './response.module.css'
import type { Group } from './response-query.ts'

interface FiguresProps {
  clock: ClockName
  group: Group
  weeks: string[]
}

/** The four figures of a board, each with its formula one tap away. */
export function ResponseFigures({ clock, group: { total }, weeks }: FiguresProps) {
  const t = useTexts('measurement')
  const formats = useFormats()
  if (!total) return null
  const length = (minutes: number | null) => (minutes === null ? null : formats.duration(Math.round(minutes) * 60_000))
  const share = (part: number | null) => (part === null ? null : formats.percent(part, 1))
  const day = (week: string | undefined) => formats.date(new Date(`${week}T12:00:00Z`))
  const said = {
    period: t('response.period', { from: day(weeks[0]), until: day(weeks.at(-1)) }),
    basis: t('response.basis', { count: total.waits, number: formats.number(total.waits) }),
  }
  const of = clock === 'resolution' ? 'resolved' : 'answered'
  return (
    <section className={styles.figures} aria-label={t('response.title')}>
      <Figure
        label={t('response.serviceMedian')}
        value={length(total.serviceMedian)}
        formula={t('response.serviceMedianHow')}
        {...said}
      />
      <Figure
        label={t('response.serviceP90')}
        value={length(total.serviceP90)}
        formula={t('response.serviceP90How')}
        {...said}
      />
      <Figure
        label={t('response.wallMedian')}
        value={length(total.wallMedian)}
        formula={t('response.wallMedianHow')}
        {...said}
      />
      <Figure
        label={t(`response.rate.${of}`)}
        value={share(total.rate)}
        formula={t(`response.rateHow.${of}`)}
        {...said}
      />
      <Figure
        label={t('response.kept')}
        value={share(total.keptShare)}
        formula={t('response.keptHow', {
          kept: formats.number(total.kept),
          promised: formats.number(total.promised),
        })}
        {...said}
      />
    </section>
  )
}
