import { useTexts } from '../../platform/i18n.ts'
import { useMay } from '../../platform/session.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { type Looked, PERIODS, type Period } from './answers.ts'
import styles from './discovery.module.css'
import { RisingTerms } from './rising-terms.tsx'
import { SharedLinks } from './shared-links.tsx'
import { Talks } from './talks.tsx'
import { Voices } from './voices.tsx'

interface PeriodChoiceProps {
  period: Period
  onPeriod(period: Period): void
}

export function PeriodChoice({ period, onPeriod }: PeriodChoiceProps) {
  const t = useTexts('listening')
  return (
    <FilterBar
      label={t('discovery.period')}
      options={PERIODS.map((value) => ({ value, label: t(`discovery.periods.${value}`) }))}
      value={period}
      onChange={(value) => onPeriod(value as Period)}
    />
  )
}

/** Each answer comes by itself: a slow one does not hold up the others. */
export function Views({ looked }: { looked: Looked }) {
  const mayReadPeople = useMay('people.read')
  return (
    <div className={styles.views}>
      <div className={styles.column}>
        <RisingTerms looked={looked} />
        {mayReadPeople && <Voices looked={looked} />}
        <SharedLinks looked={looked} />
      </div>
      <Talks looked={looked} />
    </div>
  )
}
