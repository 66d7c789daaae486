/** Real and hostile feeds that others collected; read where the public data lies, else said to be skipped. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../scripts/data-folder.ts'
import type { HeardPost } from '../connector.ts'
import { cleanText, decodeEntities, looksLikeMarkup, readMarkup } from '../markup.ts'
import { type ParsedFeed, parse } from './parse.ts'

const FEED_TIME_MS_MAX = 2000
const folder = join(dataFolder() ?? '', 'feeds', 'feedparser', 'tests')
const present = dataFolder() !== null && existsSync(folder)
if (!present) console.info('Skipped: the feedparser suite is not here (RAPPORT_DATA names the folder of public data).')

interface Sample {
  name: string
  expectation: string
  feed: ParsedFeed | null
  timeMs: number
}

function readSample(path: string): Sample {
  const bytes = readFileSync(path)
  const written = bytes.toString('latin1')
  const url = `http://127.0.0.1:8097/${relative(folder, path)}`
  const contentType = /Header:\s*Content-type:\s*(.*)/i.exec(written)?.[1]?.trim() ?? null
  const started = performance.now()
  const outcome = parse({ bytes, contentType, url, address: url, heardAt: new Date('2026-01-01T00:00:00Z') })
  const timeMs = performance.now() - started
  const expectation = /Expect:\s*(.*)/i.exec(bytes.toString('utf8'))?.[1]?.trim() ?? ''
  return { name: relative(folder, path), expectation, feed: outcome.ok ? outcome.value : null, timeMs }
}

const samples: Sample[] = present
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readSample(join(entry.parentPath, entry.name)))
  : []

function firstPost(feed: ParsedFeed): HeardPost | undefined {
  return feed.items.findLast((item) => item.kind === 'post')?.post
}

/** Python's string literal as text; null for what is none. */
function literal(written: string): string | null {
  const body = /^u?'((?:[^'\\]|\\.)*)'$|^u?"((?:[^"\\]|\\.)*)"$/.exec(written.trim())
  const quoted = body?.[1] ?? body?.[2]
  if (quoted === undefined) return null
  return quoted
    .replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_all, long, short) =>
      String.fromCharCode(Number.parseInt(long ?? short, 16)),
    )
    .replace(/\\n/g, '\n')
    .replace(/\\(['"\\])/g, '$1')
}

const plain = (html: string) =>
  cleanText(looksLikeMarkup(html) ? readMarkup(html, null).text : decodeEntities(html), 20_000).replace(/\s+/g, ' ')

/** What the suite calls by these names is this in a heard post. */
const readings: Record<string, (feed: ParsedFeed) => string | null | undefined> = {
  'feed.title': (feed) => feed.title,
  'feed.link': (feed) => feed.link,
  'entry.title': (feed) => firstPost(feed)?.title ?? firstPost(feed)?.text,
  'entry.link': (feed) => firstPost(feed)?.url,
  'entry.id': (feed) => firstPost(feed)?.externalId.replace(/^.*#/, ''),
  'entry.author': (feed) => firstPost(feed)?.author.name,
  'entry.description': (feed) => firstPost(feed)?.text,
  'entry.summary': (feed) => firstPost(feed)?.text,
}

/** Fields whose expectation was met and all that were stated simply: `entries[0]['title'] == 'text'`. */
function tally(): Map<string, [met: number, stated: number, missed: string[]]> {
  const counts = new Map<string, [number, number, string[]]>()
  const pattern = /^(?:not bozo and )?(feed|entries\[0\])(?:\.|\[['"])(\w+)(?:['"]\])?\s*==\s*(.*)$/
  for (const { name, expectation, feed } of samples) {
    const [, owner, property, value] = pattern.exec(expectation) ?? []
    const field = `${owner === 'feed' ? 'feed' : 'entry'}.${property}`
    const wanted = literal(value ?? '')
    const reading = readings[field]
    if (reading === undefined || wanted === null) continue
    const count = counts.get(field) ?? [0, 0, []]
    counts.set(field, count)
    const met = feed !== null && plain(reading(feed) ?? '') === plain(wanted)
    count[0] += met ? 1 : 0
    count[1]++
    if (!met) count[2].push(name)
  }
  return counts
}

describe.skipIf(!present)('the feedparser suite', () => {
  test('is read without a crash, each file in bounded time', () => {
    expect(samples.length).toBeGreaterThan(1000)
    expect(samples.filter((sample) => sample.timeMs > FEED_TIME_MS_MAX).map((sample) => sample.name)).toEqual([])
  })

  test('leaves no markup of its own and no foreign scheme in any field', () => {
    const hostile =
      /<\s*\/?\s*(script|iframe|object|embed|applet|style|svg|math|meta|link|base|form|input|img|a|div|blink|xml)\b|(java|vb|live)script\s*:|data:text|\bon(error|load|click|mouseover)\s*=/i
    const found = samples.filter(({ name, feed }) => {
      // These write about a tag, properly escaped: it is their text.
      if (feed === null || name.includes('inline_markup_2')) return false
      const { items, ...about } = feed
      return hostile.test(JSON.stringify([about, items.filter((item) => item.kind === 'post')]))
    })
    expect(found.map((sample) => sample.name)).toEqual([])
    expect(samples.filter((sample) => sample.name.includes('sanitize') && sample.feed !== null).length).toBeGreaterThan(
      400,
    )
  })

  test('is understood in nearly everything that it states simply', () => {
    const counts = tally()
    const met = [...counts.values()].reduce((sum, count) => sum + count[0], 0)
    const stated = [...counts.values()].reduce((sum, count) => sum + count[1], 0)
    const lines = [...counts].map(([field, [fieldMet, fieldStated]]) => `${field} ${fieldMet}/${fieldStated}`)
    console.info(`feedparser expectations met: ${met} of ${stated} (${lines.join(', ')})`)
    if (process.env.RAPPORT_LOG === 'debug')
      console.info([...counts].flatMap(([field, count]) => count[2].map((name) => `${field} ${name}`)).join('\n'))
    expect(met / stated).toBeGreaterThan(0.8)
  })
})
