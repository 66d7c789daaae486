import { globFits, parse, type Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { G2_MIN, logLikelihood, withoutRepeats } from '../../text/index.ts'
import { expiredPosts } from './expired-posts.ts'
import { termText } from './query-edit.ts'
import { postsIn, readTallies, type Subject, type Summed, subjectOf, summed, type Tallied } from './tallied.ts'
import { FLAT_STRIDE, voicesIn } from './tally.ts'
import { daysBefore, type Period, sameHoursBefore, windowOf } from './window.ts'

/** Fewer posts are chance; fewer voices are one person, whose words are nobody's business here. */
const POSTS_MIN = 3
export const VOICES_MIN = 2
/** What is merely a little more often is no news, however certain it is. */
const RATIO_MIN = 1.5
const BACKGROUND_POSTS_MIN = 50
const SHOWN_MAX = 20

export interface RisingTerm {
  key: string
  shown: string
  posts: number
  expected: number | null
  g2: number | null
  voices: number
}

export async function risingTerms(
  tx: WorkspaceTransaction,
  { topicId, period }: { topicId?: string | undefined; period: Period },
  now: Date,
) {
  const subject = await subjectOf(tx, topicId)
  const window = windowOf(period, now)
  const present = await readTallies(tx, subject, 'terms', [window], now)
  const { of, lost } = summed(present)
  const candidates = candidatesIn(of, silentWords(subject))
  const background = await backgroundOf(tx, subject, window, now)
  const posts = postsIn(present)
  const items = rising(candidates, posts, background).flatMap(({ key: _key, ...term }) => {
    const query = termText(term.shown)
    return query === null ? [] : [{ ...term, query }]
  })
  return {
    ...window,
    posts,
    expired: await expiredPosts(tx, subject, present),
    background: {
      kind: background.kind,
      posts: postsIn(background.tallies),
      expired: await expiredPosts(tx, subject, background.tallies),
    },
    tooLowMax: lost,
    lookingBack: subject.lookingBack,
    items,
  }
}

/** What several people said, without the words that the topic asks for anyway. */
export function candidatesIn(of: ReadonlyMap<string, Summed>, isSilent: SilentWords): Map<string, Summed> {
  const candidates = new Map<string, Summed>()
  for (const [key, count] of of) {
    if (count.posts < POSTS_MIN || voicesIn(count.mark) < VOICES_MIN) continue
    if (!key.split(' ').some(isSilent)) candidates.set(key, count)
  }
  return candidates
}

/** Whether a query names this word of a term, as it is, by its stem or by a pattern. */
export type SilentWords = (word: string) => boolean

export function silentWords({ query, languages }: Pick<Subject, 'query' | 'languages'>): SilentWords {
  const parsed = query === null ? null : parse(query, { languages })
  const tests = parsed?.ok ? wordTestsOf(parsed.query) : []
  const whole = new Set(
    tests
      .filter(({ pattern }) => !pattern)
      .flatMap(({ keys, germanKeys, stems }) => [...keys, ...germanKeys, ...stems.map(({ stem }) => stem)])
      .map(withoutMark),
  )
  const patterns = tests
    .filter(({ pattern }) => pattern)
    .flatMap(({ keys, germanKeys }) => [...keys, ...germanKeys])
    .map(withoutMark)
  return (word) => whole.has(withoutMark(word)) || patterns.some((pattern) => globFits(pattern, withoutMark(word)))
}

const wordTestsOf = ({ leaves }: Query) => leaves.flatMap((leaf) => (leaf.kind === 'term' ? leaf.words : []))
const withoutMark = (key: string): string => key.replace(/^[#@]/, '')

interface Background {
  kind: 'same-hours' | 'earlier' | 'none'
  tallies: Tallied[]
}

async function backgroundOf(
  tx: WorkspaceTransaction,
  subject: Subject,
  window: { from: Date; until: Date },
  now: Date,
): Promise<Background> {
  const sameHours = await readTallies(tx, subject, 'terms', sameHoursBefore(window), now)
  if (postsIn(sameHours) >= BACKGROUND_POSTS_MIN) return { kind: 'same-hours', tallies: sameHours }
  const earlier = await readTallies(tx, subject, 'terms', [daysBefore(window)], now)
  if (postsIn(earlier) >= BACKGROUND_POSTS_MIN) return { kind: 'earlier', tallies: earlier }
  return { kind: 'none', tallies: [] }
}

/** Without a background the most frequent terms, which is all that can be said. */
export function rising(
  candidates: ReadonlyMap<string, Summed>,
  posts: number,
  { kind, tallies }: Background,
): RisingTerm[] {
  const before = kind === 'none' ? null : countsOf(candidates, tallies)
  const beforePosts = postsIn(tallies)
  const found: (RisingTerm & { rank: number })[] = []
  for (const [key, count] of candidates) {
    const term = { key, shown: count.shown, posts: count.posts, voices: voicesIn(count.mark) }
    if (!before) {
      found.push({ ...term, expected: null, g2: null, rank: count.posts })
      continue
    }
    const earlier = before.get(key) ?? 0
    const expected = (earlier / beforePosts) * posts
    const g2 = logLikelihood(count.posts, posts, Math.min(earlier, beforePosts), beforePosts)
    if (count.posts > expected * RATIO_MIN && g2 >= G2_MIN) found.push({ ...term, expected, g2, rank: g2 })
  }
  const ranked = found.sort((a, b) => b.rank - a.rank || (a.key < b.key ? -1 : 1))
  return withoutRepeats(ranked, SHOWN_MAX).map(({ rank: _rank, ...term }) => term)
}

/** Only of the terms that are asked for: a background is ten times as large as what is compared with it. */
function countsOf(wanted: ReadonlyMap<string, unknown>, tallies: readonly Tallied[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { counts: flat } of tallies)
    for (let at = 1; at < flat.length; at += FLAT_STRIDE) {
      const key = flat[at] as string
      if (wanted.has(key)) counts.set(key, (counts.get(key) ?? 0) + (flat[at + 1] as number))
    }
  return counts
}
