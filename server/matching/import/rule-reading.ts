import { type Carried, changed, type Dialect, leftOut, type RuleNode, type RuleNote } from './rule.ts'
import { lexRule, type RuleLexeme } from './rule-lexer.ts'

const DEPTH_MAX = 60
const PHRASE_WORDS_MAX = 20

interface Reading {
  dialect: Dialect
  text: string
  lexemes: RuleLexeme[]
  at: number
  depth: number
  notes: RuleNote[]
}

/**
 * Reads a rule leniently: those products let stand what we would refuse. An operator without operand is passed over, a
 * missing bracket closed at the end, and both are noted. From tightest to loosest: NEAR, NOT, AND (also a blank), OR, as
 * in X's "order of operations"; Brandwatch asks for brackets where it would matter.
 */
export function readRule(text: string, dialect: Dialect): { root: RuleNode | null; notes: RuleNote[] } {
  const lexed = lexRule(text, dialect)
  const notes: RuleNote[] = lexed
    .filter((lexeme) => lexeme.kind === 'comment')
    .map(({ from, to }) => ({ code: 'comment', did: 'left-out', became: null, from, to }))
  const reading: Reading = { dialect, text, lexemes: [], at: 0, depth: 0, notes }
  reading.lexemes = closedBrackets(
    reading,
    lexed.filter((lexeme) => lexeme.kind !== 'comment'),
  )
  return { root: readOr(reading), notes }
}

/** A closing bracket that nothing opened is passed over. */
function closedBrackets(reading: Reading, lexemes: RuleLexeme[]): RuleLexeme[] {
  let open = 0
  return lexemes.filter((lexeme) => {
    if (lexeme.kind === 'open') open++
    if (lexeme.kind !== 'close') return true
    if (open > 0) return open--
    repaired(reading, lexeme)
    return false
  })
}

function repaired(reading: Reading, { from, to }: RuleLexeme): void {
  reading.notes.push({ code: 'brackets-repaired', did: 'rewritten', became: null, from, to })
}

function joined(kind: 'and' | 'or', parts: RuleNode[]): RuleNode | null {
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last || parts.length === 1) return first ?? null
  return {
    kind,
    parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])),
    from: first.from,
    to: last.to,
  }
}

function readOr(reading: Reading): RuleNode | null {
  const parts: RuleNode[] = []
  for (;;) {
    const part = readAnd(reading)
    if (part) parts.push(part)
    if (reading.lexemes[reading.at]?.kind !== 'or') return joined('or', parts)
    reading.at++
  }
}

function readAnd(reading: Reading): RuleNode | null {
  const parts: RuleNode[] = []
  for (;;) {
    const next = reading.lexemes[reading.at]
    if (!next || next.kind === 'or' || next.kind === 'close') return joined('and', parts)
    if (next.kind === 'and' || next.kind === 'near') reading.at++
    else {
      const part = readNot(reading)
      if (part) parts.push(part)
    }
  }
}

function readNot(reading: Reading): RuleNode | null {
  const next = reading.lexemes[reading.at]
  if (next?.kind !== 'not') return readNear(reading)
  let negated = false
  while (reading.lexemes[reading.at]?.kind === 'not') {
    negated = !negated
    reading.at++
  }
  const part = isOperand(reading.lexemes[reading.at]) ? readNear(reading) : null
  return part && negated ? { kind: 'not', part, from: next.from, to: part.to } : part
}

function readNear(reading: Reading): RuleNode | null {
  let left = readPrimary(reading)
  for (let next = reading.lexemes[reading.at]; next?.kind === 'near' && left; next = reading.lexemes[reading.at]) {
    reading.at++
    const right = isOperand(reading.lexemes[reading.at]) ? readPrimary(reading) : null
    if (!right) return left
    const { ordered, between } = next
    left = { kind: 'near', ordered, between, left, right, from: left.from, to: right.to }
  }
  return left
}

const isOperand = (lexeme: RuleLexeme | undefined): boolean =>
  lexeme !== undefined && !['close', 'and', 'or', 'not', 'near'].includes(lexeme.kind)

function readPrimary(reading: Reading): RuleNode | null {
  const lexeme = reading.lexemes[reading.at] as RuleLexeme
  reading.at++
  const { from, to } = lexeme
  switch (lexeme.kind) {
    case 'open':
      return readBrackets(reading, lexeme)
    case 'word':
      return leaf(reading.dialect.word(lexeme.text), from, to)
    case 'exact':
      return leaf(reading.dialect.exact(lexeme.text), from, to)
    case 'quoted':
      return leaf(
        lexeme.slop === null ? reading.dialect.phrase(lexeme.text) : loosePhrase(lexeme.text, lexeme.slop),
        from,
        to,
      )
    case 'field':
      return readField(reading, lexeme)
    default:
      return leaf(leftOut('not-readable'), from, to)
  }
}

const leaf = (carried: Carried, from: number, to: number): RuleNode => ({ kind: 'leaf', carried, from, to })

function readBrackets(reading: Reading, open: RuleLexeme): RuleNode | null {
  if (++reading.depth > DEPTH_MAX) {
    reading.at = reading.lexemes.length
    return leaf(leftOut('too-large'), open.from, reading.text.length)
  }
  const inside = readOr(reading)
  reading.depth--
  if (reading.lexemes[reading.at]?.kind === 'close') reading.at++
  else repaired(reading, open)
  return inside
}

/** site:a, site:"a b", followers:[1 TO 5], site:(a OR b). */
function readField(reading: Reading, field: Extract<RuleLexeme, { name: string }>): RuleNode {
  const value = reading.lexemes[reading.at]
  const { name } = field
  if (value?.from !== field.to) return leaf(leftOut('field-unknown'), field.from, field.to)
  reading.at++
  if (value.kind === 'open') {
    const parts: RuleNode[] = []
    for (let next = reading.lexemes[reading.at]; next && next.kind !== 'close'; next = reading.lexemes[reading.at]) {
      reading.at++
      if ('text' in next) parts.push(leaf(reading.dialect.field(name, next.text), next.from, next.to))
    }
    reading.at++
    return joined('or', parts) ?? leaf(leftOut('field-unknown'), field.from, value.to)
  }
  if (!('text' in value)) return leaf(leftOut('field-unknown'), field.from, value.to)
  return leaf(reading.dialect.field(name, value.text), field.from, value.to)
}

/**
 * "a b"~n is Lucene's sloppy phrase: n moves of one word by one place. Two words may so stand n words apart in this order;
 * turning them round costs two moves. For three words and more the nearest that we can say is a chain.
 */
function loosePhrase(text: string, slop: number): Carried {
  const words = text.trim().split(/\s+/).slice(0, PHRASE_WORDS_MAX)
  const [first, second] = words.map((word) => `"${word}"`)
  if (!first || !second) return { text: first ?? null, change: 'same', code: null, placed: true }
  const reach = Math.min(slop + 1, 100)
  if (words.length > 2)
    return changed(words.map((word) => `"${word}"`).join(` NEAR/${reach} `), 'wider', 'words-near', true)
  const turned = slop >= 2 ? ` OR ${second} ONEAR/${Math.min(slop - 1, 100)} ${first}` : ''
  return changed(`(${first} ONEAR/${reach} ${second}${turned})`, 'rewritten', 'words-near', true)
}
