import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { nextDiagnostic, previousDiagnostic } from '@codemirror/lint'
import { EditorState, type Extension, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type PieceKind, paintQuery } from '../paint-query.ts'
import { bracketsAt } from './query-brackets.ts'

const PIECES = new Map<PieceKind, Decoration>()
const pieceOf = (kind: PieceKind): Decoration => {
  const known = PIECES.get(kind) ?? Decoration.mark({ attributes: { 'data-kind': kind } })
  PIECES.set(kind, known)
  return known
}
const PAIRED = Decoration.mark({ attributes: { 'data-bracket': 'paired' } })
const ALONE = Decoration.mark({ attributes: { 'data-bracket': 'alone' } })

/** The colours of the small search field: one reading of the query for both. */
const colours = decorating(
  (view) => {
    const builder = new RangeSetBuilder<Decoration>()
    for (const { kind, start, text } of paintQuery(view.state.doc.toString()))
      if (kind !== 'blank') builder.add(start, start + text.length, pieceOf(kind))
    return builder.finish()
  },
  (update) => update.docChanged,
)

const brackets = decorating(
  ({ state }) => {
    const { main } = state.selection
    const found = main.empty ? bracketsAt(state.doc.toString(), main.head) : null
    if (!found) return Decoration.none
    const mark = found.other === null ? ALONE : PAIRED
    return Decoration.set(
      [found.one, ...(found.other === null ? [] : [found.other])].map((at) => mark.range(at, at + 1)),
      true,
    )
  },
  (update) => update.docChanged || update.selectionSet,
)

function decorating(draw: (view: EditorView) => DecorationSet, isStale: (update: ViewUpdate) => boolean): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      constructor(view: EditorView) {
        this.decorations = draw(view)
      }
      update(update: ViewUpdate) {
        if (isStale(update)) this.decorations = draw(update.view)
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}

/** Everything of the editor that does not change while it stands. Tab is nobody's: it leaves the field. */
export function queryEditing(nonce: string, complete: CompletionSource): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    EditorView.lineWrapping,
    // A carriage return stays a character, so that positions are those of the text that is sent.
    EditorState.lineSeparator.of('\n'),
    EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '{', '"'] } }]),
    history(),
    colours,
    brackets,
    closeBrackets(),
    autocompletion({
      override: [complete],
      icons: false,
      maxRenderedOptions: 40,
      closeOnBlur: true,
      defaultKeymap: false,
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
      ...standardKeymap,
    ]),
  ]
}
