import { termRuns, termsOf } from '../text/index.ts'
import type { AuditPost, AuditSource } from './audit-post.ts'
import { labelOf } from './author-columns.ts'
import { oncePerPost, type TermFigure } from './contrast.ts'
import { FLAG, type Ledger } from './ledger.ts'
import type { Steps } from './survey.ts'

export const SAMPLES_MAX = 4
const SAMPLE_CHARACTERS_MAX = 500
const SURFACES_MAX = 50

/** A post shown behind a figure. Of stored posts only the ids: what is shown is read when it is shown. */
export interface Sample {
  post: number
  postId: string | null
  authorId: string | null
  author: string | null
  at: string
  text: string
  url: string | null
  network: string
}

/** Scatters the numbers of posts evenly (the finaliser of MurmurHash3): the smallest ones are a random draw that is the same each time. */
export function scattered(post: number): number {
  let mixed = post + 0x9e3779b9
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

/** Draws some posts at random, each text once. */
export function draw(posts: Iterable<number>, ledger: Ledger, most = SAMPLES_MAX): number[] {
  const drawn: number[] = []
  for (const post of posts) {
    if (ledger.has(post, FLAG.repeat)) continue
    place(drawn, post, most)
  }
  return drawn
}

function place(drawn: number[], post: number, most: number): void {
  const rank = scattered(post)
  if (drawn.length === most && rank >= scattered(drawn[most - 1] as number)) return
  const at = drawn.findIndex((other) => scattered(other) > rank)
  drawn.splice(at < 0 ? drawn.length : at, 0, post)
  if (drawn.length > most) drawn.pop()
}

/** A term whose samples and most frequent spelling are still to be found, among the posts of a set. */
export interface TermWanted {
  term: TermFigure
  holds(post: number): boolean
}

/** What the figures show of single posts, asked for while they are made and read all at once at the end. */
export interface Wanted {
  posts: Set<number>
  terms: TermWanted[]
  /** By a post of theirs. */
  authors: Map<number, { name: string; authorId: string | null }[]>
}

/** Third reading: the texts of the posts that were drawn, posts for each term, and who the authors are. */
export async function readSamples(
  source: AuditSource,
  ledger: Ledger,
  wanted: Wanted,
  silent: ReadonlySet<string>,
  steps: Steps,
): Promise<Sample[]> {
  const byKey = Map.groupBy(wanted.terms, ({ term }) => term.key)
  const surfaces = new Map<string, Map<string, number>>()
  const held = new Map<number, Sample>()
  for await (const { post, row } of oncePerPost(source, ledger, steps)) {
    for (const author of wanted.authors.get(post) ?? []) {
      author.name = labelOf(row.authorKey, row.author.handle, row.author.name)
      author.authorId = row.authorId
    }
    if (wanted.posts.has(post)) held.set(post, sampleOf(post, row))
    if (byKey.size === 0 || ledger.has(post, FLAG.own) || ledger.has(post, FLAG.repeat)) continue
    const language = ledger.languages.list[ledger.language[post] as number] || null
    for (const { key, surface } of termsOf(termRuns(row.text, language, silent), isWanted)) {
      const asking = byKey.get(key)?.filter(({ holds }) => holds(post)) ?? []
      if (asking.length === 0) continue
      countSurface(surfaces, key, surface)
      for (const { term } of asking) {
        place(term.samples, post, SAMPLES_MAX)
        if (term.samples.includes(post) && !held.has(post)) held.set(post, sampleOf(post, row))
      }
    }
  }
  for (const { term } of wanted.terms) term.label = mostFrequent(surfaces.get(term.key)) ?? term.key
  const needed = new Set([...wanted.posts, ...wanted.terms.flatMap(({ term }) => term.samples)])
  return [...held.values()].filter(({ post }) => needed.has(post))
}

const isWanted = () => true

function countSurface(surfaces: Map<string, Map<string, number>>, key: string, surface: string): void {
  const counts = surfaces.get(key) ?? new Map<string, number>()
  surfaces.set(key, counts)
  const before = counts.get(surface)
  if (before !== undefined || counts.size < SURFACES_MAX) counts.set(surface, (before ?? 0) + 1)
}

const mostFrequent = (counts: Map<string, number> | undefined): string | undefined =>
  [...(counts ?? [])].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0]

function sampleOf(post: number, { postId, authorId, author, publishedAt, text, url, network }: AuditPost): Sample {
  const stored = postId !== null
  const cut = text.length > SAMPLE_CHARACTERS_MAX ? `${text.slice(0, SAMPLE_CHARACTERS_MAX).toWellFormed()} …` : text
  return {
    post,
    postId,
    authorId: stored ? authorId : null,
    author: stored ? null : (author.handle ?? author.name),
    at: publishedAt.toISOString(),
    text: stored ? '' : cut,
    url: stored ? null : url,
    network,
  }
}
