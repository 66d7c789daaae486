import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openRules, type RoutedPost, rulesFor } from './index.ts'
import type { Condition } from './rule.ts'
import { bookOf, routedPost, rule } from './testing.ts'

const text = (query: string, is: 'matches' | 'matches-not' = 'matches'): Condition => ({
  about: 'text',
  is,
  query,
  languages: ['de'],
})
const topicId = randomUUID()
const sourceId = randomUUID()
const segmentId = randomUUID()
const calendarId = randomUUID()

/** Whether a rule of this one condition holds for a post. */
function holds(condition: Condition, post: RoutedPost): boolean {
  const book = bookOf([rule('one', [condition])])
  return rulesFor(book, { kind: 'opened', posts: [post] }).length === 1
}

describe('a rule that acted because of a post', () => {
  it('does not act for it again, but for another, and still stops those below it', () => {
    const [first, second] = [routedPost('Ausfall'), routedPost('Ausfall, immer noch')]
    const stopping = rule('stops', [text('ausfall')], { asks: 'each', stops: true })
    const book = bookOf([stopping, rule('below', [], { asks: 'each' })])
    const told = (posts: RoutedPost[], acted: string[]) =>
      rulesFor(book, { kind: 'continued', posts, acted: (_, postId) => acted.includes(postId) })
    expect(told([first], [])).toMatchObject([{ rule: stopping, postId: first.postId }])
    expect(told([first], [first.postId])).toEqual([])
    const postIds = [first.postId, second.postId]
    expect(told([first, second], [first.postId])).toMatchObject([{ rule: stopping, postId: second.postId, postIds }])
  })
})

describe('a condition', () => {
  const scores = { value: 70, influence: null, advocate: null, detractor: null }
  const cases: [string, Condition, RoutedPost, RoutedPost][] = [
    ['of words', text('störung OR ausfall'), routedPost('Schon wieder Ausfall!'), routedPost('Alles gut.')],
    ['of missing words', text('danke', 'matches-not'), routedPost('Kaputt.'), routedPost('Danke!')],
    [
      'of a topic',
      { about: 'topic', is: 'any-of', topicIds: [topicId] },
      routedPost('', { topicIds: [topicId] }),
      routedPost(''),
    ],
    [
      'of no topic',
      { about: 'topic', is: 'none-of', topicIds: [topicId] },
      routedPost(''),
      routedPost('', { topicIds: [topicId] }),
    ],
    [
      'of a source',
      { about: 'source', is: 'any-of', sourceIds: [sourceId] },
      routedPost('', { sourceId }),
      routedPost(''),
    ],
    [
      'of a network',
      { about: 'network', is: 'any-of', networks: ['twin'] },
      routedPost(''),
      routedPost('', { network: 'mail' }),
    ],
    [
      'of a language',
      { about: 'language', is: 'any-of', languages: ['nl', 'und'] },
      routedPost('', { language: null }),
      routedPost('', { language: 'de' }),
    ],
    [
      'of sentiment',
      { about: 'sentiment', is: 'any-of', sentiments: ['negative'] },
      routedPost('', { sentiment: 'negative' }),
      routedPost(''),
    ],
    [
      'of posts that nobody read',
      { about: 'sentiment', is: 'any-of', sentiments: ['unread'] },
      routedPost(''),
      routedPost('', { sentiment: 'neutral' }),
    ],
    [
      'of no intent',
      { about: 'intent', is: 'any-of', intents: ['none'] },
      routedPost('', { understood: true }),
      routedPost(''),
    ],
    ['of offence', { about: 'offensive', is: 'yes' }, routedPost('', { offensive: true }), routedPost('')],
    [
      'of relevance',
      { about: 'relevance', is: 'any-of', judgements: ['for-us'] },
      routedPost('', { judgements: ['unsure', 'for-us'] }),
      routedPost('', { judgements: ['not-for-us'] }),
    ],
    ['of being addressed', { about: 'addressed', is: 'no' }, routedPost(''), routedPost('', { addressed: true })],
    ['of a known person', { about: 'person', is: 'yes' }, routedPost('', { author: { known: true } }), routedPost('')],
    [
      'of a segment',
      { about: 'segment', is: 'any-of', segmentIds: [segmentId] },
      routedPost('', { author: { segmentIds: [segmentId] } }),
      routedPost(''),
    ],
    [
      'of value',
      { about: 'score', score: 'value', is: 'at-least', points: 70 },
      routedPost('', { author: { scores } }),
      routedPost('', { author: { scores: { ...scores, value: 69 } } }),
    ],
    [
      'of reach',
      { about: 'reach', is: 'at-least', followers: 1000 },
      routedPost('', { author: { followers: 1000 } }),
      routedPost('', { author: { followers: 999 } }),
    ],
    [
      'of time',
      { about: 'time', is: 'within', calendarId },
      routedPost('', { openCalendarIds: [calendarId] }),
      routedPost(''),
    ],
  ]
  for (const [name, condition, does, doesNot] of cases)
    it(`${name} holds where it should and not elsewhere`, () => {
      expect(holds(condition, does)).toBe(true)
      expect(holds(condition, doesNot)).toBe(false)
    })

  it('takes what is not known for neither above nor below a bound', () => {
    for (const is of ['at-least', 'below'] as const) {
      expect(holds({ about: 'reach', is, followers: 1 }, routedPost(''))).toBe(false)
      expect(holds({ about: 'score', score: 'value', is, points: 50 }, routedPost(''))).toBe(false)
    }
  })
})

