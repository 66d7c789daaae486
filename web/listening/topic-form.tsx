import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Form } from '../ui/form.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { LISTENED_LANGUAGES, TOPIC_LANGUAGES_MAX } from './languages.ts'
import styles from './listening.module.css'
import type { useQueryCheck } from './query-check.ts'
import { QueryField } from './query-field.tsx'
import { QueryHelp } from './query-help.tsx'
import { QueryFinds, QuerySamples } from './query-verdict.tsx'
import { TOPIC_KINDS, type TopicKind } from './shapes.ts'
import type { TopicDraft } from './topic-draft.ts'

interface TopicFormProps {
  draft: TopicDraft
  onChange(changed: Partial<TopicDraft>): void
  check: ReturnType<typeof useQueryCheck>
  /** Asked for when the query of a topic changes; null: not asked. */
  reason: string | null
  onReason?(reason: string): void
  submit: string
  busy: boolean
  error: unknown
  onSubmit(): void
  beside?: ReactNode
  disabled?: boolean
  /** When what stands here was typed, where it was not saved before one left. */
  keptSince?: number | null
}

/** A topic's fields, and beside them what its query finds while one types. */
export function TopicForm(props: TopicFormProps) {
  const { draft, onChange, check, reason, onReason, disabled = false, keptSince = null } = props
  const t = useTexts('listening')
  const saidId = useId()
  const languages = useLanguageOptions(draft.languages)
  const verdict = check.data
  const faults = verdict?.ok === false && !check.behind ? verdict.faults : []
  const warnings = verdict?.ok && !check.behind ? verdict.warnings : []
  return (
    <div className={styles.editor}>
      <Form
        submit={disabled ? null : props.submit}
        busy={props.busy}
        error={props.error}
        beside={props.beside}
        onSubmit={props.onSubmit}
      >
        {keptSince !== null && (
          <p className={styles.notice} role="status">
            {t('topics.kept')} · <TimeAgo time={new Date(keptSince)} />
          </p>
        )}
        <TextInput
          label={t('topics.name')}
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          required={!disabled}
          maxLength={120}
          disabled={disabled}
        />
        <div>
          <QueryField
            label={t('topics.query')}
            labelShown
            required={!disabled}
            readOnly={disabled}
            beside={<QueryHelp />}
            lines={4}
            value={draft.query}
            faults={[...faults, ...warnings]}
            describedBy={saidId}
            placeholder={t('topics.queryExample')}
            onChange={(query) => onChange({ query })}
          />
          <div id={saidId}>
            <QueryFinds query={draft.query} check={check} onMend={(query) => onChange({ query })} />
          </div>
        </div>
        {reason !== null && (
          <Textarea
            label={t('topics.reason')}
            description={t('topics.reasonWhy')}
            value={reason}
            onChange={(event) => onReason?.(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={1}
          />
        )}
        <MultiSelect
          label={t('topics.languages')}
          description={t('topics.languagesWhy')}
          data={languages}
          value={draft.languages}
          onChange={(chosen) => onChange({ languages: chosen })}
          maxValues={TOPIC_LANGUAGES_MAX}
          searchable
          disabled={disabled}
        />
        <Select
          label={t('topics.kind')}
          description={t('topics.kindWhy')}
          data={TOPIC_KINDS.map((kind) => ({ value: kind, label: t(`topics.kinds.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => kind && onChange({ kind: kind as TopicKind })}
          allowDeselect={false}
          disabled={disabled}
        />
        <Switch
          label={t('topics.opensLabel')}
          description={t('topics.opensWhy')}
          checked={draft.opensConversations}
          onChange={(event) => onChange({ opensConversations: event.currentTarget.checked })}
          disabled={disabled}
        />
      </Form>
      <QuerySamples query={draft.query} check={check} />
    </div>
  )
}

function useLanguageOptions(chosen: readonly string[]) {
  const formats = useFormats()
  return [...new Set([...LISTENED_LANGUAGES, ...chosen])]
    .map((tag) => ({ value: tag, label: formats.languageName(tag) }))
    .sort((one, other) => one.label.localeCompare(other.label, formats.locale))
}
