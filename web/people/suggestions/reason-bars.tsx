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
  const formats = useFormats()
  const say = useReasonText()
  return (
    <ul className={styles.reasons}>
      {reasons.map(({ code, field, weight, params }) => {
        const share = Math.min(1, Math.abs(weight) / BITS_SHOWN_MAX)
        const side = weight < 0 ? 'against' : 'for'
        const bits = formats.number(Math.round(weight * 10) / 10)
        return (
          <li key={`${code} ${field}`} className={styles.reason} data-side={side}>
            <span className={styles.said}>{say({ code, params })}</span>
            <span className={styles.bar} aria-hidden>
              <span style={{ width: `${Math.max(3, share * 50)}%` }} />
            </span>
            <span className={styles.bits} title={t('suggestions.bitsHow')}>
              {t('suggestions.bits', { bits: weight > 0 ? `+${bits}` : bits })}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
