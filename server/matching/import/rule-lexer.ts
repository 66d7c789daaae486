import type { Range } from '../query.ts'

/** A rule has at most so many characters: what X takes from its largest customers is 2,048, Brandwatch about 16,000. */
export const RULE_CHARACTERS_MAX = 16_000

export type RuleLexeme = Range &
  (
    | { kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'comment' }
    | { kind: 'near'; ordered: boolean; between: number }
    /** "…"~5: `slop` is what stands behind the tilde. */
    | { kind: 'quoted'; text: string; slop: number | null }
    | { kind: 'word' | 'exact' | 'range'; text: string }
    | { kind: 'field'; name: string }
  )

const QUOTES = '"“”„‟«»'
const BETWEEN_MAX = 99

/** Cuts a rule into lexemes in one pass; never throws. What is not closed ends with the rule. */
export function lexRule(text: string, { comments }: { comments: boolean }): RuleLexeme[] {
  const lexemes: RuleLexeme[] = []
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string
    if (/\s/.test(character)) at++
    else if (comments && text.startsWith('<<<', at))
      at = take(lexemes, { kind: 'comment', from: at, to: behind(text, '>>>', at) })
    else if (character === '(') at = take(lexemes, { kind: 'open', from: at, to: at + 1 })
    else if (character === ')') at = take(lexemes, { kind: 'close', from: at, to: at + 1 })
    else if (QUOTES.includes(character)) at = takeQuoted(lexemes, text, at)
    else if (character === '[') at = takeEnclosed(lexemes, text, at, 'range', ']')
    else if (comments && character === '{') at = takeEnclosed(lexemes, text, at, 'exact', '}')
    else at = takeRun(lexemes, text, at)
  }
  return lexemes
}

function take(lexemes: RuleLexeme[], lexeme: RuleLexeme): number {
  lexemes.push(lexeme)
  return lexeme.to
}

function behind(text: string, closing: string, at: number): number {
  const found = text.indexOf(closing, at)
  return found < 0 ? text.length : found + closing.length
}

function takeQuoted(lexemes: RuleLexeme[], text: string, from: number): number {
  let end = from + 1
  while (end < text.length && !QUOTES.includes(text[end] as string)) end++
  const inside = text.slice(from + 1, end)
  const tilde = /^~(\d{1,3})/.exec(text.slice(end + 1, end + 5))
  const to = Math.min(end + 1, text.length) + (tilde?.[0].length ?? 0)
  return take(lexemes, { kind: 'quoted', text: inside, slop: tilde ? Number(tilde[1]) : null, from, to })
}

function takeEnclosed(
  lexemes: RuleLexeme[],
  text: string,
  from: number,
  kind: 'range' | 'exact',
  closing: string,
): number {
  const to = behind(text, closing, from)
  const isClosed = text[to - 1] === closing && to - 1 > from
  return take(lexemes, { kind, text: text.slice(from + 1, isClosed ? to - 1 : to), from, to })
}

/** Whatever stands up to the next blank, bracket or quotation mark. */
function takeRun(lexemes: RuleLexeme[], text: string, from: number): number {
  const last = lexemes.at(-1)
  const isValue = last?.kind === 'field' && last.to === from
  if (!isValue && text[from] === '-' && /[^\s)-]/.test(text[from + 1] ?? ' '))
    return take(lexemes, { kind: 'not', from, to: from + 1 })
  let to = from
  while (to < text.length && !/[\s()]/.test(text[to] as string) && !QUOTES.includes(text[to] as string)) to++
  const run = text.slice(from, to)
  const field = isValue ? null : /^([a-z][a-z0-9_]{0,30}):(?!\/\/)/i.exec(run)
  if (field && (field[0].length < run.length || /["“”„‟«»([]/.test(text[to] ?? '')))
    return take(lexemes, { kind: 'field', name: (field[1] as string).toLowerCase(), from, to: from + field[0].length })
  return take(lexemes, isValue ? { kind: 'word', text: run, from, to } : wordOrOperator(run, { from, to }))
}

function wordOrOperator(run: string, range: Range): RuleLexeme {
  if (run === 'AND' || run === '+') return { kind: 'and', ...range }
  if (run === 'OR' || run === '|') return { kind: 'or', ...range }
  if (run === 'NOT') return { kind: 'not', ...range }
  const near = /^NEAR\/(\d{1,3})(f?)$/i.exec(run)
  if (near) return { kind: 'near', ordered: near[2] !== '', between: Math.min(Number(near[1]), BETWEEN_MAX), ...range }
  return { kind: 'word', text: run, ...range }
}
