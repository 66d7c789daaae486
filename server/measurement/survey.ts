import { setImmediate } from 'node:timers/promises'
import { evaluate, prepare } from '../matching/index.ts'
import { baseLanguage, loadLanguageRecogniser, splitText, type Token, termRuns, wordKeys } from '../text/index.ts'
import { AuditFault, type AuditPost, type AuditRow, type AuditSource } from './audit-post.ts'
import type { Brand } from './brands.ts'
import { bump, LossyCounts } from './counting.ts'
import { FingerprintTable, fingerprint } from './fingerprints.ts'
import { FLAG, Ledger, NO_POST, POSTS_MAX } from './ledger.ts'

/** Shorter texts are said by many without one copying the other: "thanks for the help". */
const SAME_TEXT_WORDS_MIN = 5
const DISTINCT_WORDS_MAX = 400_000
const FORMS_MAX = 1_000
const HEARD_MAX = 200_000
const REJECTIONS_NAMED_MAX = 50
/** An audit beside other work gives way this often. */
const WORK_MS = 12

export interface Rejection {
  code: string
  rows: number
  firstLine: number | null
  /** Of the first one. */
  params?: Record<string, string | number>
}

export interface Survey {
  ledger: Ledger
  read: number
  duplicates: number
  rejections: Rejection[]
  /** By brand: how it was written, and in how many posts. */
  forms: Map<string, number>[]
  /** By brand: accounts of its own that the posts mention. */
  handles: Map<string, number>[]
  /** How many posts about the first brand mention an account. */
  heard: LossyCounts
  /** Posts of customers by word, the repeated ones left out. */
  wordCounts: LossyCounts
  /** Replies whose parent is not among the posts. */
  orphans: number
  hasReplies: boolean
  hasFollowers: boolean
}

export interface Steps {
  signal?: AbortSignal | undefined
  onProgress?: ((posts: number) => void) | undefined
}

/** First reading: what each post is, in columns; nothing of its text stays but counts of words. */
export async function survey(source: AuditSource, brands: Brand[], steps: Steps): Promise<Survey> {
  const recognise = await loadLanguageRecogniser()
  const result: Survey = {
    ledger: new Ledger(),
    read: 0,
    duplicates: 0,
    rejections: [],
    forms: brands.map(() => new Map()),
    handles: brands.map(() => new Map()),
    heard: new LossyCounts(HEARD_MAX),
    wordCounts: new LossyCounts(DISTINCT_WORDS_MAX),
    orphans: 0,
    hasReplies: false,
    hasFollowers: false,
  }
  const writing = { survey: result, brands, recognise, texts: new FingerprintTable() }
  for await (const row of yielding(source.read(steps.signal))) {
    result.read++
    if (row.kind === 'rejected') reject(result.rejections, row)
    else enter(row.post, fingerprint(row.post.key), writing)
    if (result.read % 5_000 === 0) steps.onProgress?.(result.read)
  }
  linkParents(result)
  return result
}

/** Lets other work of the process run now and then. */
export async function* yielding<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let since = performance.now()
  for await (const item of items) {
    yield item
    if (performance.now() - since < WORK_MS) continue
    await setImmediate()
    since = performance.now()
  }
}

interface Writing {
  survey: Survey
  brands: Brand[]
  recognise: (text: string) => string | null
  texts: FingerprintTable
}

function enter(post: AuditPost, print: number, writing: Writing): void {
  const { survey, brands } = writing
  const { ledger } = survey
  if (ledger.numbers.has(print)) {
    survey.duplicates++
    return
  }
  if (ledger.size >= POSTS_MAX)
    throw new AuditFault('too-many-posts', `More than ${POSTS_MAX} posts: choose a shorter period.`, {
      postsMax: POSTS_MAX,
    })
  const language = languageOf(post, writing.recognise)
  const tokens = splitText(post.text)
  const number = ledger.add()
  ledger.numbers.set(print, number)
  ledger.parentPrint[number] = post.parentKey === null ? Number.NaN : fingerprint(post.parentKey)
  ledger.at[number] = post.publishedAt.getTime()
  ledger.author[number] = authorNumber(post, number, writing)
  ledger.language[number] = ledger.languages.number(language ?? '')
  ledger.place[number] = ledger.places.number(placeOf(post))
  const { names, addresses } = readBrands(post, language, writing)
  ledger.names[number] = names
  ledger.addresses[number] = addresses
  const own = ledger.writtenBy(number) >= 0
  const sameText = textHash(tokens, names)
  ledger.textHash[number] = sameText
  const repeat = !Number.isNaN(sameText) && writing.texts.has(sameText)
  if (!Number.isNaN(sameText)) writing.texts.set(sameText, 0)
  ledger.flags[number] =
    (own ? FLAG.own : 0) |
    (asks(post.text, tokens) ? FLAG.question : 0) |
    (post.parentKey ? FLAG.reply : 0) |
    (repeat ? FLAG.repeat : 0)
  if (post.parentKey) survey.hasReplies = true
  if (!own && (names & 1) !== 0) countMentions(post, tokens, brands, survey)
  if (!own && !repeat) countWords(post.text, language, survey.wordCounts)
}

