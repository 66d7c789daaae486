/** The same figures counted a second time, plainly, on public data; skipped with a line where the data is absent. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { dataFolder } from '../../scripts/data-folder.ts'
import { runAudit } from './audit.ts'
import type { AuditReport } from './figures.ts'
import { fileSource } from './file-source.ts'
import { brand, request } from './testing/told.ts'

type Row = Record<string, string>

const folder = dataFolder() ?? ''
const airlines = path.join(folder, 'airline_tweets', 'Tweets.csv')
const support = path.join(folder, 'twcs', 'twcs_first_rows.csv')
const missing = [airlines, support].filter((file) => folder === '' || !existsSync(file))
if (missing.length > 0) console.warn('Public data is absent (RAPPORT_DATA): figures were not counted a second time.')

const rowsOf = (file: string): Row[] =>
  parse(readFileSync(file), { columns: true, relax_quotes: true, record_delimiter: ['\r\n', '\n'] })
const withoutAddresses = (text: string) => text.replaceAll(/(https?:\/\/|www\.)\S+/g, ' ')
const once = (rows: Row[], id: string): Row[] =>
  [...new Map(rows.toReversed().map((row) => [row[id], row])).values()].toReversed()

describe.skipIf(missing.length > 0)('tweets to six airlines', () => {
  // A handle goes on behind a hyphen (hosts have them), so "@united-rebooked" is another account's.
  const named: [name: string, pattern: RegExp, own: RegExp][] = [
    ['United', /(^|[^\w@])united(?!\w)|@united(airlines|_airline)?(?!\w|-\w)/i, /^united$/i],
    ['American', /(^|[^\w@])american(?!\w)|@american(air|airlines)?(?!\w|-\w)/i, /^american(air)?$/i],
    ['Southwest', /(^|[^\w@])southwest(?!\w)|@southwest(air)?(?!\w)/i, /^southwest(air)?$/i],
    ['JetBlue', /(^|[^\w@])jetblue(?!\w)|@jetblue(news)?(?!\w)/i, /^jetblue(news)?$/i],
    ['US Airways', /(^|[^\w@])us[\s-]+airways(?!\w)|[@#]usairways(?!\w)/i, /^usairways$/i],
    ['Virgin America', /(^|[^\w@])virgin[\s-]+america(?!\w)|[@#]virginamerica(?!\w)/i, /^virginamerica$/i],
  ]
  let report: AuditReport
  let rows: Row[]
  beforeAll(async () => {
    const asked = { ...request(...named.map(([name]) => brand(name))), timeZone: 'America/New_York' }
    report = await runAudit(fileSource(airlines, {}), asked)
    const own = named.map(([, , pattern]) => pattern)
    rows = once(rowsOf(airlines), 'tweet_id').filter((row) => !own.some((pattern) => pattern.test(row.name ?? '')))
  })

  test('every row is read, and each post once', () => {
    expect(report.rows).toMatchObject({ read: 14_640, posts: 14_485, duplicates: 155, rejections: [] })
  })

  test.each(named)('%s is named as often as a plain search finds it', (name, pattern) => {
    const plain = rows.filter((row) => pattern.test(withoutAddresses(row.text ?? ''))).length
    expect(report.brands.find((brand) => brand.name === name)?.posts).toBe(plain)
  })

  test('the share of voice has the posts that name any of them below the line', () => {
    const any = rows.filter((row) => named.some(([, pattern]) => pattern.test(withoutAddresses(row.text ?? '')))).length
    expect(report.namingAny).toBe(any)
    for (const { posts, share } of report.brands) expect(share.value).toBeCloseTo(posts / any, 12)
  })

  test('each day has the posts that were written then in New York', () => {
    const pattern = named[0]?.[1] as RegExp
    // 17 to 24 February is winter time: five hours behind UTC.
    const dayOf = (row: Row) =>
      new Date(Date.parse((row.tweet_created ?? '').replace(/ -0800$/, 'Z').replace(' ', 'T')) + 3 * 3_600_000)
    const days = new Map<string, number>()
    for (const row of rows.filter(({ text }) => pattern.test(withoutAddresses(text ?? '')))) {
      const day = dayOf(row).toISOString().slice(0, 10)
      days.set(day, (days.get(day) ?? 0) + 1)
    }
    expect(new Map(report.rhythm.buckets.map(({ from, posts }) => [from, posts]))).toEqual(days)
  })

  test('answers are not measured, because the file has none', () => {
    expect(report.answers.state).toBe('no-replies')
  })

  test('one brand’s two loud days are told as a doubt', async () => {
    const { rhythm } = await runAudit(fileSource(airlines, {}), request(brand('American')))
    expect(rhythm.coverage.state).toBe('concentrated')
  })
})

describe.skipIf(missing.length > 0)('customer support on Twitter', () => {
  const cases: [name: string, handle: string, pattern: RegExp][] = [
    ['Delta', 'Delta', /(^|[^\w@])delta(?!\w)|@delta(?!\w)/i],
    [
      'British Airways',
      'British_Airways',
      /(^|[^\w@])british[\s-]+airways(?!\w)|@british_?airways(?!\w)|#britishairways(?!\w)/i,
    ],
    ['Spotify', 'SpotifyCares', /(^|[^\w@])spotify(?!\w)|@spotify(cares|us|uk|news)?(?!\w)/i],
  ]

  test.each(cases)(
    '%s answered as many conversations, and as fast, as following each thread by hand says',
    async (name, handle, pattern) => {
      const report = await runAudit(fileSource(support, {}), request(brand(name)))
      if (report.answers.state !== 'measured') throw new Error(report.answers.state)
      const plain = answeredPlainly(rowsOf(support), handle, pattern)
      expect(plain.conversations).toBeGreaterThan(20)
      const { conversations, answered, median } = report.answers.times
      expect({ conversations, answered, median }).toEqual(plain)
      expect(report.rhythm.coverage.state).toBe('patchy')
    },
    60_000,
  )
})

/** For each customer and thread: the first post that names the brand, then every post of the brand is tried as its answer. */
function answeredPlainly(rows: Row[], handle: string, pattern: RegExp) {
  const parentOf = (row: Row) => (row.in_response_to_tweet_id ?? '').replace(/\.0$/, '')
  const byId = new Map(rows.map((row) => [row.tweet_id ?? '', row]))
  const rootOf = (row: Row): string => {
    let at = row
    for (let parent = byId.get(parentOf(at)); parent; parent = byId.get(parentOf(at))) at = parent
    return at.tweet_id ?? ''
  }
  const time = (row: Row) => Date.parse(row.created_at ?? '')
  const place = (row: Row) => `${rootOf(row)} ${row.author_id}`
  const opened = new Map<string, number>()
  for (const row of rows) {
    if (row.author_id === handle || !pattern.test(withoutAddresses(row.text ?? ''))) continue
    opened.set(place(row), Math.min(opened.get(place(row)) ?? Number.POSITIVE_INFINITY, time(row)))
  }
  const waits: number[] = []
  for (const [conversation, at] of opened) {
    const answers = rows
      .filter((row) => row.author_id === handle && time(row) >= at)
      .filter((row) => byId.has(parentOf(row)) && place(byId.get(parentOf(row)) as Row) === conversation)
      .map(time)
    if (answers.length > 0) waits.push((Math.min(...answers) - at) / 60_000)
  }
  waits.sort((a, b) => a - b)
  return { conversations: opened.size, answered: waits.length, median: waits[Math.ceil(waits.length / 2) - 1] ?? null }
}
