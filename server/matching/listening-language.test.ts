import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { evaluate, explain } from './index.ts'
import { errorsOf, LANGUAGES, type PostDetails, post, query } from './testing.ts'

const document = readFileSync(fileURLToPath(new URL('../../docs/listening-language.md', import.meta.url)), 'utf8')
const tables = readTables(document)
const examples = tables.filter((table) => table.columns.includes('matches')).flatMap((table) => table.rows)
const faults = tables.filter((table) => table.columns.includes('error')).flatMap((table) => table.rows)

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
