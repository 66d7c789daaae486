import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useReasonText } from './reason-text.ts'
import type { Reason } from './shapes.ts'
import styles from './suggestions.module.css'

/** The longest bar; nothing says more. */
const BITS_SHOWN_MAX = 20

/** Each reason with its weight: to the right what speaks for, to the left what speaks against. */
export function ReasonBars({ reasons }: { reasons: readonly Reason[] }) {
  const t = useTexts('people')
  const bitsText = useBits()
  const say = useReasonText()
  return (
    <ul className={styles.reasons}>
      {reasons.map(({ code, field, weight, params }) => {
        const share = Math.min(1, Math.abs(weight) / BITS_SHOWN_MAX)
        const side = weight < 0 ? 'against' : 'for'
        return (
          <li key={`${code} ${field}`} className={styles.reason} data-side={side}>
            <span className={styles.said}>{say({ code, params })}</span>
            <span className={styles.bar} aria-hidden>
              <span style={{ width: `${Math.max(3, share * 50)}%` }} />
            </span>
            <span className={styles.bits} title={t('suggestions.bitsHow')}>
              {bitsText(weight)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** "+12.3 bits", always to a tenth, so that they stand below each other. */
export function useBits(): (weight: number) => string {
  const t = useTexts('people')
  const { locale } = useFormats()
  const bits = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  return (weight) => t('suggestions.bits', { bits: bits.format(weight) })
}
