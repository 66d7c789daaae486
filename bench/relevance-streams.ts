import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse as readCsv } from 'csv-parse/sync'
import { dataFolder } from '../scripts/data-folder.ts'
import { evaluate, parse, prepare } from '../server/matching/index.ts'
import { type Features, featuresOf } from '../server/relevance/index.ts'

/** A topic with an ambiguous query: every post that matched, and whether people would say that it is for us. */
export interface Stream {
  name: string
  posts: { features: Features; forUs: boolean }[]
}

interface Said {
  text: string
  language: string
  forUs: boolean
  site?: string
}

/**
 * Streams are made of corpora of different origin, so their traces are wiped: handles, links and character escapes are
 * written alike everywhere, authors are left out, and brands' own tweets too (their phrases would give them away). What makes a post
 * "for us" is a label of the corpus (germeval, airline reasons) or the brand whose support thread it stands in (twcs).
 */
export function relevanceStreams(): Stream[] {
  const data = dataFolder()
  if (!data) throw new Error('relevance is measured on ../shared/data (or RAPPORT_DATA), which is not there')
  const airline = airlineTweets(data)
  const threads = supportTweets(data)
  const english = everydayTweets(data)
  const elsewhere = [...airline, ...english].map(({ text }) => ({ text, brand: '', reason: '' }))
  const ofBrands = (name: string, query: string, brands: RegExp) =>
    stream(
      name,
      query,
      [...threads, ...elsewhere].map((tweet) => inEnglish(tweet.text, brands.test(tweet.brand))),
    )
  const ofReason = (name: string, query: string, reasons: RegExp) =>
    stream(
      name,
      query,
      airline.map(({ text, reason }) => inEnglish(text, reasons.test(reason))),
    )
  return [
    stream('bahn', 'Bahn', germanDocuments(data)),
    ofReason('flight: late or cancelled', 'flight', /^(Late|Cancelled) Flight$/),
    ofReason('bag: lost or damaged', 'bag OR bags OR luggage OR baggage', /Luggage$/),
    ofBrands('phone: makers and providers', 'phone OR mobile', PHONE),
    ofBrands('account: entertainment', 'account OR password OR login', ENTERTAINMENT),
    ofBrands('game: consoles', 'game OR games OR play OR playing', CONSOLES),
    ofBrands('order: shops', 'order OR ordered OR delivery OR delivered', SHOPS),
    ofBrands('update: software', 'update OR updated OR app', SOFTWARE),
    stream('tomorrow: flying', 'tomorrow', [
      ...airline.map(({ text }) => inEnglish(text, true)),
      ...[...threads, ...english].map(({ text }) => inEnglish(text, false)),
    ]),
  ]
}

const ENTERTAINMENT = /^(SpotifyCares|AskPlayStation|XboxSupport|ATVIAssist|hulu_support)$/
const PHONE = /^(AppleSupport|TMobileHelp|VerizonSupport|sprintcare|ATTCares|comcastcares|CoxHelp|Ask_Spectrum)$/
const CONSOLES = /^(AskPlayStation|XboxSupport|ATVIAssist)$/
const SHOPS = /^(AmazonHelp|AskeBay|ArgosHelpers|UPSHelp|marksandspencer|AskTarget)$/
const SOFTWARE = /^(AppleSupport|AdobeCare|SpotifyCares|hulu_support|XboxSupport|AskPlayStation)$/

const inEnglish = (text: string, forUs: boolean): Said => ({ text, forUs, language: 'en' })

function stream(name: string, query: string, said: readonly Said[]): Stream {
  const read = parse(query, { languages: [said[0]?.language ?? 'en'] })
  if (!read.ok) throw new Error(`${query} cannot be read`)
  const seen = new Set<string>()
  const posts = said.flatMap(({ text, forUs, language, site }) => {
    const plain = withoutTraces(text)
    if (seen.has(plain)) return []
    seen.add(plain)
    const prepared = prepare({ ...NOBODY, text: plain, language, site: site ?? null })
    const match = evaluate(read.query, prepared)
    return match ? [{ features: featuresOf(prepared, match.spans), forUs }] : []
  })
  return { name, posts }
}

const NOBODY = {
  title: null,
  network: 'bench',
  scope: '',
  url: null,
  publishedAt: new Date(0),
  author: { handle: null, name: null, followers: null, networkId: '' },
  isReply: false,
  hasMedia: false,
  links: [],
  mentions: [],
  sourceName: null,
}

const withoutTraces = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/https?:\/\/\S+|\bhttp\b/g, ' ')
    .replace(/@\w+/g, '@user')
    .replace(/^(RT )?(@user\s*)+/, '')
    .replace(/[\s"]+/g, ' ')
    .trim()

function germanDocuments(data: string): Said[] {
  const lines = readFileSync(path.join(data, 'german/germeval2017/dev.jsonl'), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => {
    const { text, relevance, host } = JSON.parse(line) as { text: string; relevance: boolean; host: string }
    return { text, forUs: relevance, language: 'de', site: host }
  })
}

interface Tweet {
  text: string
  brand: string
  reason: string
}

function airlineTweets(data: string): Tweet[] {
  const rows = csv(path.join(data, 'airline_tweets/Tweets.csv'))
  return rows.map(({ text, negativereason }) => ({ text: text ?? '', brand: '', reason: negativereason ?? '' }))
}

/** What customers wrote, with the brand that speaks in their thread. */
function supportTweets(data: string): Tweet[] {
  const rows = csv(path.join(data, 'twcs/twcs_first_rows.csv'))
  const parents = new Map(rows.map((row) => [row.tweet_id ?? '', String(Number(row.in_response_to_tweet_id || 0))]))
  const rootOf = (id: string, steps = 0): string => {
    const parent = parents.get(id) ?? '0'
    return parent === '0' || !parents.has(parent) || steps > 100 ? id : rootOf(parent, steps + 1)
  }
  const brands = new Map<string, string>()
  for (const row of rows) if (row.inbound === 'False') brands.set(rootOf(row.tweet_id ?? ''), row.author_id ?? '')
  return rows
    .filter((row) => row.inbound === 'True')
    .map((row) => ({ text: row.text ?? '', brand: brands.get(rootOf(row.tweet_id ?? '')) ?? '', reason: '' }))
}

function everydayTweets(data: string): { text: string }[] {
  return ['train', 'val'].flatMap((part) =>
    readFileSync(path.join(data, `umsab/english/${part}_text.txt`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((text) => ({ text })),
  )
}

const csv = (file: string): Record<string, string>[] =>
  readCsv(readFileSync(file), { columns: true, relax_quotes: true, relax_column_count: true }) as Record<
    string,
    string
  >[]
