import type { RoutedPlace } from '../../../contract/inbox-routing.ts'
import type { Priority } from '../../../contract/routing-words.ts'
import { type Hit, type RoutedPost, type RuleBook, rulesFor } from '../../routing/index.ts'

/** What rules would make of a conversation if nobody else did anything. */
export interface Simulated {
  place: RoutedPlace
  priority: Priority
  /** By rule: the posts for which it held. */
  hits: ReadonlyMap<string, string[]>
}

const NOBODY: RoutedPlace = { kind: 'nobody', teamId: null }

/**
 * Post after post, oldest first, as if each had come by itself. Nobody is found for a skill: who would have had room then is
 * not known, and would be a figure about members.
 */
export function simulate(book: RuleBook, posts: readonly RoutedPost[]): Simulated {
  const hits = new Map<string, string[]>()
  let place = NOBODY
  let priority: Priority = 'normal'
  for (const [at, post] of posts.entries()) {
    const occasion = rulesFor(book, { kind: at === 0 ? 'opened' : 'continued', posts: [post] })
    for (const { rule } of occasion) hits.set(rule.ruleId, [...(hits.get(rule.ruleId) ?? []), post.postId])
    if (place.kind === 'closed') place = NOBODY
    place = placeBy(occasion) ?? place
    priority = priorityBy(occasion) ?? priority
  }
  return { place, priority, hits }
}

/** Of what several rules say on one occasion the first counts; a rule that closes has the last word. */
function placeBy(hits: Hit[]): RoutedPlace | null {
  const actions = hits.flatMap(({ rule }) => rule.actions)
  if (actions.some((action) => action.do === 'close')) return { kind: 'closed', teamId: null }
  const assign = actions.find((action) => action.do === 'assign')
  if (!assign) return null
  return { kind: assign.to.kind, teamId: assign.to.kind === 'member' ? null : assign.to.teamId }
}

const priorityBy = (hits: Hit[]): Priority | null =>
  hits.flatMap(({ rule }) => rule.actions).find((action) => action.do === 'priority')?.priority ?? null

export const placeKey = ({ kind, teamId }: RoutedPlace): string => `${kind} ${teamId ?? ''}`
