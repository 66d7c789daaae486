import { type Piece, paintQuery } from '../paint-query.ts'

/** What may be completed where one types. `from` to the cursor is replaced by what is chosen. */
export type CompletionPlace = { from: number; typed: string } & (
  | { of: 'part' | 'handle' | 'tag' }
  | { of: 'value'; field: string }
)

/** Null inside of phrases and exact spellings: there everything is text. */
export function completionPlace(query: string, cursor: number): CompletionPlace | null {
  const pieces = paintQuery(query.slice(0, cursor))
  const last = pieces.at(-1)
  if (!last || last.kind === 'blank' || last.text === '(' || last.text === '-') {
    const field = last ? listField(pieces) : null
    return field ? { of: 'value', field, from: cursor, typed: '' } : { of: 'part', from: cursor, typed: '' }
  }
  if (last.kind === 'field') return { of: 'value', field: nameOf(last), from: cursor, typed: '' }
  const before = pieces.at(-2)
  const typed = last.text
  if (last.kind === 'tag') return tagPlace(last, before)
  // An operator that is typed whole can still be meant to go on: NEAR/ to NEAR/5, OR to ORANGE.
  if (!['word', 'wildcard', 'operator'].includes(last.kind)) return null
  const field = before?.kind === 'field' ? nameOf(before) : listField(pieces)
  return field ? { of: 'value', field, from: last.start, typed } : { of: 'part', from: last.start, typed }
}

function tagPlace({ text, start }: Piece, before: Piece | undefined): CompletionPlace {
  if (before?.kind === 'field') return { of: 'value', field: nameOf(before), from: start, typed: text }
  return { of: text.startsWith('@') ? 'handle' : 'tag', from: start, typed: text }
}

/** The field whose list in brackets, `lang:(de OR `, is still open at the end. */
function listField(pieces: readonly Piece[]): string | null {
  const open = pieces.findLastIndex(({ text }) => text === '(' || text === ')')
  const before = pieces[open - 1]
  return pieces[open]?.text === '(' && before?.kind === 'field' ? nameOf(before) : null
}

const nameOf = ({ text }: Piece): string => text.slice(0, -1).toLowerCase()
