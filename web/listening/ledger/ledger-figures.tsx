import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Figure } from '../../ui/figure.tsx'
import styles from './ledger.module.css'
import { moneyOf } from './money.ts'

interface Sums {
  asked: number
  failed: number
  heard: number
  kept: number
  matched: number
  relevant: number
  costMicros: number
  costPerRelevantMicros: number | null
}

/** The figures of one source, or of all together. */
export function LedgerFigures({ sums, currency, period }: { sums: Sums; currency: string | null; period: string }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { asked, failed, heard, kept, matched, relevant, costMicros, costPerRelevantMicros } = sums
  const number = formats.number
  return (
    <div className={styles.figures}>
      <Figure
        label={t('ledger.heard')}
        value={number(heard)}
        formula={t('ledger.heardHow')}
        basis={t('ledger.heardFrom', { asked: number(asked), failed: number(failed) })}
        period={period}
      />
      <Figure label={t('ledger.kept')} value={number(kept)} formula={t('ledger.keptHow')} period={period} />
      <Figure
        label={t('ledger.relevant')}
        value={number(relevant)}
        formula={t('ledger.relevantHow')}
        basis={t('ledger.relevantFrom', { count: matched, number: number(matched) })}
        period={period}
      />
      <Figure
        label={t('ledger.cost')}
        value={currency && moneyOf(formats, costMicros, currency)}
        formula={currency ? t('ledger.costHow') : t('ledger.costUnknown')}
        period={period}
      />
      <Figure
        label={t('ledger.costPerRelevant')}
        value={currency && costPerRelevantMicros !== null ? moneyOf(formats, costPerRelevantMicros, currency) : null}
        formula={currency ? t('ledger.costPerRelevantHow') : t('ledger.costUnknown')}
        period={period}
      />
    </div>
  )
}
