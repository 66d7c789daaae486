import { Button, Checkbox, Radio, Select, Switch, TextInput } from '@mantine/core'
import { ACTIONS_MAX, CONDITIONS_MAX, RULE_NAME_CHARACTERS_MAX } from '../../../contract/routing-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { ActionFields } from './action-fields.tsx'
import type { Choices } from './choices.ts'
import { ConditionFields } from './condition-fields.tsx'
import { isUnfinished, newAction, newCondition } from './new-parts.ts'
import { RecentRuns } from './recent-runs.tsx'
import styles from './routing.module.css'
import type { Rule, RuleProblem } from './shapes.ts'

const ASKS = ['first', 'each'] as const

interface EditorProps {
  rule: Rule
  choices: Choices
  problems: RuleProblem[]
  /** It stands in a saved version. */
  isSaved: boolean
  onChange(rule: Rule): void
  onDuplicate(): void
  onRemove(): void
}

/** A rule as a sentence: if these hold, then do those. */
export function RuleEditor({ rule, choices, problems, isSaved, onChange, onDuplicate, onRemove }: EditorProps) {
  const t = useTexts('inbox')
  const { conditions, actions } = rule
  const problemOf = (part: RuleProblem['of'], place: number | null) =>
    problems.find((problem) => problem.of === part && problem.place === place)
  const ofRule = problemOf('rule', null)
  return (
    <div className={styles.editor}>
      <div className={styles.head}>
        <TextInput
          label={t('routing.name')}
          value={rule.name}
          maxLength={RULE_NAME_CHARACTERS_MAX}
          required
          error={ofRule?.code === 'name-taken' ? t('routing.problem.name-taken') : null}
          onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        />
        <Select
          label={t('routing.asks')}
          data={ASKS.map((value) => ({ value, label: t(`routing.asksOf.${value}`) }))}
          value={rule.asks}
          allowDeselect={false}
          onChange={(asks) => asks && onChange({ ...rule, asks: asks as Rule['asks'] })}
        />
        <Switch
          label={t(rule.on ? 'routing.on' : 'routing.off')}
          checked={rule.on}
          onChange={(event) => onChange({ ...rule, on: event.currentTarget.checked })}
        />
      </div>
      {isUnfinished(rule) && <p className={styles.problem}>{t('routing.somethingEmpty')}</p>}
      {ofRule && ofRule.code !== 'name-taken' && (
        <p className={styles.problem}>{t(`routing.problem.${ofRule.code}`)}</p>
      )}
      <section className={styles.half}>
        <h2>{t('routing.match')}</h2>
        {conditions.length === 0 && <p className={styles.quiet}>{t('routing.everything')}</p>}
        {conditions.length > 1 && (
          <Radio.Group
            aria-label={t('routing.match')}
            value={rule.match}
            onChange={(match) => onChange({ ...rule, match: match as Rule['match'] })}
          >
            <div className={styles.radios}>
              <Radio value="all" label={t('routing.matchAll')} />
              <Radio value="any" label={t('routing.matchAny')} />
            </div>
          </Radio.Group>
        )}
        <ul className={styles.parts}>
          {conditions.map((condition, at) => (
            <ConditionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place; what it is about can change.
              key={at}
              condition={condition}
              choices={choices}
              problem={problemOf('condition', at)}
              onChange={(changed) => onChange({ ...rule, conditions: replaced(conditions, at, changed) })}
              onRemove={() => onChange({ ...rule, conditions: without(conditions, at) })}
            />
          ))}
        </ul>
        {conditions.length < CONDITIONS_MAX && (
          <Button
            size="compact-sm"
            onClick={() => onChange({ ...rule, conditions: [...conditions, newCondition('text', choices.own)] })}
          >
            {t('routing.addCondition')}
          </Button>
        )}
      </section>
      <section className={styles.half}>
        <h2>{t('routing.then')}</h2>
        <ul className={styles.parts}>
          {actions.map((action, at) => (
            <ActionFields
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              key={at}
              action={action}
              choices={choices}
              problem={problemOf('action', at)}
              onChange={(changed) => onChange({ ...rule, actions: replaced(actions, at, changed) })}
              onRemove={() => onChange({ ...rule, actions: without(actions, at) })}
            />
          ))}
        </ul>
        {actions.length < ACTIONS_MAX && (
          <Button
            size="compact-sm"
            onClick={() => onChange({ ...rule, actions: [...actions, newAction('assign', choices)] })}
          >
            {t('routing.addAction')}
          </Button>
        )}
        <Checkbox
          label={t('routing.stops')}
          checked={rule.stops}
          onChange={(event) => onChange({ ...rule, stops: event.currentTarget.checked })}
        />
      </section>
      <div className={styles.buttons}>
        <Button size="compact-sm" onClick={onDuplicate}>
          {t('routing.duplicate')}
        </Button>
        <Button size="compact-sm" color="red" variant="subtle" onClick={onRemove}>
          {t('routing.remove')}
        </Button>
      </div>
      {isSaved && <RecentRuns ruleId={rule.ruleId} />}
    </div>
  )
}

const replaced = <Part,>(parts: Part[], at: number, part: Part): Part[] =>
  parts.map((each, index) => (index === at ? part : each))
const without = <Part,>(parts: Part[], at: number): Part[] => parts.filter((_, index) => index !== at)
