import type { Voice, VoiceFigures } from './figures.ts'
import { authorLabel, authorsAreKnown, FLAG, type Ledger, NO_POST } from './ledger.ts'
import { scattered } from './samples.ts'
import type { Survey } from './survey.ts'

const VOICES_SHOWN_MAX = 10
const HEARD_MIN = 3

/** Who writes most about the brand, and whom others speak to. The brands' own accounts are neither. */
export function measureVoices({ ledger, heard }: Survey, posts: number[], drawn: Set<number>): VoiceFigures {
  const counts = new Map<number, number>()
  const firstOf = new Map<number, number>()
  for (const post of posts) {
    const author = ledger.author[post] as number
    counts.set(author, (counts.get(author) ?? 0) + 1)
    const shown = firstOf.get(author)
    if (shown === undefined || scattered(post) < scattered(shown)) firstOf.set(author, post)
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const replies = repliesReceived(ledger, posts)
  const sampleOf = (author: number): number | null => {
    const post = firstOf.get(author)
    if (post !== undefined) drawn.add(post)
    return post ?? null
  }
  const voice = (author: number): Voice => ({
    name: authorLabel(ledger, author),
    authorId: ledger.authors[author]?.authorId ?? null,
    posts: counts.get(author) ?? 0,
    mentions: heard.get(authorLabel(ledger, author).toLowerCase()) ?? 0,
    replies: replies.get(author) ?? 0,
    followers: ledger.authors[author]?.followers ?? null,
    sample: sampleOf(author),
  })
  return {
    known: authorsAreKnown(ledger),
    authors: counts.size,
    once: ranked.filter(([, posted]) => posted === 1).length,
    topTenPosts: ranked.slice(0, 10).reduce((sum, [, posted]) => sum + posted, 0),
    active: ranked
      .slice(0, VOICES_SHOWN_MAX)
      .filter(([, posted]) => posted > 1)
      .map(([author]) => voice(author)),
    heard: heardMost(ledger, heard, replies, voice),
  }
}

/** Answers of others to somebody's post about the brand; answers of the brands' own accounts and to oneself are none. */
function repliesReceived(ledger: Ledger, posts: number[]): Map<number, number> {
  const about = new Set(posts)
  const replies = new Map<number, number>()
  for (const post of ledger.where((candidate) => !ledger.has(candidate, FLAG.own))) {
    const parent = ledger.parent[post] as number
    if (parent === NO_POST || !about.has(parent) || ledger.author[parent] === ledger.author[post]) continue
    const author = ledger.author[parent] as number
    replies.set(author, (replies.get(author) ?? 0) + 1)
  }
  return replies
}

function heardMost(
  ledger: Ledger,
  heard: Map<string, number>,
  replies: Map<number, number>,
  voice: (author: number) => Voice,
): Voice[] {
  const byLabel = new Map(ledger.authors.map((_, author) => [authorLabel(ledger, author).toLowerCase(), author]))
  const labels = new Set([
    ...heard.keys(),
    ...[...replies.keys()].map((author) => authorLabel(ledger, author).toLowerCase()),
  ])
  const ranked = [...labels]
    .map((label) => {
      const author = byLabel.get(label)
      const score = Math.max(heard.get(label) ?? 0, author === undefined ? 0 : (replies.get(author) ?? 0))
      return { label, author, score }
    })
    .filter(
      ({ score, author }) => score >= HEARD_MIN && (author === undefined || ledger.authors[author]?.ownedBy === -1),
    )
    .sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1))
  return ranked.slice(0, VOICES_SHOWN_MAX).map(({ label, author }) =>
    author === undefined
      ? {
          name: label,
          authorId: null,
          posts: 0,
          mentions: heard.get(label) ?? 0,
          replies: 0,
          followers: null,
          sample: null,
        }
      : voice(author),
  )
}
