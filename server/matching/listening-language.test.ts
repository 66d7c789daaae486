import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type ErrorCode, evaluate, explain, type WarningCode } from './index.ts'
import { errorsOf, LANGUAGES, type PostDetails, post, query } from './testing.ts'

const document = readFileSync(fileURLToPath(new URL('../../docs/listening-language.md', import.meta.url)), 'utf8')
const tables = readTables(document)
const examples = tables.filter((table) => table.columns.includes('matches')).flatMap((table) => table.rows)
const faults = tables.filter((table) => table.columns.includes('error')).flatMap((table) => table.rows)
const warnings = tables.filter((table) => table.columns.includes('warning')).flatMap((table) => table.rows)

/** Too long for a table. */
const QUERIES_WITHOUT_MEND: [string, string][] = [
  ['query-empty', ''],
  ['query-too-long', 'x'.repeat(16_001)],
  ['query-too-large', 'x '.repeat(1_001)],
  ['query-too-deep', `${'('.repeat(31)}x${')'.repeat(31)}`],
  ['phrase-too-long', `"${'x '.repeat(21)}"`],
  ['nears-too-many', `x${' NEAR/5 y'.repeat(51)}`],
  ['wildcard-too-broad', '*ab'],
  ['wildcard-too-long', `${'x'.repeat(41)}*`],
  ['wildcards-too-many', 'ab* '.repeat(151)],
]
/** Every code there is: the compiler misses the one that is not here. */
const CODES: Record<ErrorCode | WarningCode, true> = {
  'query-empty': true,
  'query-too-long': true,
  'query-too-large': true,
  'query-too-deep': true,
  'bracket-unclosed': true,
  'bracket-unopened': true,
  'brackets-empty': true,
  'quote-unclosed': true,
  'brace-unclosed': true,
  'term-without-words': true,
  'phrase-too-long': true,
  'operand-missing-before': true,
  'operand-missing-behind': true,
  'near-distance': true,
  'near-operand': true,
  'nears-too-many': true,
  'wildcard-too-broad': true,
  'wildcard-too-long': true,
  'wildcards-too-many': true,
  'wildcard-in-braces': true,
  'address-bare': true,
  'field-unknown': true,
  'field-without-value': true,
  'field-value': true,
  'field-list': true,
  'operator-lower-case': true,
  'operator-foreign': true,
  'and-or-mixed': true,
  unbounded: true,
}

describe('docs/listening-language.md', () => {
  test('has examples and faults', () => {
    expect(examples.length).toBeGreaterThan(80)
    expect(faults.length).toBeGreaterThan(20)
  })

  test.each(examples.map((row) => [row.query, row.post, row['about the post'] ?? '', row.matches]))(
    '%s on “%s” %s: %s',
    (text, words, about, matches) => {
      const read = query(unquoted(text as string))
      const prepared = post(...postAbout(words as string, about as string))
      expect(evaluate(read, prepared) !== null).toBe(matches === 'yes')
      expect(explain(read, prepared).holds).toBe(matches === 'yes')
    },
  )

  test.each(faults.map((row) => [row.query, row.error, row.mended]))(
    '%s is refused with %s and mended to %s',
    (text, code, mended) => {
      const source = unquoted(text as string)
      const [error] = errorsOf(source)
      expect(error?.code).toBe(unquoted(code as string))
      const mend = error?.mend
      expect(mend && source.slice(0, mend.from) + mend.text + source.slice(mend.to)).toBe(unquoted(mended as string))
      query(unquoted(mended as string), LANGUAGES)
    },
  )

  test.each(warnings.map((row) => [row.query, row.warning, row.mended]))(
    '%s is read with the warning %s, mended to %s',
    (text, code, mended) => {
      const source = unquoted(text as string)
      const [warning] = query(source).warnings
      expect(warning?.code).toBe(unquoted(code as string))
      const mend = warning?.mend
      const meant = mend ? source.slice(0, mend.from) + mend.text + source.slice(mend.to) : ''
      expect(meant).toBe(unquoted(mended as string))
      if (meant) expect(query(meant).warnings).toEqual([])
    },
  )

  test('shows every fault and every warning by an example', () => {
    const shown = [
      ...faults.map(({ error }) => unquoted(error ?? '')),
      ...warnings.map(({ warning }) => unquoted(warning ?? '')),
      ...QUERIES_WITHOUT_MEND.map(([code]) => code),
    ]
    expect(Object.keys(CODES).filter((code) => !shown.includes(code) || !document.includes(`\`${code}\``))).toEqual([])
  })

  test.each(QUERIES_WITHOUT_MEND)('%s is refused without a mend', (code, text) => {
    const [error] = errorsOf(text)
    expect(error?.code).toBe(code)
    expect(error?.mend).toBeNull()
  })
})

interface Table {
  columns: string[]
  rows: Record<string, string>[]
}

function readTables(markdown: string): Table[] {
  const found: Table[] = []
  for (const block of markdown.split(/\n\n+/).filter((part) => part.startsWith('|'))) {
    const [header = '', , ...lines] = block.trim().split('\n')
    const columns = cells(header)
    found.push({
      columns,
      rows: lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [columns[i], cell]))),
    })
  }
  return found
}

function cells(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

function unquoted(code: string): string {
  return code.replace(/^`|`$/g, '')
}

/** "language: nl; followers: 100" */
function postAbout(text: string, about: string): [string, PostDetails] {
  const said = Object.fromEntries(
    about
      .split(';')
      .filter(Boolean)
      .map((part) => {
        const colon = part.indexOf(':')
        return [part.slice(0, colon).trim(), part.slice(colon + 1).trim()]
      }),
  )
  const known = ['language', 'network', 'site', 'title', 'link', 'mentions', 'source', 'handle', 'name']
  const unknown = Object.keys(said).filter(
    (name) => ![...known, 'followers', 'reply', 'media', 'published'].includes(name),
  )
  expect(unknown).toEqual([])
  const details: PostDetails = {
    language: said.language ?? null,
    network: said.network ?? 'twin',
    site: said.site ?? null,
    title: said.title ?? null,
    links: said.link ? [said.link] : [],
    mentions: said.mentions ? [said.mentions] : [],
    sourceName: said.source ?? null,
    isReply: said.reply === 'yes',
    hasMedia: said.media === 'yes',
    publishedAt: new Date(said.published ?? '2026-05-01T12:00:00Z'),
    author: {
      handle: said.handle ?? null,
      name: said.name ?? null,
      followers: said.followers ? Number(said.followers) : null,
    },
  }
  return [text, details]
}
