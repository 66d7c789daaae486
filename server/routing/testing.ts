import { randomUUID } from 'node:crypto'
import { type PostDetails, post } from '../matching/testing.ts'
import { openRules, type RoutedPost, type RuleBook } from './index.ts'
import type { Condition, Rule } from './rule.ts'

/** A post that nothing is known of but its text, and what a test says. */
export function routedPost(
  text: string,
  { author, ...facts }: Partial<Omit<RoutedPost, 'author'>> & { author?: Partial<RoutedPost['author']> } = {},
  details: PostDetails = {},
): RoutedPost {
  const prepared = post(text, details)
  return {
    postId: randomUUID(),
    prepared: () => prepared,
    openCalendarIds: [],
    topicIds: [],
    judgements: [],
    sourceId: null,
    network: 'twin',
    language: null,
    sentiment: null,
    intent: null,
    understood: false,
    offensive: false,
    addressed: false,
    ...facts,
    author: {
      known: false,
      segmentIds: [],
      scores: { value: null, influence: null, advocate: null, detractor: null },
      followers: null,
      ...author,
    },
  }
}

export const rule = (name: string, conditions: Condition[], details: Partial<Rule> = {}): Rule => ({
  ruleId: randomUUID(),
  name,
  on: true,
  asks: 'first',
  match: 'all',
  conditions,
  actions: [{ do: 'priority', priority: 'high' }],
  stops: false,
  ...details,
})

export function bookOf(rules: Rule[]): RuleBook {
  const book = openRules(rules)
  if ('problems' in book) throw new Error(JSON.stringify(book.problems))
  return book
}
