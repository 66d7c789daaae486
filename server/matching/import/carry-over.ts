import { parse } from '../parser.ts'
import { NEAR_WORDS_MAX, QUERY_NODES_MAX } from '../query.ts'
import { BRANDWATCH } from './brandwatch.ts'
import type { Carried, Dialect, RuleNode, RuleNote, RuleNoteCode } from './rule.ts'
import { RULE_CHARACTERS_MAX } from './rule-lexer.ts'
import { readRule } from './rule-reading.ts'
import { X } from './x.ts'

const PARTS_MAX = 4 * QUERY_NODES_MAX

export interface CarriedRule {
  /** In our language; null: nothing of it can be said. */
  query: string | null
  /** Means the same: nothing was left out, widened or narrowed. */
  same: boolean
  notes: RuleNote[]
}

interface Writing {
  notes: RuleNote[]
  /** Parts that may still be written: ANDs inside NEARs multiply. */
  room: number
  sayable: WeakMap<RuleNode, boolean>
}
type Written = { text: string; binds: 'or' | 'and' | 'not' | 'near' | 'leaf'; placed: boolean }
/** What leaving a part out does to the whole. */
type Effect = 'widened' | 'narrowed' | 'refused'

const DIALECTS: Record<Dialect['name'], Dialect> = { brandwatch: BRANDWATCH, x: X }

/**
 * A rule of another product in our language. What we cannot say is left out where that leaves a query, and the note says
 * whether it now finds more or less; nothing is changed silently.
 */
export function carryOver(rule: string, dialect: Dialect['name']): CarriedRule {
  const whole = { from: 0, to: rule.length }
  const refused = (code: RuleNoteCode): RuleNote => ({ code, did: 'refused', became: null, ...whole })
  if (rule.length > RULE_CHARACTERS_MAX) return { query: null, same: false, notes: [refused('too-large')] }
  const { root, notes } = readRule(rule, DIALECTS[dialect])
  const writing: Writing = { notes, room: PARTS_MAX, sayable: new WeakMap() }
  const query = (root && write(root, 'refused', true, writing)?.text) ?? null
  if (query !== null) notes.push(...faultsOf(query, writing).map(refused))
  const isRead = query !== null && notes.every(({ did }) => did !== 'refused')
  if (query === null && notes.every(({ did }) => did !== 'refused')) notes.push(refused('not-readable'))
  notes.sort((a, b) => a.from - b.from || a.to - b.to)
  return { query: isRead ? query : null, same: isRead && notes.every(isHarmless), notes }
}

const isHarmless = ({ did }: RuleNote): boolean => did === 'rewritten' || did === 'left-out'

/** What is left of a rule must not be what it leaves out alone: that would match nearly every post. */
function faultsOf(query: string, { room, notes }: Writing): RuleNoteCode[] {
  if (room < 0) return ['too-large']
  const read = parse(query, { languages: [] })
  if (!read.ok) return ['too-large']
  const isUnbounded = read.query.warnings.some(({ code }) => code === 'unbounded')
  return isUnbounded && notes.some(({ did }) => did === 'widened') ? ['only-left-out'] : []
}

function isSayable(node: RuleNode, writing: Writing): boolean {
  const known = writing.sayable.get(node)
  if (known !== undefined) return known
  const sayable =
    partsOf(node).some((part) => isSayable(part, writing)) || (node.kind === 'leaf' && isAccepted(node.carried))
  writing.sayable.set(node, sayable)
  return sayable
}

function partsOf(node: RuleNode): RuleNode[] {
  if (node.kind === 'leaf') return []
  if (node.kind === 'not') return [node.part]
  return node.kind === 'near' ? [node.left, node.right] : node.parts
}

/** A word of signs, or "a*", is nothing that our language takes. */
const isAccepted = ({ text }: Carried): boolean => text !== null && parse(text, { languages: [] }).ok

/** `positive`: more posts meeting this part are more posts meeting the whole. */
function write(node: RuleNode, effect: Effect, positive: boolean, writing: Writing): Written | null {
  if (--writing.room < 0) return null
  switch (node.kind) {
    case 'leaf':
      return writeLeaf(node, effect, positive, writing)
    case 'not': {
      if (!isSayable(node.part, writing)) return noteLost(node.part, effect, writing)
      const part = write(node.part, positive ? 'narrowed' : 'widened', !positive, writing)
      return (
        part && {
          text: `NOT ${bracketed(part, part.binds === 'and' || part.binds === 'or')}`,
          binds: 'not',
          placed: false,
        }
      )
    }
    case 'near':
      return writeNear(node, effect, positive, writing)
    default:
      return writeJoined(node, effect, positive, writing)
  }
}