function languageOf(post: AuditPost, recognise: (text: string) => string | null): string | null {
  const stated = post.language === null ? '' : baseLanguage(post.language)
  return /^[a-z]{2,3}$/.test(stated) ? stated : recognise(`${post.title ?? ''}\n${post.text}`)
}

const placeOf = ({ network, site }: AuditPost): string =>
  network === 'web' || network === 'feeds' ? (site ?? network) : network

function authorNumber(post: AuditPost, number: number, { survey, brands }: Writing): number {
  const { authorKey: key, author, ours } = post
  const { handle, name, followers } = author
  if (followers !== null) survey.hasFollowers = true
  const ownedBy = ours ? 0 : brands.findIndex((brand) => handle !== null && brand.owns(handle))
  return survey.ledger.authors.number({ key, handle, name, followers, ownedBy }, number)
}

function readBrands(post: AuditPost, language: string | null, { survey, brands }: Writing) {
  const prepared = prepare({ ...post, language })
  let names = 0
  let addresses = 0
  for (const [index, brand] of brands.entries()) {
    const match = evaluate(brand.compiled, prepared)
    if (!match) continue
    names |= 1 << index
    const text = { text: post.text, title: post.title ?? '' }
    const forms = new Set(match.spans.map(({ part, from, to }) => text[part].slice(from, to).toLowerCase()))
    for (const form of forms) bump(survey.forms[index] as Map<string, number>, form, FORMS_MAX)
    const addressed = prepared.words.tokens.filter((token) => token.kind === 'handle' && brand.owns(token.text))
    if (addressed.length > 0) addresses |= 1 << index
    for (const handle of new Set(addressed.map((token) => token.text.toLowerCase())))
      bump(survey.handles[index] as Map<string, number>, handle, FORMS_MAX)
  }
  return { names, addresses }
}

function countMentions(post: AuditPost, tokens: Token[], brands: Brand[], { heard }: Survey): void {
  const handles = new Set(tokens.flatMap((token) => (token.kind === 'handle' ? token.text.slice(1).toLowerCase() : [])))
  for (const handle of handles) {
    if (handle === post.author.handle?.toLowerCase() || brands.some((brand) => brand.owns(handle))) continue
    heard.add(handle)
  }
}

function countWords(text: string, language: string | null, counts: LossyCounts): void {
  const keys = new Set<string>()
  for (const run of termRuns(text, language, NO_WORDS)) for (const { key, telling } of run) if (telling) keys.add(key)
  for (const key of keys) counts.add(key)
}

const NO_WORDS: ReadonlySet<string> = new Set()

/** A question mark that belongs to the text and not to an address. */
function asks(text: string, tokens: Token[]): boolean {
  for (let at = text.search(/[?？؟]/); at >= 0; ) {
    if (!tokens.some((token) => token.kind === 'url' && token.from <= at && at < token.to)) return true
    const next = text.slice(at + 1).search(/[?？؟]/)
    at = next < 0 ? -1 : at + 1 + next
  }
  return false
}

/** A fingerprint of the words, and the brands: handles, addresses and marks may differ. */
function textHash(tokens: Token[], names: number): number {
  const words = tokens.flatMap((token) =>
    token.kind === 'word' || token.kind === 'tag' ? (wordKeys(token.text).keys[0] ?? '') : [],
  )
  if (words.length < SAME_TEXT_WORDS_MIN) return Number.NaN
  return fingerprint(`${names} ${words.join(' ')}`)
}

function reject(rejections: Rejection[], { code, params, line }: Extract<AuditRow, { kind: 'rejected' }>): void {
  const known = rejections.find((rejection) => rejection.code === code)
  if (known) known.rows++
  else if (rejections.length < REJECTIONS_NAMED_MAX) rejections.push({ code, rows: 1, firstLine: line, params })
}

function linkParents(survey: Survey): void {
  const { ledger } = survey
  for (let post = 0; post < ledger.size; post++) {
    const print = ledger.parentPrint[post] as number
    const number = Number.isNaN(print) ? undefined : ledger.numbers.get(print)
    ledger.parent[post] = number === undefined || number === post ? NO_POST : number
    if (!Number.isNaN(print) && number === undefined) survey.orphans++
  }
}
