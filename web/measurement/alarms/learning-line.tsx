import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import styles from './alarms.module.css'
import type { AlarmRule } from './alarms-query.ts'

/** Where watching stands: off, still learning, or judging by what it knows. */
export function LearningLine({ rule: { on, learning } }: { rule: AlarmRule }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { countedFrom, daysLeft } = learning
  const since = countedFrom && formats.date(countedFrom)
  if (!on) return <p className={styles.lead}>{t('alarms.off')}</p>
  if (daysLeft > 0) return <p className={styles.lead}>{t('alarms.learning', { count: daysLeft })}</p>
  return <p className={styles.lead}>{t('alarms.watching', { since })}</p>
}
