import { ActionIcon, MultiSelect, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { CONDITION_KINDS, type ConditionKind, ROUTED_SCORES } from '../../../contract/routing-words.ts'
import { QueryField } from '../../listening/query-field.tsx'
import { useTexts } from '../../platform/i18n.ts'
import type { Choice, Choices } from './choices.ts'
import { newCondition } from './new-parts.ts'
import styles from './routing.module.css'
import type { Condition, RuleProblem } from './shapes.ts'

const AMONG = ['any-of', 'none-of']
const YES_NO = ['yes', 'no']
const BOUND = ['at-least', 'below']
const HOW: Record<ConditionKind, string[]> = {
  text: ['matches', 'matches-not'],
  topic: AMONG,
  source: AMONG,
  network: AMONG,
  language: AMONG,
  sentiment: AMONG,
  intent: AMONG,
  offensive: YES_NO,
  relevance: AMONG,
  addressed: YES_NO,
  person: YES_NO,
  segment: AMONG,
  score: BOUND,
  reach: BOUND,
  time: ['within', 'outside'],
}

interface FieldsProps {
  condition: Condition
  choices: Choices
  problem: RuleProblem | undefined
  onChange(condition: Condition): void
}

/** One condition, read from left to right: what it is about, how it is compared, with what. */
export function ConditionFields({ condition, onRemove, ...rest }: FieldsProps & { onRemove(): void }) {
  const t = useTexts('inbox')
  const { choices, problem, onChange } = rest
  return (
    <li className={styles.part}>
      <div className={styles.fields}>
        <Select
          aria-label={t('routing.about')}
          className={styles.kind ?? ''}
          data={CONDITION_KINDS.map((value) => ({ value, label: t(`routing.kind.${value}`) }))}
          value={condition.about}
          allowDeselect={false}
          searchable
          onChange={(about) => about && onChange(newCondition(about as ConditionKind, choices.own))}
        />
        <Select
          aria-label={t('routing.is')}
          className={styles.how ?? ''}
          data={HOW[condition.about].map((value) => ({ value, label: t(`routing.how.${value}`) }))}
          value={condition.is}
          allowDeselect={false}
          onChange={(is) => is && onChange({ ...condition, is } as Condition)}
        />
        <div className={styles.value}>
          <Compared condition={condition} {...rest} />
        </div>
        <ActionIcon onClick={onRemove} aria-label={t('routing.removeCondition')}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {problem && (
        <p className={styles.problem}>
          {[t(`routing.problem.${problem.code}`), ...problem.faults.map(({ message }) => message)].join(' ')}
        </p>
      )}
    </li>
  )
}

function Compared(props: FieldsProps) {
  const t = useTexts('inbox')
  const { condition, choices, problem, onChange } = props
  const label = t('routing.value.chosen')
  switch (condition.about) {
    case 'text':
      return (
        <>
          <QueryField
            label={t('routing.value.query')}
            value={condition.query}
            faults={problem?.faults ?? []}
            onChange={(query) => onChange({ ...condition, query })}
          />
          <Many
            label={t('routing.value.languages')}
            options={choices.languages.filter(({ value }) => value !== 'und')}
            value={condition.languages}
            onChange={(languages) => onChange({ ...condition, languages })}
          />
        </>
      )
    case 'topic':
      return (
        <Many
          {...{ label }}
          options={choices.topics}
          value={condition.topicIds}
          onChange={(topicIds) => onChange({ ...condition, topicIds })}
        />
      )
    case 'source':
      return (
        <Many
          {...{ label }}
          options={choices.sources}
          value={condition.sourceIds}
          onChange={(sourceIds) => onChange({ ...condition, sourceIds })}
        />
      )
    case 'network':
      return (
        <Many
          {...{ label }}
          options={choices.networks}
          value={condition.networks}
          onChange={(networks) => onChange({ ...condition, networks })}
        />
      )
    case 'language':
      return (
        <Many
          {...{ label }}
          options={choices.languages}
          value={condition.languages}
          onChange={(languages) => onChange({ ...condition, languages })}
        />
      )
    case 'sentiment':
      return (
        <Many
          {...{ label }}
          options={choices.sentiments}
          value={condition.sentiments}
          onChange={(sentiments) => onChange({ ...condition, sentiments: sentiments as typeof condition.sentiments })}
        />
      )
    case 'intent':
      return (
        <Many
          {...{ label }}
          options={choices.intents}
          value={condition.intents}
          onChange={(intents) => onChange({ ...condition, intents: intents as typeof condition.intents })}
        />
      )
    case 'relevance':
      return (
        <Many
          {...{ label }}
          options={choices.judgements}
          value={condition.judgements}
          onChange={(judgements) => onChange({ ...condition, judgements: judgements as typeof condition.judgements })}
        />
      )
    case 'segment':
      return (
        <Many
          {...{ label }}
          options={choices.segments}
          value={condition.segmentIds}
          onChange={(segmentIds) => onChange({ ...condition, segmentIds })}
        />
      )
    default:
      return <Single {...props} />
  }
}

/** One value instead of several. */
function Single({ condition, choices, onChange }: FieldsProps) {
  const t = useTexts('inbox')
  switch (condition.about) {
    case 'score':
      return (
        <>
          <Select
            aria-label={t('routing.value.score')}
            data={ROUTED_SCORES.map((value) => ({ value, label: t(`routing.score.${value}`) }))}
            value={condition.score}
            allowDeselect={false}
            onChange={(score) => score && onChange({ ...condition, score: score as typeof condition.score })}
          />
          <NumberInput
            aria-label={t('routing.value.points')}
            value={condition.points}
            min={0}
            max={100}
            allowDecimal={false}
            onChange={(points) => onChange({ ...condition, points: Math.min(100, Math.max(0, Number(points) || 0)) })}
          />
        </>
      )
    case 'reach':
      return (
        <NumberInput
          aria-label={t('routing.value.followers')}
          value={condition.followers}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          onChange={(followers) => onChange({ ...condition, followers: Math.max(1, Number(followers) || 1) })}
        />
      )
    case 'time':
      return (
        <Select
          aria-label={t('routing.value.calendar')}
          placeholder={t('routing.value.calendar')}
          data={choices.calendars}
          value={condition.calendarId || null}
          allowDeselect={false}
          onChange={(calendarId) => calendarId && onChange({ ...condition, calendarId })}
        />
      )
    default:
      return null
  }
}

interface ManyProps {
  label: string
  options: Choice[]
  value: string[]
  onChange(value: string[]): void
}

function Many({ label, options, value, onChange }: ManyProps) {
  return (
    <MultiSelect
      aria-label={label}
      placeholder={value.length === 0 ? label : ''}
      data={options}
      value={value}
      searchable
      maxValues={50}
      onChange={onChange}
    />
  )
}
