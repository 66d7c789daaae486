import { ascending, quantile } from '../statistics/index.ts'
import { FingerprintTable } from './fingerprints.ts'
import { FLAG, type Ledger, NO_POST } from './ledger.ts'

const HOUR = 60
/** Upper ends in minutes; the last class is open. */
export const ANSWER_CLASSES = [15, HOUR, 4 * HOUR, 24 * HOUR] as const

/** A thread may be long, a broken file may link in circles: more steps than this are not followed. */
const STEPS_MAX = 10_000

export interface Conversation {
  /** The customer's first post in the thread. */
  opening: number
  openedAt: number
  /** When the brand first answered afterwards; null: not among these posts. */
  answeredAt: number | null
}

/**
 * A conversation is what one customer says in one thread. It is opened by their first post there that names the brand or
 * speaks to its account, and answered by the first post of the brand's own accounts, later than the opening, that
 * replies to one of the customer's posts in that thread.
 */
export function conversationsWith(ledger: Ledger, brand: number, roots = rootsOf(ledger)): Conversation[] {
  const conversations: Conversation[] = []
  const numbers = new FingerprintTable()
  const conversationOf = (post: number) => conversations[numbers.get(placeOf(ledger, roots, post)) ?? -1]
  for (let post = 0; post < ledger.size; post++) {
    if (ledger.has(post, FLAG.own) || !ledger.isNamed(post, brand)) continue
    const openedAt = ledger.at[post] as number
    const known = conversationOf(post)
    if (!known) {
      numbers.set(placeOf(ledger, roots, post), conversations.length)
      conversations.push({ opening: post, openedAt, answeredAt: null })
    } else if (openedAt < known.openedAt) {
      known.opening = post
      known.openedAt = openedAt
    }
  }
  for (const post of ledger.where((candidate) => isAnswerOf(ledger, candidate, brand))) {
    const conversation = conversationOf(ledger.parent[post] as number)
    const at = ledger.at[post] as number
    if (!conversation || at < conversation.openedAt) continue
    if (conversation.answeredAt === null || at < conversation.answeredAt) conversation.answeredAt = at
  }
  return conversations
}

/** One number for one customer in one thread; below 2⁵³, because there are fewer than 2²⁴ posts and authors. */
const placeOf = (ledger: Ledger, roots: Int32Array, post: number): number =>
  (roots[post] as number) * 0x1000000 + (ledger.author[post] as number)

const isAnswerOf = (ledger: Ledger, post: number, brand: number): boolean =>
  ledger.parent[post] !== NO_POST && ledger.writtenBy(post) === brand

/** Answers to customers whose posts do not name the brand: they spoke to an account that it has under another name. */
export function answersElsewhere(
  ledger: Ledger,
  brand: number,
  conversations: Conversation[],
  roots = rootsOf(ledger),
): number {
  const known = new FingerprintTable()
  for (const { opening } of conversations) known.set(placeOf(ledger, roots, opening), 0)
  let elsewhere = 0
  for (const post of ledger.where((candidate) => isAnswerOf(ledger, candidate, brand))) {
    const parent = ledger.parent[post] as number
    if (!ledger.has(parent, FLAG.own) && !known.has(placeOf(ledger, roots, parent))) elsewhere++
  }
  return elsewhere
}

/** The first post of each post's thread, as far as it is here. */
export function rootsOf(ledger: Ledger): Int32Array {
  const roots = new Int32Array(ledger.size).fill(NO_POST)
  for (let post = 0; post < ledger.size; post++) {
    if (ledger.parent[post] === NO_POST) {
      roots[post] = post
      continue
    }
    const path: number[] = []
    let at = post
    const onPath = new Set<number>()
    while (roots[at] === NO_POST && ledger.parent[at] !== NO_POST && !onPath.has(at) && path.length < STEPS_MAX) {
      path.push(at)
      onPath.add(at)
      at = ledger.parent[at] as number
    }
    const root = roots[at] === NO_POST ? at : (roots[at] as number)
    roots[at] = root
    for (const step of path) roots[step] = root
  }
  return roots
}

export interface AnswerTimes {
  conversations: number
  answered: number
  /** Minutes; null when nothing was answered. */
  median: number | null
  p90: number | null
  /** Answered within each of ANSWER_CLASSES, then later. */
  classes: number[]
}

export function answerTimes(conversations: Conversation[]): AnswerTimes {
  const minutes = ascending(
    conversations.flatMap(({ openedAt, answeredAt }) =>
      answeredAt === null ? [] : [(answeredAt - openedAt) / 60_000],
    ),
  )
  const classes = [...ANSWER_CLASSES, Number.POSITIVE_INFINITY].map(
    (end, index) => minutes.filter((value) => value <= end && value > (ANSWER_CLASSES[index - 1] ?? -1)).length,
  )
  return {
    conversations: conversations.length,
    answered: minutes.length,
    median: quantile(minutes, 0.5),
    p90: quantile(minutes, 0.9),
    classes,
  }
}
