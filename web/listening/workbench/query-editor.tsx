import type { Completion, CompletionSource } from '@codemirror/autocomplete'
import { startCompletion } from '@codemirror/autocomplete'
import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView, placeholder } from '@codemirror/view'
import { useMantineStyleNonce } from '@mantine/core'
import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import type { QueryFault } from '../shapes.ts'
import { type CompletionPlace, completionPlace } from './completion-place.ts'
import { queryEditing } from './query-editor-extensions.ts'
import styles from './workbench.module.css'

export interface QueryEditorHandle {
  focus(): void
  /** Puts the cursor around a part: of a fault, of an imported rule. */
  select(start: number, end: number): void
}

interface QueryEditorProps {
  label: string
  required?: boolean
  readOnly?: boolean
  /** Beside the label: help. */
  beside?: ReactNode
  value: string
  faults?: readonly QueryFault[]
  warnings?: readonly QueryFault[]
  describedBy?: string
  example?: string
  onChange(query: string): void
  /** What can stand at a place, best first; asked on every letter, so it has to be at hand or come soon. */
  complete(place: CompletionPlace): readonly Completion[] | Promise<readonly Completion[]>
  ref?: Ref<QueryEditorHandle>
}

/**
 * The large field for the listening language: colours, brackets, faults where they stand, completion. The text belongs to
 * the caller; what the caller puts in (a mend, a template, an earlier version) is a step that can be undone like typing.
 */
export function QueryEditor(props: QueryEditorProps) {
  const { label, required = false, readOnly = false, value, faults = [], warnings = [], describedBy, ref } = props
  const t = useTexts('listening')
  const labelId = useId()
  const keysId = useId()
  const box = useRef<HTMLDivElement>(null)
  const view = useEditorView(box, props)
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    select: (start, end) => {
      const length = view.current?.state.doc.length ?? 0
      const selection = { anchor: Math.min(start, length), head: Math.min(end, length) }
      view.current?.dispatch({ selection, scrollIntoView: true })
      view.current?.focus()
    },
  }))
  const attributes = {
    'aria-labelledby': labelId,
    'aria-describedby': [describedBy, keysId].filter(Boolean).join(' '),
    'aria-invalid': String(faults.length > 0),
    'aria-required': String(required),
    'aria-readonly': String(readOnly),
    spellcheck: 'false',
    autocapitalize: 'off',
    autocorrect: 'off',
  }
  useReconfigured(
    view,
    [
      EditorView.contentAttributes.of(attributes),
      EditorState.readOnly.of(readOnly),
      props.example && !readOnly ? placeholder(props.example) : [],
    ],
    JSON.stringify([attributes, props.example]),
  )
  useGivenText(view, value)
  useShownFaults(view, faults, warnings, (mended) => props.onChange(mended))
  return (
    <div className={styles.editorBox}>
      <div className={styles.labelLine}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a label leads to its field, whose own name it is. */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field itself is one Tab away. */}
        <span id={labelId} className={styles.label} onClick={() => view.current?.focus()}>
          {label}
          {required && (
            <span className={styles.required} aria-hidden>
              {' *'}
            </span>
          )}
        </span>
        {props.beside}
      </div>
      <div
        ref={box}
        className={styles.editor}
        data-invalid={faults.length > 0 || undefined}
        data-read-only={readOnly || undefined}
      />
      <span id={keysId} className="unseen">
        {t('workbench.editor.keys')}
      </span>
    </div>
  )
}

const changing = new Compartment()

function useEditorView(box: React.RefObject<HTMLDivElement | null>, props: QueryEditorProps) {
  const nonce = useMantineStyleNonce()?.() ?? ''
  const latest = useRef(props)
  latest.current = props
  const made = useRef<EditorView>(null)
  // Before the browser paints: the field is there with the rest of the form.
  useLayoutEffect(() => {
    if (!box.current) return
    const view = new EditorView({
      parent: box.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          queryEditing(nonce, completionsOf(latest)),
          changing.of([]),
          EditorView.updateListener.of(({ docChanged, state }) => {
            const text = state.doc.toString()
            if (docChanged && text !== latest.current.value) latest.current.onChange(text)
          }),
        ],
      }),
    })
    made.current = view
    return () => view.destroy()
  }, [box, nonce])
  return made
}

type View = React.RefObject<EditorView | null>

const completionsOf =
  (latest: React.RefObject<QueryEditorProps>): CompletionSource =>
  async ({ state, pos, explicit, aborted }) => {
    const place = completionPlace(state.doc.toString(), pos)
    if (!place || state.readOnly) return null
    // A list that opens at every letter is in the way; behind a colon or an @ one has asked for it.
    if (!explicit && place.of === 'part' && place.typed.length < 2) return null
    const options = await latest.current.complete(place)
    return aborted || options.length === 0 ? null : { from: place.from, options: [...options], filter: false }
  }

function useReconfigured(view: View, extensions: Extension, changed: string): void {
  const latest = useRef(extensions)
  latest.current = extensions
  // biome-ignore lint/correctness/useExhaustiveDependencies: `changed` says when the extensions are other ones.
  useLayoutEffect(() => {
    view.current?.dispatch({ effects: changing.reconfigure(latest.current) })
  }, [view, changed])
}

/** What comes from outside replaces only what differs, so that cursor and undo stay whole. */
function useGivenText(view: View, value: string): void {
  useLayoutEffect(() => {
    const now = view.current
    const text = now?.state.doc.toString() ?? value
    if (!now || text === value) return
    let from = 0
    while (from < text.length && from < value.length && text[from] === value[from]) from++
    let behind = 0
    const behindMax = Math.min(text.length, value.length) - from
    while (behind < behindMax && text.at(-1 - behind) === value.at(-1 - behind)) behind++
    now.dispatch({ changes: { from, to: text.length - behind, insert: value.slice(from, value.length - behind) } })
  }, [view, value])
}

function useShownFaults(
  view: View,
  faults: readonly QueryFault[],
  warnings: readonly QueryFault[],
  mend: (query: string) => void,
): void {
  const t = useTexts('listening')
  const latest = useRef({ faults, warnings, mend })
  latest.current = { faults, warnings, mend }
  const label = t('query.mend')
  const shape = JSON.stringify([faults, warnings])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` says when there are other faults.
  useEffect(() => {
    const now = view.current
    if (!now) return
    const length = now.state.doc.length
    const shown = (fault: QueryFault, severity: Diagnostic['severity']): Diagnostic => ({
      from: Math.min(fault.start, length),
      to: Math.min(fault.end, length),
      severity,
      message: fault.message,
      ...(fault.mend === null
        ? {}
        : { actions: [{ name: label, apply: () => latest.current.mend(fault.mend ?? '') }] }),
    })
    const diagnostics = [
      ...latest.current.faults.map((fault) => shown(fault, 'error')),
      ...latest.current.warnings.map((fault) => shown(fault, 'warning')),
    ]
    now.dispatch(setDiagnostics(now.state, diagnostics))
  }, [view, shape, label])
}

/** Chosen, it leaves the list of its values open: `lang:` and then which. */
export const goOn: Completion['apply'] = (view, { label }, from, to) => {
  view.dispatch({ changes: { from, to, insert: label }, selection: { anchor: from + label.length } })
  startCompletion(view)
}