describe('rules', () => {
  const post = routedPost('Seit gestern Ausfall, und niemand antwortet.', { language: 'de' })
  const names = (hits: { rule: { name: string } }[]) => hits.map((hit) => hit.rule.name)

  it('are asked in their order, up to one that says stop; those that are off are not', () => {
    const book = bookOf([
      rule('off', [], { on: false }),
      rule('german', [{ about: 'language', is: 'any-of', languages: ['de'] }]),
      rule('outage', [text('ausfall')], { stops: true }),
      rule('never reached', []),
    ])
    const hits = rulesFor(book, { kind: 'opened', posts: [post] })
    expect(names(hits)).toEqual(['german', 'outage'])
    expect(hits.map((hit) => hit.ordinal)).toEqual([2, 3])
  })

  it('say by which post and which conditions they hold, once for all posts of an occasion', () => {
    const book = bookOf([rule('any', [text('danke'), text('ausfall'), text('danke', 'matches-not')], { match: 'any' })])
    const first = routedPost('Guten Tag.')
    const hits = rulesFor(book, { kind: 'opened', posts: [first, post, post] })
    expect(hits).toMatchObject([{ postId: first.postId, held: [2] }])
  })

  it('that ask only what opened a conversation leave later posts alone', () => {
    const book = bookOf([rule('first', [text('ausfall')]), rule('each', [text('ausfall')], { asks: 'each' })])
    expect(names(rulesFor(book, { kind: 'continued', posts: [post] }))).toEqual(['each'])
    expect(names(rulesFor(book, { kind: 'opened', posts: [post] }))).toEqual(['first', 'each'])
  })

  it('look for a text at most once in a post, however many of them ask for it', () => {
    const book = bookOf(Array.from({ length: 50 }, (_, at) => rule(`rule ${at}`, [text('ausfall')])))
    let asked = 0
    const counting = {
      ...post,
      prepared: () => {
        asked++
        return post.prepared()
      },
    }
    expect(rulesFor(book, { kind: 'opened', posts: [counting] })).toHaveLength(50)
    expect([asked, book.questions.length]).toEqual([1, 1])
  })

  it('are refused with what is wrong with them, all of it together', () => {
    const twice = rule('Same name', [text('(offen')])
    const refused = openRules([
      twice,
      { ...twice, name: 'same NAME ' },
      rule('does nothing', [], { actions: [] }),
      rule('both', [], { actions: [{ do: 'close' }, { do: 'assign', to: { kind: 'team', teamId: randomUUID() } }] }),
    ])
    expect('problems' in refused && refused.problems.map(({ code, place }) => `${code} ${place}`).sort()).toEqual([
      'closes-and-assigns 0',
      'id-taken null',
      'name-taken null',
      'no-action null',
      'query 0',
      'query 0',
    ])
  })
})
