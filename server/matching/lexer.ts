import { fieldMend } from './field-names.ts'
import { type ErrorCode, FIELDS, type Mend, NEAR_WORDS_MAX, type QueryError, type Range } from './query.ts'

export type Lexeme = Range &
  (
    | { kind: 'open' | 'close' | 'and' | 'or' | 'not' }
    | { kind: 'near'; ordered: boolean; distance: number }
    | { kind: 'plain' | 'quoted' | 'case' | 'range'; text: string }
    /** The value is the next lexeme, if it begins where this one ends. */
    | { kind: 'field'; name: string }
  )

/** Word processors write quotes in many shapes; any of them opens and closes. */
const QUOTES = '"“”„‟«»'
const ENDS_RUN = new Set([...QUOTES, '(', ')', '{', '}'])

export interface Lexing {
  lexemes: Lexeme[]
  errors: QueryError[]
}

/** Cuts a query into lexemes in one pass. Faults are collected, so that several can be shown at once. */
export function lex(text: string): Lexing {
  const lexing: Lexing = { lexemes: [], errors: [] }
  let at = 0
  while (at < text.length) {
    const character = text[at] as string
    if (/\s/.test(character)) at++
    else if (character === '(' || character === ')') at = pushBracket(lexing, at, character)
    else if (QUOTES.includes(character)) at = pushEnclosed(lexing, text, at, 'quoted')
    else if (character === '{') at = pushEnclosed(lexing, text, at, 'case')
    else if (character === '}') at = dropStray(lexing, at)
    else if (character === '[' && followsField(lexing, at)) at = pushRange(lexing, text, at)
    else at = pushRun(lexing, text, at)
  }
  return lexing
}

export function fault(
  code: ErrorCode,
  { from, to }: Range,
  params: Record<string, string | number> = {},
  mend: Mend | null = null,
): QueryError {
  return { code, from, to, params, mend }
}

/** Puts a text in the place of a part. */
export function replacement({ from, to }: Range, text: string): Mend {
  return { from, to, text }
}

/** Takes a part out together with the blanks before it, or behind it at the beginning. */
export function removal(text: string, { from, to }: Range): Mend {
  const before = text.slice(0, from).trimEnd().length
  const behind = text.length - text.slice(to).trimStart().length
  return { from: before, to: before === 0 ? behind : to, text: '' }
}

function pushBracket(lexing: Lexing, at: number, character: string): number {
  lexing.lexemes.push({ kind: character === '(' ? 'open' : 'close', from: at, to: at + 1 })
  return at + 1
}

function pushEnclosed(lexing: Lexing, text: string, at: number, kind: 'quoted' | 'case'): number {
  const closing = kind === 'quoted' ? QUOTES : '}'
  let end = at + 1
  while (end < text.length && !closing.includes(text[end] as string)) end++
  const range = { from: at, to: Math.min(end + 1, text.length) }
  if (end === text.length) {
    const mend = { from: text.length, to: text.length, text: closing[0] as string }
    lexing.errors.push(fault(kind === 'quoted' ? 'quote-unclosed' : 'brace-unclosed', range, {}, mend))
  }
  lexing.lexemes.push({ kind, text: text.slice(at + 1, end), ...range })
  return range.to
}

function dropStray(lexing: Lexing, at: number): number {
  const range = { from: at, to: at + 1 }
  lexing.errors.push(fault('bracket-unopened', range, { bracket: '}' }, replacement(range, '')))
  return at + 1
}

function followsField(lexing: Lexing, at: number): boolean {
  const last = lexing.lexemes.at(-1)
  return last?.kind === 'field' && last.to === at
}

/** [500 TO 1000], as other products write it; filters.ts mends it to 500..1000. */
function pushRange(lexing: Lexing, text: string, at: number): number {
  const closing = text.indexOf(']', at)
  const to = closing < 0 ? text.length : closing + 1
  lexing.lexemes.push({ kind: 'range', text: text.slice(at, to), from: at, to })
  return to
}

/** Whatever stands up to the next blank, bracket, brace or quote. */
function pushRun(lexing: Lexing, text: string, from: number): number {
  let to = from
  while (to < text.length && !/\s/.test(text[to] as string) && !ENDS_RUN.has(text[to] as string)) to++
  const run = text.slice(from, to)
  const isValue = followsField(lexing, from)
  if (!isValue && run[0] === '-' && /[^\s)-]/.test(text[from + 1] ?? ' ')) {
    lexing.lexemes.push({ kind: 'not', from, to: from + 1 })
    return from + 1
  }
  const field = isValue ? null : /^([a-z][a-z_-]{0,30}):/i.exec(run)
  if (field && !/^https?:\/\//i.test(run)) return pushField(lexing, text, { from, to }, field[1] as string)
  if (!isValue && pushOperator(lexing, run, { from, to })) return to
  lexing.lexemes.push({ kind: 'plain', text: run, from, to })
  return to
}

/** Returns where to go on: behind the colon for a field, behind the run for anything else. */
function pushField(lexing: Lexing, text: string, run: Range, typed: string): number {
  const name = typed.toLowerCase()
  const colon = run.from + typed.length + 1
  const hasValue = colon < run.to || /["“”„‟«»([]/.test(text[colon] ?? '')
  if (FIELDS.some((field) => field === name)) {
    lexing.lexemes.push({ kind: 'field', name, from: run.from, to: colon })
    return colon
  }
  if (hasValue) {
    const mend = fieldMend(text, run, typed)
    lexing.errors.push(
      fault('field-unknown', { from: run.from, to: colon }, { field: typed, fields: FIELDS.join(', ') }, mend),
    )
  }
  lexing.lexemes.push({ kind: 'plain', text: text.slice(run.from, run.to), ...run })
  return run.to
}

function pushOperator(lexing: Lexing, run: string, range: Range): boolean {
  if (run === 'AND' || run === 'OR' || run === 'NOT') {
    lexing.lexemes.push({ kind: run === 'AND' ? 'and' : run === 'OR' ? 'or' : 'not', ...range })
    return true
  }
  const near = /^(O?)NEAR(?:\/(.*))?$/.exec(run)
  if (!near) return false
  const ordered = near[1] === 'O'
  const distance = /^\d{1,6}$/.test(near[2] ?? '') ? Number(near[2]) : 0
  if (distance < 1 || distance > NEAR_WORDS_MAX) {
    const mend = replacement(range, mendedNear(near[2] ?? '', ordered, distance))
    lexing.errors.push(fault('near-distance', range, { operator: run, max: NEAR_WORDS_MAX }, mend))
  }
  lexing.lexemes.push({ kind: 'near', ordered, distance: Math.min(Math.max(distance, 1), NEAR_WORDS_MAX), ...range })
  return true
}

const DISTANCE_PROPOSED = 5

/** NEAR/3f is how another product writes "in this order". */
function mendedNear(typed: string, ordered: boolean, distance: number): string {
  const inOrder = /^(\d{1,2})f$/.exec(typed)
  if (inOrder) return `ONEAR/${Math.max(1, Number(inOrder[1]))}`
  return `${ordered ? 'ONEAR' : 'NEAR'}/${distance > NEAR_WORDS_MAX ? NEAR_WORDS_MAX : DISTANCE_PROPOSED}`
}
