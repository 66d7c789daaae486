import type { Voice, VoiceFigures } from './figures.ts'
import { fingerprint } from './fingerprints.ts'
import { FLAG, type Ledger, NO_POST } from './ledger.ts'
import { scattered, type Wanted } from './samples.ts'
import type { Survey } from './survey.ts'

const VOICES_SHOWN_MAX = 10
const HEARD_MIN = 3

/** Per author, by number. */
interface Said {
  posts: Uint32Array
  /** The post that is shown, or NO_POST. */
  shown: Int32Array
  /** Answers of others to their posts about the brand. */
  replies: Uint32Array
}

/** Who writes most about the brand, and whom others speak to. The brands' own accounts are neither. */
export function measureVoices({ ledger, heard }: Survey, posts: number[], wanted: Wanted): VoiceFigures {
  const said = saidBy(ledger, posts)
  const authors = [...said.posts.keys()].filter((author) => (said.posts[author] as number) > 0)
  const once = authors.filter((author) => said.posts[author] === 1).length
  const often = authors
    .filter((author) => (said.posts[author] as number) > 1)
    .sort((a, b) => (said.posts[b] as number) - (said.posts[a] as number) || a - b)
    .slice(0, VOICES_SHOWN_MAX)
  const mentions = new Map([...heard.entries()].map(([label, count]) => [fingerprint(label), { label, count }]))
  const voice = (author: number): Voice => {
    const shown = said.shown[author] as number
    const followers = ledger.authors.followers[author] as number
    const made: Voice = {
      name: '',
      authorId: null,
      posts: said.posts[author] as number,
      mentions: mentions.get(ledger.authors.labels[author] as number)?.count ?? 0,
      replies: said.replies[author] as number,
      followers: Number.isNaN(followers) ? null : followers,
      sample: shown === NO_POST ? null : shown,
    }
    if (shown !== NO_POST) wanted.posts.add(shown)
    const seenIn = ledger.authors.firstPost[author] as number
    wanted.authors.set(seenIn, [...(wanted.authors.get(seenIn) ?? []), made])
    return made
  }
  const oftenPosts = often.reduce((sum, author) => sum + (said.posts[author] as number), 0)
  return {
    known: ledger.authors.areKnown(),
    authors: authors.length,
    once,
    topTenPosts: oftenPosts + Math.min(once, VOICES_SHOWN_MAX - often.length),
    active: often.map(voice),
    heard: heardMost(ledger, mentions, said.replies).map(({ label, author, mentioned }) =>
      author === null ? unmet(label, mentioned) : voice(author),
    ),
  }
}

function saidBy(ledger: Ledger, posts: number[]): Said {
  const { size } = ledger.authors
  const said = {
    posts: new Uint32Array(size),
    shown: new Int32Array(size).fill(NO_POST),
    replies: new Uint32Array(size),
  }
  const about = new Uint8Array(ledger.size)
  for (const post of posts) {
    const author = ledger.author[post] as number
    about[post] = 1
    said.posts[author] = (said.posts[author] as number) + 1
    const shown = said.shown[author] as number
    if (shown === NO_POST || scattered(post) < scattered(shown)) said.shown[author] = post
  }
  // Answers of the brands' own accounts and to oneself say nothing about who is heard.
  for (let post = 0; post < ledger.size; post++) {
    const parent = ledger.parent[post] as number
    if (ledger.has(post, FLAG.own) || parent === NO_POST || about[parent] === 0) continue
    const author = ledger.author[parent] as number
    if (author !== ledger.author[post]) said.replies[author] = (said.replies[author] as number) + 1
  }
  return said
}

interface Heard {
  label: string
  /** Null: mentioned, and not among the authors of the posts. */
  author: number | null
  mentioned: number
  score: number
}

function heardMost(
  ledger: Ledger,
  mentions: Map<number, { label: string; count: number }>,
  replies: Uint32Array,
): Heard[] {
  const found = new Map<number, Heard>()
  for (const [print, { label, count }] of mentions)
    if (count >= HEARD_MIN) found.set(print, { label, author: null, mentioned: count, score: count })
  for (let author = 0; author < ledger.authors.size; author++) {
    const print = ledger.authors.labels[author] as number
    const answered = replies[author] as number
    if (!found.has(print) && answered < HEARD_MIN) continue
    const mention = mentions.get(print)
    const mentioned = mention?.count ?? 0
    found.set(print, { label: mention?.label ?? '', author, mentioned, score: Math.max(mentioned, answered) })
  }
  return [...found.values()]
    .filter(({ author }) => author === null || ledger.authors.ownedBy[author] === -1)
    .sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1))
    .slice(0, VOICES_SHOWN_MAX)
}

const unmet = (label: string, mentioned: number): Voice => ({
  name: label,
  authorId: null,
  posts: 0,
  mentions: mentioned,
  replies: 0,
  followers: null,
  sample: null,
})