function writeLeaf(
  node: RuleNode & { kind: 'leaf' },
  effect: Effect,
  positive: boolean,
  writing: Writing,
): Written | null {
  const { carried, from, to } = node
  if (!isSayable(node, writing)) return noteLost(node, effect, writing)
  const text = carried.text as string
  if (carried.code && carried.change !== 'same') {
    const isWider = (carried.change === 'wider') === positive
    const did = carried.change === 'rewritten' ? 'rewritten' : isWider ? 'widened' : 'narrowed'
    writing.notes.push({ code: carried.code, did, became: text, from, to })
  }
  return { text, binds: / NEAR\//.test(text) && !text.startsWith('(') ? 'near' : 'leaf', placed: carried.placed }
}

function writeJoined(
  node: RuleNode & { parts: RuleNode[] },
  effect: Effect,
  positive: boolean,
  writing: Writing,
): Written | null {
  const { kind, parts } = node
  if (!isSayable(node, writing)) return noteLost(node, effect, writing)
  const lost: Effect = (kind === 'and') === positive ? 'widened' : 'narrowed'
  const written = parts.map((part) => write(part, lost, positive, writing)).filter((part) => part !== null)
  const [only] = written
  if (only && written.length === 1) return only
  const loose = kind === 'and' ? 'or' : 'and'
  return {
    text: written.map((part) => bracketed(part, part.binds === loose)).join(kind === 'and' ? ' AND ' : ' OR '),
    binds: kind,
    placed: kind === 'or' && written.every(({ placed }) => placed),
  }
}

/** Both products count the words between the two, we count from the one to the other: NEAR/0 is NEAR/1 here. */
function writeNear(
  node: RuleNode & { kind: 'near' },
  effect: Effect,
  positive: boolean,
  writing: Writing,
): Written | null {
  const lost = positive ? 'widened' : 'narrowed'
  const { from, to } = node
  const spread = spreadOver(node)
  if (spread) {
    writing.notes.push({ code: 'near-spread', did: 'rewritten', became: null, from, to })
    return write(spread, effect, positive, writing)
  }
  const left = write(node.left, lost, positive, writing)
  const right = write(node.right, lost, positive, writing)
  if (!left || !right) return left ?? right
  if (!left.placed || !right.placed) {
    writing.notes.push({
      code: 'near-without-place',
      did: lost,
      became: 'AND',
      from,
      to,
    })
    return {
      text: [left, right].map((side) => bracketed(side, side.binds === 'or')).join(' AND '),
      binds: 'and',
      placed: false,
    }
  }
  const operator = `${node.ordered ? 'ONEAR' : 'NEAR'}/${Math.min(node.between + 1, NEAR_WORDS_MAX)}`
  const rightText = bracketed(right, right.binds !== 'leaf')
  return { text: `${bracketed(left, left.binds === 'or')} ${operator} ${rightText}`, binds: 'near', placed: true }
}

/** (a AND b) NEAR/5 c: each of them near c. */
function spreadOver(node: RuleNode & { kind: 'near' }): RuleNode | null {
  const { left, right, from, to } = node
  const [joined, isLeft] = left.kind === 'and' ? [left, true] : right.kind === 'and' ? [right, false] : [null, false]
  if (joined?.kind !== 'and' || joined.parts.length > QUERY_NODES_MAX) return null
  const parts = joined.parts.map((part): RuleNode => ({ ...node, ...(isLeft ? { left: part } : { right: part }) }))
  return { kind: 'and', parts, from, to }
}

const bracketed = ({ text }: Written, isNeeded: boolean): string => (isNeeded ? `(${text})` : text)

/** Every leaf of what is left out is told. */
function noteLost(node: RuleNode, effect: Effect, writing: Writing): null {
  if (node.kind !== 'leaf') for (const part of partsOf(node)) noteLost(part, effect, writing)
  else {
    const { carried, from, to } = node
    const code = carried.text !== null ? whyRefused(carried.text) : (carried.code ?? 'not-readable')
    writing.notes.push({ code, did: effect, became: null, from, to })
  }
  return null
}

function whyRefused(text: string): RuleNoteCode {
  const read = parse(text, { languages: [] })
  return !read.ok && read.errors.some(({ code }) => code.startsWith('wildcard')) ? 'wildcard-too-broad' : 'not-readable'
}
