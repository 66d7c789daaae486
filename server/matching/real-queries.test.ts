import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../scripts/data-folder.ts'
import { evaluate, indexTerms, parse, type Query, requiredTerms } from './index.ts'
import { errorsOf, post } from './testing.ts'

const folder = dataFolder()
if (!folder) console.warn('Skipped: real queries and posts. Set RAPPORT_DATA to the folder of public data.')

const lines = (...path: string[]): string[] =>
  readFileSync(join(folder as string, ...path), 'utf8')
    .split('\n')
    .filter(Boolean)

/** Lucene's "+close* +round*" says what "close* AND round*" says. */
const fromLucene = (line: string): string =>
  line
    .split(' ')
    .map((word) => word.slice(1))
    .join(' AND ')

/** The same question answered without the language: every word, or beginning of a word, is among those of the text. */
function isInWords(line: string, words: readonly string[]): boolean {
  return line.split(' ').every((part) => {
    const wanted = part.slice(1)
    if (!wanted.endsWith('*')) return words.includes(wanted)
    return words.some((word) => word.startsWith(wanted.slice(0, -1)))
  })
}

describe.skipIf(!folder)('two thousand load queries on real tweets', () => {
  test('are all read, and answered as by plain comparison of words', () => {
    const queries = lines('queries', 'luwak', 'queries.txt').map((line) => ({ line, read: read(fromLucene(line)) }))
    expect(queries.length).toBe(2_000)
    const tweets = lines('umsab', 'english', 'train_text.txt')
      .filter((text) => /^[a-z0-9 .,!?]*$/i.test(text))
      .slice(0, 150)
    expect(tweets.length).toBe(150)
    let matching = 0
    for (const text of tweets) {
      const prepared = post(text, { language: 'en' })
      const words = text.toLowerCase().split(/[^a-z0-9]+/)
      const terms = new Set(indexTerms(prepared))
      for (const { line, read: query } of queries) {
        const matches = evaluate(query, prepared) !== null
        if (matches !== isInWords(line, words)) throw new Error(`${line} on “${text}”: ${matches}`)
        if (matches) matching++
        if (matches && !isCovered(query, terms)) throw new Error(`${line} would not find “${text}”`)
      }
    }
    expect(matching).toBeGreaterThan(100)
  })
})

function read(text: string): Query {
  const result = parse(text, { languages: [] })
  if (!result.ok) throw new Error(`${text}: ${result.errors[0]?.code}`)
  return result.query
}

function isCovered(query: Query, terms: ReadonlySet<string>): boolean {
  const required = requiredTerms(query)
  if (required === 'scan') return true
  return required.any.some((alternative) =>
    alternative.every((term) =>
      typeof term === 'string' ? terms.has(term) : [...terms].some((one) => one.startsWith(term.prefix)),
    ),
  )
}

describe.skipIf(!folder)('queries of other products', () => {
  const examples = folder
    ? lines('queries', 'vendor_operator_examples.tsv')
        .slice(1)
        .map((line) => line.split('\t'))
    : []
  test.each(examples.map(([vendor, operator, text]) => [vendor, operator, text]))(
    '%s %s: %s is read or refused with a reason',
    (_, __, text) => {
      const result = parse(text as string, { languages: ['en'] })
      if (!result.ok) expect(errorsOf(text as string)[0]?.code).toMatch(/^(field|near|wildcard|address)/)
    },
  )
})
