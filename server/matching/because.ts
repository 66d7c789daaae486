import type { Explanation } from './explain.ts'
import type { QueryNode, Range } from './query.ts'

/** The parts named at most; a list of a hundred words that are all missing says no more. */
const BECAUSE_MAX = 8

/** One reason why a post matches or does not; a screen makes a sentence of it. */
export interface Because extends Range {
  kind: QueryNode['kind']
  code: 'found' | 'missing' | 'absent' | 'present' | 'too-far' | 'wrong-order' | 'value'
  holds: boolean
  text: string
  distance: number | null
  value: string | null
}

/**
 * The parts on which the answer rests, without the brackets and operators around them: what was found of a post that
 * matches, what failed of one that does not.
 */
export function becauseOf(explanation: Explanation): Because[] {
  const all = [...decisiveParts(explanation)]
  // A NOT that holds is worth a word only where nothing else speaks.
  const spoken = explanation.holds ? all.filter(({ code }) => code !== 'absent') : all
  return (spoken.length > 0 ? spoken : all).slice(0, BECAUSE_MAX)
}

function* decisiveParts(part: Explanation): Generator<Because> {
  if (!part.decisive) return
  const { reason } = part
  if (part.kind === 'not') {
    const inside = part.parts[0] ?? part
    yield { ...toBecause(inside, part.holds ? 'absent' : 'present'), kind: 'not', holds: part.holds }
  } else if (part.kind === 'or' && !part.holds && part.parts.every(({ kind }) => kind === 'term'))
    yield toBecause(part, 'missing')
  else if (reason.code === 'parts') for (const inside of part.parts) yield* decisiveParts(inside)
  else yield toBecause(part, reason.code)
}

function toBecause(part: Explanation, code: Because['code']): Because {
  const { kind, holds, text, from, to, reason } = part
  const distance = 'distance' in reason ? reason.distance : null
  const value = 'value' in reason && reason.value !== null ? `${reason.value}` : null
  return { kind, code, holds, text, from, to, distance, value }
}
