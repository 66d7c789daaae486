import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Condition, SegmentRule } from './conditions.ts'
import styles from './segments.module.css'

/** A rule in sentences. */
export function RuleText({ rule }: { rule: SegmentRule }) {
  const t = useTexts('people')
  const conditionText = useConditionText()
  return (
    <div className={styles.rule}>
      {rule.conditions.length > 1 && <p className={styles.quiet}>{t(`segments.says.${rule.match}`)}</p>}
      <ul>
        {rule.conditions.map((condition) => (
          <li key={JSON.stringify(condition)}>{conditionText(condition)}</li>
        ))}
      </ul>
    </div>
  )
}

function useConditionText(): (condition: Condition) => string {
  const t = useTexts('people')
  const formats = useFormats()
  const networkName = useNetworkName()
  return (condition) => {
    const field = t(`segmentField.${condition.field}`)
    if ('amount' in condition)
      return t(`segments.said.${condition.is}`, { field, amount: formats.number(condition.amount) })
    if ('days' in condition)
      return t(`segments.said.${condition.is}`, { field, count: condition.days, days: formats.number(condition.days) })
    const nameOf = (word: string) => {
      if (condition.field === 'networks') return networkName(word)
      if (condition.field === 'language') return formats.languageName(word)
      return word
    }
    return t(`segments.said.${condition.is}`, { field, words: formats.list(condition.words.map(nameOf)) })
  }
}
