import { paintQuery } from '../paint-query.ts'

/** The bracket that stands before or behind the place, and its partner; null: none stands there. */
export interface BracketsAt {
  one: number
  /** Null: it has none. */
  other: number | null
}

/** Brackets inside of phrases and exact spellings are text and pair with nothing. */
export function bracketsAt(query: string, place: number): BracketsAt | null {
  const brackets = paintQuery(query).filter(({ kind }) => kind === 'bracket')
  const index = [place - 1, place]
    .map((at) => brackets.findIndex(({ start }) => start === at))
    .find((found) => found >= 0)
  const here = index === undefined ? undefined : brackets[index]
  if (index === undefined || !here) return null
  const step = here.text === '(' ? 1 : -1
  let depth = 0
  for (let at = index; at >= 0 && at < brackets.length; at += step) {
    const bracket = brackets[at]
    depth += bracket?.text === here.text ? 1 : -1
    if (depth === 0) return { one: here.start, other: bracket?.start ?? null }
  }
  return { one: here.start, other: null }
}
