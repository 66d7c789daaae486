import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../scripts/data-folder.ts'
import { evaluate, parse } from '../index.ts'
import { post, query } from '../testing.ts'
import { type CarriedRule, carryOver } from './carry-over.ts'
import { describeNote } from './note-texts.ts'
import { RULE_NOTE_CODES } from './rule.ts'
import { dialectOf, listRules } from './rule-list.ts'

const folder = dataFolder()
if (!folder) console.warn('Skipped: queries of other products. Set RAPPORT_DATA to the folder of public data.')

const told = ({ notes }: CarriedRule) => notes.map(({ code, did }) => `${code}: ${did}`)

describe('a rule of Brandwatch', () => {
  test.each([
    ['router OR modem', '"router" OR "modem"'],
    ['(router AND down) OR outage', '("router" AND "down") OR "outage"'],
    ['router NOT (shop OR store)', '"router" AND NOT ("shop" OR "store")'],
    ['(no OR bad) NEAR/0f signal', '("no" OR "bad") ONEAR/1 "signal"'],
    ['router NEAR/4 broken', '"router" NEAR/5 "broken"'],
    ['complain* AND {NT}', 'complain* AND {NT}'],
    ['authorFollowers:[500 TO *] AND router', 'followers:500.. AND "router"'],
    ['subreddit:Routers router', 'url:"reddit.com/r/routers/" AND "router"'],
    ['site:(a.example OR b.example) AND router', '(site:a.example OR site:b.example) AND "router"'],
    ['"router down"~3', '("router" ONEAR/4 "down" OR "down" ONEAR/2 "router")'],
  ])('%s is %s, and means the same', (rule, expected) => {
    expect(carryOver(rule, 'brandwatch')).toMatchObject({ query: expected, same: true })
  })

  test('tells of each part that is left out whether the query finds more or less without it', () => {
    expect(told(carryOver('country:gbr AND router', 'brandwatch'))).toEqual(['field-has-no-match: widened'])
    expect(told(carryOver('router OR country:gbr', 'brandwatch'))).toEqual(['field-has-no-match: narrowed'])
    expect(told(carryOver('router NOT (shop OR country:gbr)', 'brandwatch'))).toEqual(['field-has-no-match: widened'])
    expect(told(carryOver('router NOT (shop AND country:gbr)', 'brandwatch'))).toEqual(['field-has-no-match: narrowed'])
    expect(told(carryOver('router NOT title:shop', 'brandwatch'))).toEqual(['title-anywhere: narrowed'])
  })

  test('says where in the rule a part stood, and what became of it', () => {
    const rule = '<<<ours>>> router AND links:shop.example'
    const [comment, link] = carryOver(rule, 'brandwatch').notes
    expect(comment).toMatchObject({ code: 'comment', from: 0, to: 10 })
    expect(rule.slice(link?.from, link?.to)).toBe('links:shop.example')
    expect(link?.became).toBe('url:"shop.example"')
  })

  test('is refused rather than turned into what matches nearly everything', () => {
    expect(carryOver('country:gbr NOT shop', 'brandwatch')).toMatchObject({ query: null, same: false })
    expect(told(carryOver('country:gbr NOT shop', 'brandwatch'))).toContain('only-left-out: refused')
    for (const rule of ['', 'OR', '()', 'authorVerified:true', '<<<nothing else>>>'])
      expect([rule, carryOver(rule, 'brandwatch').query]).toEqual([rule, null])
  })

  test('is read although a bracket is missing or too many', () => {
    expect(carryOver('(router OR modem', 'brandwatch').query).toBe('"router" OR "modem"')
    expect(carryOver('router) OR modem', 'brandwatch').query).toBe('"router" OR "modem"')
  })
})

describe('a rule of X', () => {
  test.each([
    ['router modem', '"router" AND "modem"', true],
    ['router -shop -"for sale"', '"router" AND NOT "shop" AND NOT "for sale"', true],
    ['from:nordlicht -is:reply lang:de', 'author:@nordlicht AND NOT is:reply AND lang:de', true],
    ['to:nordlicht', '@nordlicht', false],
    ['$nrd outage', '"nrd" AND "outage"', false],
    ['router followers_count:1000', '"router" AND followers:>=1000', true],
    ['router since:2026-01-01 until:2026-02-01', '"router" AND date:>=2026-01-01 AND date:<2026-02-01', true],
    ['router has:images', '"router" AND has:media', false],
    ['router -is:retweet', '"router"', false],
  ])('%s is %s (the same: %s)', (rule, expected, isSame) => {
    expect(carryOver(rule, 'x')).toMatchObject({ query: expected, same: isSame })
  })

  test('comes out of what X answers for its stream rules, with its tag', () => {
    const answered = JSON.stringify({
      data: [
        { id: '1', value: 'router -shop', tag: 'Routers' },
        { id: '2', value: '#nrd' },
      ],
    })
    expect(listRules(answered, { lines: false })).toEqual([
      { name: 'Routers', text: 'router -shop' },
      { name: null, text: '#nrd' },
    ])
    expect(listRules('router\n\n modem ', { lines: true }).map(({ text }) => text)).toEqual(['router', 'modem'])
    expect(listRules('{NT} OR router', { lines: false })).toEqual([{ name: null, text: '{NT} OR router' }])
  })

  test('is told from one of Brandwatch by its operators', () => {
    for (const rule of ['router -shop', 'from:nordlicht', 'router lang:de', '"a b" (has:media OR has:links)'])
      expect(dialectOf(rule)).toBe('x')
    for (const rule of ['router NOT shop', 'a NEAR/2f b', 'title:router', '{NT}', 'router'])
      expect(dialectOf(rule)).toBe('brandwatch')
  })
})

