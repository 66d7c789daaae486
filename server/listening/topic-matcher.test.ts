import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate, parse, prepare } from '../matching/index.ts'
import { TopicMatcher } from './topic-matcher.ts'

const WORDS = [
  'router',
  'Routers',
  'Netz',
  'Netze',
  'München',
  'muenchen',
  'nordwind',
  '#nordwind',
  '@nordwind.example',
  'goed',
  'Wendy’s',
  'not',
]
const LANGUAGES = ['de', 'en', 'nl']

const post = (text: string, language: string | null, mentions: string[]) =>
  prepare({
    title: null,
    text,
    language,
    network: 'pond',
    scope: '',
    site: null,
    url: null,
    publishedAt: new Date(0),
    author: { handle: 'mila', name: null, followers: 3, networkId: '1' },
    isReply: false,
    hasMedia: false,
    links: [],
    mentions,
    sourceName: null,
  })

const word = fc.constantFrom(...WORDS)
const query = fc.oneof(
  word,
  fc.tuple(word, word).map(([a, b]) => `${a} AND ${b}`),
  fc.tuple(word, word).map(([a, b]) => `${a} OR "${b}"`),
  fc.tuple(word, word).map(([a, b]) => `${a} NEAR/2 ${b}`),
  fc.tuple(word, word).map(([a, b]) => `${a} NOT ${b}`),
  fc.constantFrom('rout*', '*wind', 'lang:de', 'NOT router', 'author:mila AND netz', '{München}'),
)

describe('all topics at once', () => {
  it('answer exactly as each one by itself', () => {
    fc.assert(
      fc.property(
        fc.array(query, { minLength: 1, maxLength: 12 }),
        fc.array(word, { maxLength: 8 }),
        fc.constantFrom('de', 'en', 'nl', null),
        fc.constantFrom<string[]>([], ['nordwind.example']),
        (queries, words, language, mentions) => {
          const topics = queries.map((text, index) => ({
            topicId: String(index),
            version: 1,
            query: text,
            languages: LANGUAGES,
          }))
          const prepared = post(words.join(' '), language, mentions)
          const alone = topics.filter((topic) => {
            const parsed = parse(topic.query, { languages: LANGUAGES })
            return parsed.ok && evaluate(parsed.query, prepared) !== null
          })
          const together = new TopicMatcher().update(topics).match(prepared)
          expect(together.map((match) => match.topicId).toSorted()).toEqual(
            alone.map((topic) => topic.topicId).toSorted(),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('leave out a query that no longer reads, and keep the others', () => {
    const topics = ['router', 'router AND ('].map((text, index) => ({
      topicId: String(index),
      version: 1,
      query: text,
      languages: LANGUAGES,
    }))
    const matcher = new TopicMatcher().update(topics)
    expect(matcher.size).toBe(1)
    expect(matcher.match(post('the router', 'en', []))).toEqual([{ topicId: '0', version: 1 }])
  })

  it('follow a new version of a query', () => {
    const topic = { topicId: '0', version: 1, query: 'router', languages: LANGUAGES }
    const matcher = new TopicMatcher().update([topic])
    expect(matcher.match(post('the router', 'en', []))).toEqual([{ topicId: '0', version: 1 }])
    matcher.update([{ ...topic, version: 2, query: 'lamp' }])
    expect(matcher.match(post('the router', 'en', []))).toEqual([])
    expect(matcher.match(post('the lamp', 'en', []))).toEqual([{ topicId: '0', version: 2 }])
    matcher.update([])
    expect(matcher.match(post('the lamp', 'en', []))).toEqual([])
  })
})
