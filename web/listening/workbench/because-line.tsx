import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Because } from './answers.ts'
import styles from './workbench.module.css'

const REASONS_MAX = 4

interface BecauseLineProps {
  because: readonly Because[]
  /** Whether the whole query met the post. */
  holds: boolean
}

/** "Matches because …" or "Missed because …", in one sentence. */
export function BecauseLine({ because, holds }: BecauseLineProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const said = useReason()
  const reasons = [...new Set(because.map(said))].slice(0, REASONS_MAX)
  if (reasons.length === 0) return null
  const list = formats.list(reasons)
  return (
    <p className={styles.because} data-holds={holds || undefined}>
      {holds ? t('workbench.because.matches', { reasons: list }) : t('workbench.because.missed', { reasons: list })}
    </p>
  )
}

function useReason(): (because: Because) => string {
  const t = useTexts('listening')
  return ({ code, kind, text, distance, value }) => {
    const part = t('quoted', { word: text })
    if (code === 'value')
      return value === null ? t('workbench.because.valueNone', { part }) : t('workbench.because.value', { part, value })
    if (code === 'too-far')
      return distance === null
        ? t('workbench.because.tooFar', { part })
        : t('workbench.because.tooFarBy', { part, count: distance })
    if (code === 'found' && kind === 'near') return t('workbench.because.near', { part })
    return t(`workbench.because.is.${code}`, { part })
  }
}