/** The same question answered without our language: words of a text, and where they stand. */
type Asked =
  | { word: string }
  | { all: Asked[] }
  | { any: Asked[] }
  | { not: Asked }
  | { near: [string[], string[]]; between: number; ordered: boolean }

const WORDS = ['router', 'modem', 'down', 'shop', 'signal']

function holds(asked: Asked, words: string[]): boolean {
  if ('word' in asked) return words.includes(asked.word)
  if ('all' in asked) return asked.all.every((part) => holds(part, words))
  if ('any' in asked) return asked.any.some((part) => holds(part, words))
  if ('not' in asked) return !holds(asked.not, words)
  const places = (side: string[]) => words.flatMap((word, at) => (side.includes(word) ? [at] : []))
  const [left, right] = asked.near
  return places(left).some((a) =>
    places(right).some((b) => a !== b && Math.abs(a - b) - 1 <= asked.between && (!asked.ordered || a < b)),
  )
}

function written(asked: Asked, dialect: 'brandwatch' | 'x'): string {
  if ('word' in asked) return asked.word
  if ('all' in asked)
    return `(${asked.all.map((part) => written(part, dialect)).join(dialect === 'x' ? ' ' : ' AND ')})`
  if ('any' in asked) return `(${asked.any.map((part) => written(part, dialect)).join(' OR ')})`
  if ('not' in asked) return `${dialect === 'x' ? '-' : 'NOT '}(${written(asked.not, dialect)})`
  const side = (words: string[]) => `(${words.join(' OR ')})`
  return `(${side(asked.near[0])} NEAR/${asked.between}${asked.ordered ? 'f' : ''} ${side(asked.near[1])})`
}

const word = fc.constantFrom(...WORDS)
const side = fc.uniqueArray(word, { minLength: 1, maxLength: 2 })
const anyAsked = (near: boolean): fc.Arbitrary<Asked> =>
  fc.letrec<{ asked: Asked }>((tie) => ({
    asked: fc.oneof(
      { depthSize: 'small' },
      word.map((one) => ({ word: one })),
      ...(near
        ? [
            fc
              .record({ near: fc.tuple(side, side), between: fc.integer({ min: 0, max: 3 }), ordered: fc.boolean() })
              // A word near itself is read differently: theirs takes one place, ours asks for two.
              .filter(({ near: [left, right] }) => !left.some((one) => right.includes(one))),
          ]
        : []),
      fc.array(tie('asked'), { minLength: 2, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie('asked'), { minLength: 2, maxLength: 3 }).map((any) => ({ any })),
      tie('asked').map((not) => ({ not })),
    ),
  })).asked

const anyText = fc.array(fc.oneof(word, fc.constantFrom('the', 'is', 'again')), { maxLength: 8 })

describe.each(['brandwatch', 'x'] as const)('what is carried over from %s', (dialect) => {
  test('matches the same posts', () => {
    fc.assert(
      fc.property(
        anyAsked(dialect === 'brandwatch'),
        fc.array(anyText, { minLength: 1, maxLength: 8 }),
        (asked, texts) => {
          const carried = carryOver(written(asked, dialect), dialect)
          expect(carried.same).toBe(true)
          const ours = query(carried.query as string)
          for (const words of texts)
            expect([carried.query, words, evaluate(ours, post(words.join(' '), { language: 'en' })) !== null]).toEqual([
              carried.query,
              words,
              holds(asked, words),
            ])
        },
      ),
      { numRuns: 500 },
    )
  })

  test('can always be read, whatever is typed, in bounded time', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      'a',
      'router*',
      'OR',
      'AND',
      '-',
      'NOT',
      'NEAR/2',
      'is:',
      'site:',
      '{',
      '[',
      '~5',
      '<<<',
      ' ',
      'country:x',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 40 }).map((all) => all.join(' ')),
        ),
        (rule) => {
          const { query: ours, notes } = carryOver(rule, dialect)
          if (ours !== null) expect(parse(ours, { languages: ['de'] }).ok).toBe(true)
          else expect(notes.some(({ did }) => did === 'refused')).toBe(true)
          for (const { from, to } of notes) expect(0 <= from && from <= to && to <= rule.length).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
    const spread = `${'('.repeat(40)}(a AND b)${' NEAR/2 (a AND b))'.repeat(40)}`
    const started = performance.now()
    expect(carryOver(spread, dialect).query).toBe(null)
    expect(carryOver('('.repeat(16_000), dialect).query).toBe(null)
    expect(carryOver('a '.repeat(8_000), dialect).query).toBe(null)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

test('every note has its sentence in each language', () => {
  for (const language of ['en', 'de', 'nl'] as const)
    for (const code of RULE_NOTE_CODES)
      expect(describeNote({ code, did: 'widened', became: null, from: 0, to: 0 }, language)).toMatch(/\. .+\.$/)
})

describe.skipIf(!folder)('the examples in the manuals of both', () => {
  const lines = folder
    ? readFileSync(join(folder, 'queries', 'vendor_operator_examples.tsv'), 'utf8')
        .split('\n')
        .slice(1)
        .filter(Boolean)
    : []
  test.each(lines.map((line) => line.split('\t') as [string, string, string]))(
    '%s %s is carried over or refused with a reason',
    (vendor, _, rule) => {
      const carried = carryOver(rule, vendor === 'brandwatch' ? 'brandwatch' : 'x')
      if (carried.query === null) expect(told(carried).some((note) => note.endsWith('refused'))).toBe(true)
      else expect(parse(carried.query, { languages: ['en'] }).ok).toBe(true)
      if (!carried.same) expect(carried.notes.length).toBeGreaterThan(0)
    },
  )
})
