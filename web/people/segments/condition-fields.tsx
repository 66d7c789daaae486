import { ActionIcon, NumberInput, Select, TagsInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { type Condition, conditionOf, FIELDS, kindOf } from './conditions.ts'
import styles from './segments.module.css'

const CHOICES = {
  amount: ['atLeast', 'below'],
  moment: ['within', 'notWithin'],
  words: ['anyOf', 'noneOf'],
} as const

interface ConditionFieldsProps {
  condition: Condition
  onChange(condition: Condition): void
  /** Null: the last one stays. */
  onRemove: (() => void) | null
}

/** One condition: a field, how it is compared, and with what. */
export function ConditionFields({ condition, onChange, onRemove }: ConditionFieldsProps) {
  const t = useTexts('people')
  return (
    <div className={styles.condition}>
      <Select
        aria-label={t('segments.field')}
        data={FIELDS.map((value) => ({ value, label: t(`segmentField.${value}`) }))}
        value={condition.field}
        allowDeselect={false}
        searchable
        onChange={(field) => field && onChange(conditionOf(field as Condition['field']))}
      />
      <Select
        aria-label={t('segments.how')}
        data={CHOICES[kindOf(condition.field)].map((value) => ({ value, label: t(`segments.is.${value}`) }))}
        value={condition.is}
        allowDeselect={false}
        onChange={(is) => is && onChange({ ...condition, is } as Condition)}
      />
      <Compared condition={condition} onChange={onChange} />
      {onRemove && (
        <ActionIcon
          onClick={onRemove}
          aria-label={t('segments.removeCondition', { field: t(`segmentField.${condition.field}`) })}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  )
}

function Compared({ condition, onChange }: Omit<ConditionFieldsProps, 'onRemove'>) {
  const t = useTexts('people')
  const { data } = useQuery(useApi().people.segments.words.queryOptions({ input: {} }))
  if ('amount' in condition)
    return (
      <NumberInput
        aria-label={t('segments.amount')}
        value={condition.amount}
        min={0}
        onChange={(amount) => onChange({ ...condition, amount: Number(amount) || 0 })}
      />
    )
  if ('days' in condition)
    return (
      <NumberInput
        aria-label={t('segments.days')}
        value={condition.days}
        min={1}
        max={36_500}
        allowDecimal={false}
        suffix={` ${t('segments.daysUnit')}`}
        onChange={(days) => onChange({ ...condition, days: Math.max(1, Number.parseInt(String(days), 10) || 1) })}
      />
    )
  const known = { tags: data?.tags, networks: data?.networks, language: data?.languages, consents: data?.consents }
  return (
    <TagsInput
      aria-label={t('segments.words')}
      placeholder={condition.words.length === 0 ? t('segments.words') : ''}
      data={[...(known[condition.field] ?? [])]}
      value={condition.words}
      maxTags={50}
      clearable={false}
      onChange={(words) => onChange({ ...condition, words })}
    />
  )
}
