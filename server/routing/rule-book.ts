import { Matcher, parse, type Query, type QueryError } from '../matching/index.ts'
import { openCondition } from './condition.ts'
import type { RoutedPost } from './routed-post.ts'
import type { Condition, Rule } from './rule.ts'

/**
 * An ordered list of rules, ready to be asked. Conditions that several rules have in common are one question, asked of a post
 * at most once; the texts of all rules are looked for together, by the matcher that topics use.
 */
export interface RuleBook {
  readonly rules: readonly OpenRule[]
  readonly questions: readonly Question[]
  readonly texts: Matcher<number>
  /** What its conditions are about: other facts need not be gathered. */
  readonly about: ReadonlySet<Condition['about']>
}

interface OpenRule {
  rule: Rule
  /** Place in the list, from 1, those that are off counted. */
  ordinal: number
  /** For each condition: the number of its question, and whether it has to hold. */
  asks: readonly { question: number; wants: boolean }[]
}

/** A text has no `holds` of its own: the matcher says which do. */
type Question = { kind: 'text' } | { kind: 'plain'; holds(post: RoutedPost): boolean }

export interface RuleProblem {
  ruleId: string
  code: 'query' | 'name-taken' | 'id-taken' | 'no-action' | 'closes-and-assigns' | 'gone'
  of: 'rule' | 'condition' | 'action'
  /** Of the condition or action that it is about. */
  place: number | null
  errors?: QueryError[]
}

export interface Occasion {
  /** What opened the conversation, or what was said in it since. */
  kind: 'opened' | 'continued'
  /** Of one conversation, oldest first. */
  posts: readonly RoutedPost[]
  /** Whether a rule acted because of a post already: an edited post is asked again, and no rule acts twice for it. */
  acted?(ruleId: string, postId: string): boolean
}

export interface Hit {
  rule: Rule
  ordinal: number
  /** The first post of the occasion for which it holds and has not acted yet. */
  postId: string
  /** All posts of the occasion for which it holds. */
  postIds: string[]
  /** Places of the conditions that hold for it. */
  held: number[]
}

/** Problems instead, if there are any. */
export function openRules(rules: readonly Rule[]): RuleBook | { problems: RuleProblem[] } {
  const problems = shapeProblems(rules)
  const texts = new Matcher<number>()
  const questions: Question[] = []
  const numbers = new Map<string, number>()
  const numberOf = (key: string, make: (number: number) => Question): number => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    const number = questions.length
    numbers.set(key, number)
    questions.push(make(number))
    return number
  }
  const open: OpenRule[] = []
  const about = new Set<Condition['about']>()
  for (const [at, rule] of rules.entries()) {
    const asks: OpenRule['asks'][number][] = []
    for (const [place, condition] of rule.conditions.entries()) {
      const ready = prepareCondition(condition)
      if ('problem' in ready) {
        problems.push({ ruleId: rule.ruleId, of: 'condition', place, ...ready.problem })
        continue
      }
      const question = numberOf(ready.key, (number) => {
        if (ready.query) texts.add(number, ready.query)
        if (condition.about === 'text') return { kind: 'text' }
        return { kind: 'plain', holds: openCondition(condition) }
      })
      asks.push({ question, wants: condition.about !== 'text' || condition.is === 'matches' })
    }
    if (!rule.on) continue
    open.push({ rule, ordinal: at + 1, asks })
    for (const condition of rule.conditions) about.add(condition.about)
  }
  return problems.length > 0 ? { problems } : { rules: open, questions, texts, about }
}

type Ready = { key: string; query: Query | null } | { problem: Pick<RuleProblem, 'code' | 'errors'> }

function prepareCondition(condition: Condition): Ready {
  if (condition.about !== 'text') return { key: JSON.stringify(condition), query: null }
  const { query: text, languages } = condition
  const read = parse(text, { languages })
  // Matching and not matching are one question with two answers.
  if (read.ok) return { key: JSON.stringify(['text', text, languages]), query: read.query }
  return { problem: { code: 'query', errors: read.errors } }
}

function shapeProblems(rules: readonly Rule[]): RuleProblem[] {
  const problems: RuleProblem[] = []
  const ids = new Set<string>()
  const names = new Set<string>()
  for (const { ruleId, name, actions, on } of rules) {
    const key = name.trim().toLowerCase()
    if (ids.has(ruleId)) problems.push({ ruleId, code: 'id-taken', of: 'rule', place: null })
    if (names.has(key)) problems.push({ ruleId, code: 'name-taken', of: 'rule', place: null })
    if (on && actions.length === 0) problems.push({ ruleId, code: 'no-action', of: 'rule', place: null })
    const closes = actions.findIndex((action) => action.do === 'close')
    if (closes >= 0 && actions.some((action) => action.do === 'assign'))
      problems.push({ ruleId, code: 'closes-and-assigns', of: 'action', place: closes })
    ids.add(ruleId)
    names.add(key)
  }
  return problems
}

type Answer = (question: number) => boolean

const ASKED = 1
const HOLDS = 2

/**
 * The rules that hold and have something to do, in their order, up to one that says stop; one that acted already stops those
 * below it all the same. Each at most once for an occasion.
 */
export function rulesFor(book: RuleBook, { kind, posts, acted = () => false }: Occasion): Hit[] {
  const hits: Hit[] = []
  const answers = posts.map((post) => answersOf(book, post))
  for (const { rule, ordinal, asks } of book.rules) {
    if (rule.asks === 'first' && kind !== 'opened') continue
    const fitting = posts.filter((_, at) => fits(rule.match, asks, answers[at] as Answer))
    if (fitting.length === 0) continue
    const first = fitting.find(({ postId }) => !acted(rule.ruleId, postId))
    if (first) {
      const holds = answers[posts.indexOf(first)] as Answer
      const held = asks.flatMap((ask, place) => (holds(ask.question) === ask.wants ? [place] : []))
      hits.push({ rule, ordinal, postId: first.postId, postIds: fitting.map(({ postId }) => postId), held })
    }
    if (rule.stops) return hits
  }
  return hits
}

function fits(match: Rule['match'], asks: OpenRule['asks'], holds: Answer): boolean {
  if (asks.length === 0) return true
  return match === 'all'
    ? asks.every((ask) => holds(ask.question) === ask.wants)
    : asks.some((ask) => holds(ask.question) === ask.wants)
}

/** Each question is answered when a rule first asks it; the first text asks for all texts. */
function answersOf({ questions, texts }: RuleBook, post: RoutedPost): Answer {
  const known = new Uint8Array(questions.length)
  let textsAsked = false
  return (number) => {
    const answer = known[number] as number
    if (answer !== 0) return answer === HOLDS
    const question = questions[number] as Question
    if (question.kind === 'plain') {
      const holds = question.holds(post)
      known[number] = holds ? HOLDS : ASKED
      return holds
    }
    if (!textsAsked) {
      textsAsked = true
      for (const matching of texts.match(post.prepared())) known[matching] = HOLDS
    }
    if (known[number] !== HOLDS) known[number] = ASKED
    return known[number] === HOLDS
  }
}
