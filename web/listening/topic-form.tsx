import { MultiSelect, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { Form } from '../ui/form.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { LISTENED_LANGUAGES, TOPIC_LANGUAGES_MAX } from './languages.ts'
import styles from './listening.module.css'
import { QueryHelp } from './query-help.tsx'
import { TOPIC_KINDS, type TopicKind } from './shapes.ts'
import type { TopicDraft } from './topic-draft.ts'
import type { Preview } from './workbench/answers.ts'
import { useCompletions } from './workbench/completions.ts'
import { type DraftAnswer, QUERY_CHARACTERS_MAX } from './workbench/draft-answers.ts'
import { EditorKeys } from './workbench/editor-keys.tsx'
import { QueryEditor, type QueryEditorHandle } from './workbench/query-editor.tsx'
import { QuerySaid } from './workbench/query-said.tsx'
import workbench from './workbench/workbench.module.css'

interface TopicFormProps {
  draft: TopicDraft
  onChange(changed: Partial<TopicDraft>): void
  preview: DraftAnswer<Preview>
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
  /** The topic is there: what is rarely changed stands back behind its query. */
  known: boolean
  /** Under the query: what it was made of. */
  under?: ReactNode
  /** What the query finds; beside the form where there is room. */
  results: ReactNode
}

/** A topic's fields, and beside them what its query finds while one types. */
export function TopicForm(props: TopicFormProps) {
  const { draft, onChange, preview, reason, onReason, disabled = false, keptSince = null, known } = props
  const t = useTexts('listening')
  const bench = useRef<HTMLDivElement>(null)
  const editor = useRef<QueryEditorHandle>(null)
  const languages = useLanguageOptions(draft.languages)
  const tooLong = draft.query.length > QUERY_CHARACTERS_MAX
  const faults = tooLong || draft.query.trim() === '' ? [] : preview.faults
  useShortcuts(t('workbench.title'), [
    {
      keys: 'mod+enter',
      label: props.submit,
      run: () => !disabled && bench.current?.querySelector('form')?.requestSubmit(),
    },
    { keys: 'mod+.', label: t('workbench.editor.mend'), run: () => mendFirst(preview, onChange) },
  ])
  const submit = () => {
    const [first] = faults
    if (first && !preview.behind) editor.current?.select(first.start, first.end)
    else if (draft.query.trim() === '' || tooLong) editor.current?.focus()
    else props.onSubmit()
  }
  const facts = <TopicFacts draft={draft} onChange={onChange} disabled={disabled} />
  return (
    <div className={workbench.workbench}>
      <div ref={bench} className={workbench.bench}>
        <Form
          submit={disabled ? null : props.submit}
          busy={props.busy}
          error={props.error}
          beside={props.beside}
          onSubmit={submit}
        >
          {keptSince !== null && (
            <p className={styles.notice} role="status">
              {t('topics.kept')} · <TimeAgo time={new Date(keptSince)} />
            </p>
          )}
          {!known && <TopicName draft={draft} onChange={onChange} disabled={disabled} />}
          <QueryPart {...props} faults={faults} editor={editor} />
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
          {known ? (
            <Folded opened={draft.name.trim() === ''}>{[<TopicName key="name" {...props} />, facts]}</Folded>
          ) : (
            facts
          )}
        </Form>
      </div>
      {props.results}
    </div>
  )
}

type FieldProps = Pick<TopicFormProps, 'draft' | 'onChange' | 'disabled'>

interface QueryPartProps extends TopicFormProps {
  faults: DraftAnswer<Preview>['faults']
  editor: RefObject<QueryEditorHandle | null>
}

function QueryPart({ draft, onChange, preview, faults, disabled = false, under, editor }: QueryPartProps) {
  const t = useTexts('listening')
  const saidId = useId()
  const complete = useCompletions(preview.shown)
  const said = draft.query.trim() === '' || (preview.offline && preview.behind) ? null : preview.shown
  return (
    <div>
      <QueryEditor
        ref={editor}
        label={t('topics.query')}
        required={!disabled}
        readOnly={disabled}
        beside={
          <QueryHelp>
            <EditorKeys />
          </QueryHelp>
        }
        value={draft.query}
        faults={faults}
        warnings={faults.length === 0 ? (said?.warnings ?? NONE) : NONE}
        describedBy={saidId}
        example={t('topics.queryExample')}
        onChange={(query) => onChange({ query })}
        complete={complete}
      />
      {under}
      <div id={saidId}>
        <QuerySaid
          query={draft.query}
          preview={preview}
          faults={faults}
          onMend={(query) => {
            onChange({ query })
            editor.current?.focus()
          }}
          onPart={(start, end) => editor.current?.select(start, end)}
        />
      </div>
    </div>
  )
}

const NONE: DraftAnswer<Preview>['faults'] = []

function mendFirst({ faults, shown, behind }: DraftAnswer<Preview>, onChange: TopicFormProps['onChange']): void {
  const mend = behind && faults.length === 0 ? null : [...faults, ...(shown?.warnings ?? [])].find(({ mend }) => mend)
  if (mend?.mend) onChange({ query: mend.mend })
}

function TopicName({ draft, onChange, disabled = false }: FieldProps) {
  const t = useTexts('listening')
  return (
    <TextInput
      label={t('topics.name')}
      value={draft.name}
      onChange={(event) => onChange({ name: event.currentTarget.value })}
      required={!disabled}
      maxLength={120}
      disabled={disabled}
    />
  )
}

function TopicFacts({ draft, onChange, disabled = false }: FieldProps) {
  const t = useTexts('listening')
  return (
    <>
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
    </>
  )
}

/** A field in a closed fold cannot say its fault: with one inside it stands open. */
function Folded({ opened, children }: { opened: boolean; children: ReactNode }) {
  const t = useTexts('listening')
  const [open, setOpen] = useState(false)
  return (
    <details className={workbench.folded} open={open || opened} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('workbench.further')}</summary>
      <div className={workbench.foldedFields}>{children}</div>
    </details>
  )
}

function useLanguageOptions(chosen: readonly string[]) {
  const formats = useFormats()
  return [...new Set([...LISTENED_LANGUAGES, ...chosen])]
    .map((tag) => ({ value: tag, label: formats.languageName(tag) }))
    .sort((one, other) => one.label.localeCompare(other.label, formats.locale))
}
