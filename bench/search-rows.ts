import { sql } from 'kysely'
import { indexTerms, prepare } from '../server/matching/index.ts'
import type { WorkspaceTransaction } from '../server/platform/database.ts'
import { numbersFrom } from './random.ts'

/** Posts per statement, so that none runs into the statement timeout. */
export const POSTS_AT_ONCE = 5_000
const AUTHORS = 5_000
const WORDS_PER_POST = { min: 8, max: 15 }
const VOCABULARY = 20_000
const DAYS = 365
const BEGINNINGS = 'ba be bi bo da de di do fa fe fi fo ka ke ki ko la le li lo ma me mi mo na ne ni no'.split(' ')

/** Words that are planted with a known share, so that a query is as frequent as it is said to be: one post in so many. */
export const PLANTED = {
  zorvath: 10_000,
  kelbrine: 100,
  mandrovy: 80,
  platonic: 12,
  harbour: 10,
  'morning train': 400,
} as const

/** The same text for the same number: words as unequal in frequency as those of a language, and planted ones. */
function textOf(number: number): string {
  const random = numbersFrom(number)
  const length = WORDS_PER_POST.min + (random() % (WORDS_PER_POST.max - WORDS_PER_POST.min))
  const words = Array.from({ length }, () => wordOf(VOCABULARY ** ((random() % 10_000) / 10_000)))
  for (const [word, everyOf] of Object.entries(PLANTED))
    if (random() % everyOf === 0) words.splice(random() % words.length, 0, word)
  return words.join(' ')
}

function wordOf(rank: number): string {
  let word = ''
  for (let left = Math.floor(rank) + BEGINNINGS.length; left > 0; left = Math.floor(left / BEGINNINGS.length))
    word += BEGINNINGS[left % BEGINNINGS.length]
  return word
}

export async function insertAuthors(tx: WorkspaceTransaction): Promise<void> {
  await sql`
    insert into author (workspace_id, author_id, network, network_id, handle, name, handle_key, name_key, first_heard_at, last_heard_at)
    select ${tx.workspaceId}, ${idOf('a', sql`n`)}, 'bench', 'seeded-' || n, 'seeded' || n, 'Seeded ' || n, 'seeded' || n,
      'seeded ' || n, now(), now()
    from generate_series(0, ${sql.lit(AUTHORS - 1)}) n`.execute(tx.sql)
}

/** Posts from `from` on with the terms that the search index would hold, spread evenly over the days before `until`. */
export async function insertPosts(
  tx: WorkspaceTransaction,
  { from, count, of, until }: { from: number; count: number; of: number; until: Date },
): Promise<void> {
  const posts = Array.from({ length: count }, (_, index) => {
    const number = from + index
    return { number, text: textOf(number), at: new Date(until.getTime() - ((of - number) / of) * DAYS * 86_400_000) }
  })
  await sql`
    insert into post (workspace_id, post_id, network, external_id, author_id, text, language, published_at, heard_at,
      content_hash, indexed)
    select ${tx.workspaceId}, ${idOf('b', sql`n`)}, 'bench', 'seeded-' || n, ${idOf('a', sql`n % ${sql.lit(AUTHORS)}`)}, text,
      'en', at, at, 'h' || n, true
    from unnest(${posts.map(({ number }) => number)}::int[], ${posts.map(({ text }) => text)}::text[],
      ${posts.map(({ at }) => at)}::timestamptz[]) as p(n, text, at)`.execute(tx.sql)
  const terms = posts.flatMap(({ number, text, at }) =>
    indexTerms(prepared(text)).map((term) => ({ term, number, at })),
  )
  await sql`
    insert into post_term (workspace_id, term, published_at, post_id)
    select ${tx.workspaceId}, term, at, ${idOf('b', sql`n`)}
    from unnest(${terms.map(({ term }) => term)}::text[], ${terms.map(({ at }) => at)}::timestamptz[],
      ${terms.map(({ number }) => number)}::int[]) as t(term, at, n) order by term, at`.execute(tx.sql)
}

const idOf = (kind: string, number: ReturnType<typeof sql>) =>
  sql`('0000000' || ${sql.lit(kind)} || '-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`

const prepared = (text: string) =>
  prepare({
    title: null,
    text,
    language: 'en',
    network: 'bench',
    scope: '',
    site: null,
    url: null,
    publishedAt: new Date(0),
    author: { handle: null, name: null, followers: null, networkId: '' },
    isReply: false,
    hasMedia: false,
    links: [],
    mentions: [],
    sourceName: null,
  })
