import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from '../scripts/data-folder.ts'
import { readRows } from '../server/connectors/files/index.ts'
import { type PreparedPost, parse, prepare, type Query } from '../server/matching/index.ts'
import { splitText } from '../server/text/index.ts'
import { inventedPost } from './invented-posts.ts'
import { numbersFrom } from './random.ts'

/** By how often a word occurs: nobody makes a topic of the first hundred words alone, but they stand beside others. */
const RANKS_COMMON = { from: 20, to: 500 }
const RANKS_TELLING_FROM = 100
const SEEN_MIN = 3
const POST_CHARACTERS_MIN = 30

export interface Workload {
  posts: PreparedPost[]
  /** Query texts in the mix that the products' users write. */
  queries(count: number): string[]
  /** Query texts made to hurt. */
  nasty(count: number): string[]
}

/** Short posts: the public tweets where they are (in six languages), filled up with posts made of the same words. */
export async function matchingWorkload(count: number): Promise<Workload> {
  const folder = dataFolder()
  const texts = folder ? await realTexts(folder) : Array.from({ length: 20_000 }, (_, number) => inventedText(number))
  const random = numbersFrom(1)
  const counts = new Map<string, number>()
  for (const text of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const ranked = [...counts].filter(([word, seen]) => seen >= SEEN_MIN && /^\p{L}{3,}$/u.test(word))
  const words = ranked.sort((a, b) => b[1] - a[1]).map(([word]) => word)
  const all = [...texts]
  while (all.length < count) all.push(remade(texts, random))
  return {
    posts: all.map((text, number) => aPost(text, number)),
    queries: (wanted) => usualQueries(wanted, { words, texts, random: numbersFrom(2) }),
    nasty: (wanted) => nastyQueries(wanted, { words, texts, random: numbersFrom(3) }),
  }
}

export function parsed(texts: readonly string[], languages: readonly string[]): Query[] {
  return texts.map((text) => {
    const result = parse(text, { languages })
    if (!result.ok) throw new Error(`${text}: ${result.errors.map(({ code }) => code).join(', ')}`)
    return result.query
  })
}

async function realTexts(folder: string): Promise<string[]> {
  const texts: string[] = []
  for (const language of readdirSync(join(folder, 'umsab')))
    texts.push(...readFileSync(join(folder, 'umsab', language, 'train_text.txt'), 'utf8').split('\n'))
  for (const file of ['airline_tweets/Tweets.csv', 'twcs/twcs_first_rows.csv'])
    for await (const { row } of readRows(join(folder, file))) if (row.kind === 'post') texts.push(row.post.text)
  return texts.filter((text) => text.length >= POST_CHARACTERS_MIN)
}

/** The first half of one post and the second of another: new posts with words as frequent as they are. */
function remade(texts: readonly string[], random: () => number): string {
  const [one, other] = [texts[random() % texts.length] as string, texts[random() % texts.length] as string]
  return `${one.slice(0, Math.ceil(one.length / 2))}${other.slice(Math.ceil(other.length / 2))}`
}

function inventedText(number: number): string {
  const item = inventedPost(number)
  return item.kind === 'post' ? item.post.text : ''
}

const wordsOf = (text: string): string[] =>
  splitText(text)
    .filter(({ kind }) => kind === 'word')
    .map((token) => token.text.toLowerCase())

interface Material {
  words: readonly string[]
  texts: readonly string[]
  random: () => number
}

/** 30 % brand (half never said), 20 % AND of two, 10 % AND+OR+NOT, 15 % phrase, 10 % OR list with NOT, 7 % NEAR/5, 5 % prefix, 3 % language. */
function usualQueries(count: number, material: Material): string[] {
  const { random } = material
  const telling = () => pick(material, RANKS_TELLING_FROM, material.words.length)
  const common = () => pick(material, RANKS_COMMON.from, RANKS_COMMON.to)
  const list = (length: number) => Array.from({ length }, telling).join(' OR ')
  return Array.from({ length: count }, (_, number) => {
    const share = number % 100
    if (share < 30) return share % 2 ? `brand${number.toString(36)}x` : telling()
    if (share < 50) return `${telling()} AND ${common()}`
    if (share < 60) return `${telling()} AND (${common()} OR ${telling()}) NOT ${telling()}`
    if (share < 75) return `"${phraseOf(material, 2 + (share % 2))}"`
    if (share < 85) return `(${list(3 + (random() % 10))}) NOT (${list(3)})`
    if (share < 92) return `${telling()} NEAR/5 ${common()}`
    if (share < 97) return `${telling().slice(0, 5)}*`
    return `${telling()} lang:en`
  })
}

/** Pure NOT, two-letter prefixes, infixes, lists of 120 words, brackets five deep, authors and sources. */
function nastyQueries(count: number, material: Material): string[] {
  const { random } = material
  const telling = () => pick(material, RANKS_TELLING_FROM, material.words.length)
  const longWords = material.words.filter((word) => word.length > 5)
  const longer = () => longWords[random() % longWords.length] as string
  const kinds = [
    () => `NOT ${telling()}`,
    () => `${telling().slice(0, 2)}*`,
    () => `*${longer().slice(1, 5)}*`,
    () => Array.from({ length: 120 }, telling).join(' OR '),
    () => `${telling()} AND (${telling()} OR (${telling()} NOT (${telling()} OR (${telling()} ${telling()}))))`,
    () => `author:writer${random() % 5_000}`,
    () => `${telling()} source:Bench`,
    () => `${telling()} has:question`,
  ]
  return Array.from({ length: count }, (_, number) => (kinds[number % kinds.length] as () => string)())
}

const pick = ({ words, random }: Material, from: number, to: number): string =>
  words[Math.min(words.length - 1, from + (random() % Math.max(1, Math.min(to, words.length) - from)))] as string

function phraseOf({ texts, random }: Material, length: number): string {
  for (;;) {
    const words = wordsOf(texts[random() % texts.length] as string)
    if (words.length > length) {
      const from = random() % (words.length - length)
      return words.slice(from, from + length).join(' ')
    }
  }
}

const aPost = (text: string, number: number): PreparedPost =>
  prepare({
    title: null,
    text,
    language: 'en',
    network: 'bench',
    scope: '',
    site: null,
    url: null,
    publishedAt: new Date(0),
    author: { handle: `writer${number % 50_000}`, name: null, followers: null, networkId: String(number) },
    isReply: false,
    hasMedia: false,
    links: [],
    mentions: [],
    sourceName: 'Bench',
  })
