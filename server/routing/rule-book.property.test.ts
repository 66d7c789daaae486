import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../matching/index.ts'
import { query } from '../matching/testing.ts'
import { openCondition } from './condition.ts'
import { type Occasion, type RoutedPost, rulesFor } from './index.ts'
import type { Condition, Rule } from './rule.ts'
import { bookOf, routedPost, rule } from './testing.ts'

const WORDS = ['ausfall', 'rechnung', 'danke', 'filiale', 'paket']
const LANGUAGES = ['de', 'nl', 'en']

const condition = fc.oneof(
  fc.record({
    about: fc.constant('text' as const),
    is: fc.constantFrom('matches' as const, 'matches-not' as const),
    query: fc.constantFrom(...WORDS, 'ausfall OR paket', 'rechnung AND NOT danke', '"paket filiale"'),
    languages: fc.constant<string[]>(['de']),
  }),
  fc.record({
    about: fc.constant('language' as const),
    is: fc.constantFrom('any-of' as const, 'none-of' as const),
    languages: fc.subarray([...LANGUAGES, 'und'], { minLength: 1 }),
  }),
  fc.record({
    about: fc.constant('sentiment' as const),
    is: fc.constant('any-of' as const),
    sentiments: fc.subarray(['negative', 'positive', 'unread'] as const, { minLength: 1 }),
  }),
  fc.record({
    about: fc.constant('reach' as const),
    is: fc.constantFrom('at-least' as const, 'below' as const),
    followers: fc.integer({ min: 1, max: 3 }),
  }),
)
const rules = fc.array(
  fc.record({
    conditions: fc.array(condition, { maxLength: 4 }),
    match: fc.constantFrom('all' as const, 'any' as const),
    asks: fc.constantFrom('first' as const, 'each' as const),
    stops: fc.boolean(),
    on: fc.boolean(),
  }),
  { maxLength: 12 },
)
const posts = fc.array(
  fc.record({
    words: fc.array(fc.constantFrom(...WORDS, 'und', 'heute'), { maxLength: 6 }),
    language: fc.constantFrom('de', 'nl', null),
    sentiment: fc.constantFrom('negative', 'neutral', null),
    followers: fc.constantFrom(0, 1, 2, null),
  }),
  { minLength: 1, maxLength: 4 },
)

/** As one would do it with a pencil: rule after rule, post after post, condition after condition. */
function naively(list: readonly Rule[], { kind, posts }: Occasion): string[] {
  const found: string[] = []
  const holds = (asked: Condition, post: RoutedPost) =>
    asked.about === 'text'
      ? (evaluate(query(asked.query, asked.languages), post.prepared()) !== null) === (asked.is === 'matches')
      : openCondition(asked)(post)
  for (const one of list) {
    if (!one.on || (one.asks === 'first' && kind === 'continued')) continue
    const post = posts.find((each) =>
      one.conditions.length === 0 || one.match === 'all'
        ? one.conditions.every((asked) => holds(asked, each))
        : one.conditions.some((asked) => holds(asked, each)),
    )
    if (!post) continue
    const held = one.conditions.flatMap((asked, place) => (holds(asked, post) ? [place] : []))
    found.push(`${one.name} by ${post.postId}: ${held}`)
    if (one.stops) break
  }
  return found
}

describe('all rules at once', () => {
  it('hold exactly where each by itself does, for the same post and the same conditions', () => {
    fc.assert(
      fc.property(rules, posts, fc.constantFrom('opened' as const, 'continued' as const), (some, said, kind) => {
        const list = some.map(({ conditions, ...details }, at) => rule(`rule ${at}`, conditions, details))
        const asked = said.map(({ words, followers, ...facts }) =>
          routedPost(words.join(' '), { ...facts, author: { followers } }),
        )
        const hits = rulesFor(bookOf(list), { kind, posts: asked })
        expect(hits.map((hit) => `${hit.rule.name} by ${hit.postId}: ${hit.held}`)).toEqual(
          naively(list, { kind, posts: asked }),
        )
      }),
      { numRuns: 200 },
    )
  })
})
