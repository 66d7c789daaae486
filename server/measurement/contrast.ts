import { apart, wilson } from '../statistics/index.ts'
import { G2_MIN, logLikelihood, termRuns, termsOf, withoutRepeats } from '../text/index.ts'
import type { AuditSource } from './audit-post.ts'
import type { LossyCounts } from './counting.ts'
import { fingerprint } from './fingerprints.ts'
import { FLAG, type Ledger } from './ledger.ts'
import { type Steps, yielding } from './survey.ts'
import { TermTable } from './term-table.ts'

/** Fewer posts with a term are chance or one person. */
export const TERM_POSTS_MIN = 5
const TERM_SHARE_MIN = 0.004
export const RATIO_MIN = 1.3
/** Beyond this a word is the set's own: names of its products, places and people, which nobody else uses. */
export const OWN_WORD_RATIO_MIN = 5
const TERMS_SHOWN_MAX = 12

/** A set of customers' posts that terms are counted in. Repeated texts are in none. */
export interface Corpus {
  id: string
  holds(post: number): boolean
}

export interface TermFigure {
  key: string
  /** The spelling met most often; set when samples are read. */
  label: string
  posts: number
  total: number
  /** Posts with it in what it is compared with; null where nothing is. */
  otherPosts: number | null
  otherTotal: number | null
  g2: number | null
  samples: number[]
}

export interface TermCounts {
  sizes: Map<string, number>
  /** No count is too low by more than this; 0: all are exact. */
  tooLowMax: number
  /** Posts with a term, by corpus. */
  of(corpus: string): (index: number) => number
  terms: [key: string, index: number][]
}

/** Second reading: in how many posts of each set a word or phrase stands. */
export async function countTerms(
  source: AuditSource,
  ledger: Ledger,
  wordCounts: LossyCounts,
  silent: ReadonlySet<string>,
  corpora: Corpus[],
  steps: Steps,
): Promise<TermCounts> {
  const table = new TermTable(corpora.length)
  const sizes = new Array<number>(corpora.length).fill(0)
  const isKnown = (key: string) => wordCounts.get(key) >= TERM_POSTS_MIN
  for await (const { post, text } of oncePerPost(source, ledger, steps)) {
    if (ledger.has(post, FLAG.own) || ledger.has(post, FLAG.repeat)) continue
    const member = corpora.map((corpus) => corpus.holds(post))
    for (const [at, isIn] of member.entries()) if (isIn) sizes[at] = (sizes[at] as number) + 1
    if (!member.includes(true)) continue
    const language = ledger.languages.list[ledger.language[post] as number] || null
    for (const { key } of termsOf(termRuns(text, language, silent), isKnown)) table.add(key, member)
  }
  return {
    sizes: new Map(corpora.map((corpus, at) => [corpus.id, sizes[at] as number])),
    of: (id) => table.countsOf(corpora.findIndex((corpus) => corpus.id === id)),
    terms: table.terms(),
    tooLowMax: table.tooLowMax,
  }
}

/** A later reading: each post once, as in the first one. */
export async function* oncePerPost(source: AuditSource, ledger: Ledger, steps: Steps) {
  const seen = new Uint8Array(ledger.size)
  let read = 0
  for await (const row of yielding(source.read(steps.signal))) {
    if (++read % 5_000 === 0) steps.onProgress?.(read)
    const post = row.kind === 'post' ? ledger.numbers.get(fingerprint(row.post.key)) : undefined
    if (row.kind !== 'post' || post === undefined || seen[post] === 1) continue
    seen[post] = 1
    yield { post, text: row.post.text, row: row.post }
  }
}

export interface ContrastOptions {
  shown?: number
  /** Which ratios of the two shares are wanted. */
  fits?: (ratio: number) => boolean
  /** Leaves out what this set speaks of just as much. */
  rarerIn?: string
}

/** What a set speaks of more than the rest of another set that holds it: the most certain ones, by their share. */
export function tellingTerms(
  counts: TermCounts,
  of: string,
  within: string,
  options: ContrastOptions = {},
): TermFigure[] {
  const { shown = TERMS_SHOWN_MAX, fits = () => true, rarerIn } = options
  const [inOne, inAll, inThird] = [counts.of(of), counts.of(within), counts.of(rarerIn ?? of)]
  const one = counts.sizes.get(of) ?? 0
  const other = (counts.sizes.get(within) ?? 0) - one
  const third = rarerIn === undefined ? 0 : (counts.sizes.get(rarerIn) ?? 0)
  if (one === 0 || other === 0) return []
  const found: TermFigure[] = []
  for (const [key, index] of counts.terms) {
    const posts = inOne(index)
    if (posts < Math.max(TERM_POSTS_MIN, one * TERM_SHARE_MIN)) continue
    const otherPosts = inAll(index) - posts
    const ratio = posts / one / ((otherPosts + 0.5) / other)
    const g2 = logLikelihood(posts, one, otherPosts, other)
    const here = wilson(posts, one)
    if (ratio < RATIO_MIN || !fits(ratio) || g2 < G2_MIN || !apart(here, wilson(otherPosts, other))) continue
    if (third > 0 && here.low <= wilson(inThird(index), third).high) continue
    found.push({ key, label: key, posts, total: one, otherPosts, otherTotal: other, g2, samples: [] })
  }
  found.sort((a, b) => (b.g2 as number) - (a.g2 as number) || (a.key < b.key ? -1 : 1))
  return withoutRepeats(found, shown).sort(byPosts)
}

/** What a set speaks of most, whatever others say. */
export function frequentTerms(counts: TermCounts, corpus: string, shown = TERMS_SHOWN_MAX): TermFigure[] {
  const inOne = counts.of(corpus)
  const total = counts.sizes.get(corpus) ?? 0
  const found: TermFigure[] = counts.terms
    .map(([key, index]) => ({ key, posts: inOne(index) }))
    .filter(({ posts }) => posts >= Math.max(TERM_POSTS_MIN, total * TERM_SHARE_MIN))
    .map(({ key, posts }) => ({
      key,
      label: key,
      posts,
      total,
      otherPosts: null,
      otherTotal: null,
      g2: null,
      samples: [],
    }))
  return withoutRepeats(found.sort(byPosts), shown).sort(byPosts)
}

const byPosts = (a: TermFigure, b: TermFigure): number => b.posts - a.posts || (a.key < b.key ? -1 : 1)
