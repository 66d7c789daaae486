import type { RoutedPost } from './routed-post.ts'
import { type Condition, LANGUAGE_UNKNOWN, NO_INTENT, UNREAD } from './rule.ts'

/** The texts of all rules are asked at once, elsewhere; every other condition looks at facts that lie there. */
export type PlainCondition = Exclude<Condition, { about: 'text' }>

type Holds = (post: RoutedPost) => boolean

/** Sets are made once for each version of the rules and not for each post. */
export function openCondition(condition: PlainCondition): Holds {
  switch (condition.about) {
    case 'topic':
      return some(condition.is, condition.topicIds, (post) => post.topicIds)
    case 'source':
      return some(condition.is, condition.sourceIds, (post) => (post.sourceId ? [post.sourceId] : []))
    case 'network':
      return some(condition.is, condition.networks, (post) => [post.network])
    case 'language':
      return some(condition.is, condition.languages, (post) => [post.language ?? LANGUAGE_UNKNOWN])
    case 'sentiment':
      return some(condition.is, condition.sentiments, (post) => [post.sentiment ?? UNREAD])
    case 'intent':
      return some(condition.is, condition.intents, (post) => [post.intent ?? (post.understood ? NO_INTENT : '')])
    case 'relevance':
      return some(condition.is, condition.judgements, (post) => post.judgements)
    case 'segment':
      return some(condition.is, condition.segmentIds, (post) => post.author.segmentIds)
    case 'offensive':
      return (post) => post.offensive === (condition.is === 'yes')
    case 'addressed':
      return (post) => post.addressed === (condition.is === 'yes')
    case 'person':
      return (post) => post.author.known === (condition.is === 'yes')
    case 'score':
      return (post) => within(condition.is, post.author.scores[condition.score], condition.points)
    case 'reach':
      return (post) => within(condition.is, post.author.followers, condition.followers)
    case 'time':
      return (post) => post.openCalendarIds.includes(condition.calendarId) === (condition.is === 'within')
  }
}

function some(is: 'any-of' | 'none-of', wanted: readonly string[], of: (post: RoutedPost) => readonly string[]): Holds {
  const set = new Set<string>(wanted)
  const wants = is === 'any-of'
  return (post) => of(post).some((value) => set.has(value)) === wants
}

const within = (is: 'at-least' | 'below', value: number | null, bound: number): boolean =>
  value !== null && (is === 'at-least' ? value >= bound : value < bound)
