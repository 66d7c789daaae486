import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { POLICY_ACTIONS, POLICY_CHECK_IDS, POLICY_VERDICTS } from '../../../contract/policy-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import { SWITCHED_CHECKS } from './check-groups.ts'
import styles from './policy.module.css'
import type { Document } from './policy-state.ts'

interface ScopeFieldsProps {
  document: Document
  onChange(changes: Partial<Document>): void
}
type Scope = Document['scopes'][number]

/** What is different at one account or in one topic; a later entry wins over an earlier one. */
export function ScopeFields({ document: { scopes }, onChange }: ScopeFieldsProps) {
  const t = useTexts('publishing')
  const nothing: Scope = { sourceId: null, topicId: null, checks: {}, always: {}, address: null, others: [] }
  return (
    <FormSection title={t('policy.scopes.title')} why={t('policy.scopes.why')}>
      {scopes.map((scope, index) => (
        <ScopeCard
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no identity but their place, which decides.
          key={index}
          scope={scope}
          onChange={(changes) =>
            onChange({ scopes: scopes.map((one, at) => (at === index ? { ...one, ...changes } : one)) })
          }
          onRemove={() => onChange({ scopes: scopes.filter((_, at) => at !== index) })}
        />
      ))}
      <div>
        <Button onClick={() => onChange({ scopes: [...scopes, nothing] })}>{t('policy.scopes.add')}</Button>
      </div>
    </FormSection>
  )
}

interface ScopeCardProps {
  scope: Scope
  onChange(changes: Partial<Scope>): void
  onRemove(): void
}

function ScopeCard({ scope, onChange, onRemove }: ScopeCardProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const sources = useQuery(api.listening.sources.list.queryOptions({ input: {} })).data?.items ?? []
  const topics = useQuery(api.listening.topics.list.queryOptions({ input: {} })).data?.items ?? []
  const changed = POLICY_CHECK_IDS.filter((check) => scope.checks[check])
  return (
    <div className={styles.card}>
      <div className={styles.choice}>
        <Select
          label={t('policy.scopes.account')}
          placeholder={t('policy.scopes.everyAccount')}
          data={sources.filter(({ speaks }) => speaks).map(({ sourceId, name }) => ({ value: sourceId, label: name }))}
          value={scope.sourceId}
          onChange={(sourceId) => onChange({ sourceId })}
          clearable
        />
        <Select
          label={t('policy.rule.topic')}
          placeholder={t('policy.rule.everyTopic')}
          data={topics.map(({ topicId, name }) => ({ value: topicId, label: name }))}
          value={scope.topicId}
          onChange={(topicId) => onChange({ topicId })}
          clearable
        />
      </div>
      <div className={styles.choice}>
        {(['reply', 'post'] as const).map((kind) => (
          <Select
            key={kind}
            label={t(`policy.always.${kind}`)}
            placeholder={t('policy.always.same')}
            data={POLICY_VERDICTS.filter((one) => one !== 'refuse').map((value) => ({
              value,
              label: t(`policy.verdict.${value}`),
            }))}
            value={scope.always[kind] ?? null}
            onChange={(value) => {
              const verdict = POLICY_VERDICTS.find((one) => one === value)
              const { [kind]: _, ...others } = scope.always
              onChange({ always: verdict ? { ...others, [kind]: verdict } : others })
            }}
            clearable
          />
        ))}
      </div>
      {changed.map((check) => (
        <Select
          key={check}
          label={t(`policy.check.${check}`)}
          data={POLICY_ACTIONS.map((value) => ({ value, label: t(`policy.action.${value}`) }))}
          value={scope.checks[check]?.action ?? null}
          onChange={(value) => {
            const action = POLICY_ACTIONS.find((one) => one === value)
            const { [check]: before, ...others } = scope.checks
            onChange({ checks: action ? { ...others, [check]: { from: 'low', ...before, action } } : others })
          }}
          clearable
        />
      ))}
      <div className={styles.choice}>
        <Select
          placeholder={t('policy.scopes.check')}
          aria-label={t('policy.scopes.check')}
          data={SWITCHED_CHECKS.filter((check) => !changed.includes(check)).map((value) => ({
            value,
            label: t(`policy.check.${value}`),
          }))}
          value={null}
          onChange={(value) => {
            const check = SWITCHED_CHECKS.find((one) => one === value)
            if (check) onChange({ checks: { ...scope.checks, [check]: { action: 'confirm', from: 'low' } } })
          }}
          searchable
        />
        <Button size="compact-xs" onClick={onRemove}>
          {t('policy.rule.remove')}
        </Button>
      </div>
    </div>
  )
}
