import { sql } from 'kysely'
import { countInto } from '../server/listening/discovery/said.ts'
import { close, emptyTally, merge, SECTIONS, type Tally, writeCounts } from '../server/listening/discovery/tally.ts'
import type { WorkspaceTransaction } from '../server/platform/database.ts'
import { numbersFrom } from './random.ts'

/**
 * A workspace with history: posts of four and a half weeks whose words follow Zipf's law, as real ones do, so that tallies
 * have the size that they have in use. A fifth of the posts are mentions of one topic; the newest of these are sorted.
 */
const VOCABULARY = 40_000
const WORDS_PER_POST = 15
const AUTHORS = 50_000
const HOUR_MS = 3_600_000
const MENTION_EVERY = 5
/** Words that kept posts share, with their place in the search index: what keywords would bring. */
const SHARED_WORDS = 12
const EVERY_TOPIC = '00000000-0000-0000-0000-000000000000'

const idOf = (kind: string, number: number) => `0000000${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

/** Rank r comes with a probability of about 1/r. */
const zipf = (random: number): number => Math.floor(VOCABULARY ** ((random % 1_000_003) / 1_000_003)) - 1

interface SeededPost {
  number: number
  text: string
  author: number
  at: Date
  root: number | null
  isMention: boolean
  shared: number | null
}

function postAt(number: number, at: Date): SeededPost {
  const random = numbersFrom(number)
  const words = Array.from({ length: WORDS_PER_POST }, () => `word${zipf(random()).toString(36)}`)
  const isMention = number % MENTION_EVERY === 0
  const shared = number % 50 === 0 ? random() % SHARED_WORDS : null
  if (shared !== null) words.push(`shared${shared}`)
  if (isMention) words.push('nordwind')
  const root = random() % 10 === 0 ? Math.max(0, number - (random() % 200)) : null
  return { number, text: words.join(' '), author: zipf(random()) % AUTHORS, at, root, isMention, shared }
}

export interface SeedOptions {
  topicId: string
  posts: number
  /** The newest post is so old as this. */
  until: Date
}

export async function insertAuthors(tx: WorkspaceTransaction, until: Date): Promise<void> {
  await sql`
    insert into author (workspace_id, author_id, network, network_id, handle, name, handle_key, name_key, followers, first_heard_at, last_heard_at)
    select ${tx.workspaceId}, ('0000000a-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'bench', 'seeded-' || n, 'seeded' || n,
      'Seeded ' || n, 'seeded' || n, 'seeded ' || n, n, ${until}::timestamptz - (n || ' minutes')::interval, ${until}
    from generate_series(0, ${sql.lit(AUTHORS - 1)}) n`.execute(tx.sql)
}

/** One hour of posts, with what it brings to the tallies of the topic and of everything. */
export async function insertHour(
  tx: WorkspaceTransaction,
  { topicId }: SeedOptions,
  posts: SeededPost[],
): Promise<Record<'topic' | 'every', Tally>> {
  const tallies = { topic: emptyTally(), every: emptyTally() }
  for (const post of posts)
    countInto(post.isMention ? [tallies.every, tallies.topic] : [tallies.every], {
      title: null,
      text: post.text,
      language: 'en',
      links: post.number % 4 === 0 ? [`https://news.example/${zipf(post.number * 7_919)}`] : [],
      network: 'bench',
      scope: '',
      rootExternalId: post.root === null ? null : `seeded-${post.root}`,
      groupId: null,
      authorId: idOf('a', post.author),
      followers: post.author,
    })
  await sql`
    insert into post (workspace_id, post_id, network, external_id, author_id, text, language, published_at, heard_at,
      content_hash, root_external_id, kept_because, indexed, group_id)
    select ${tx.workspaceId}, post_id, 'bench', external_id, author_id, text, 'en', at, at, external_id, root, 'bench', true, post_id
    from unnest(${posts.map(({ number }) => idOf('b', number))}::uuid[], ${posts.map(({ number }) => `seeded-${number}`)}::text[],
      ${posts.map(({ author }) => idOf('a', author))}::uuid[], ${posts.map(({ text }) => text)}::text[],
      ${posts.map(({ at }) => at)}::timestamptz[],
      ${posts.map(({ root }) => (root === null ? null : `seeded-${root}`))}::text[])
    as g(post_id, external_id, author_id, text, at, root)`.execute(tx.sql)
  const mentions = posts.filter(({ isMention }) => isMention)
  await sql`
    insert into mention (workspace_id, topic_id, post_id, published_at, topic_version, state)
    select ${tx.workspaceId}, ${topicId}, post_id, at, 1, state
    from unnest(${mentions.map(({ number }) => idOf('b', number))}::uuid[], ${mentions.map(({ at }) => at)}::timestamptz[],
      ${mentions.map(stateOf)}::text[]) as g(post_id, at, state)`.execute(tx.sql)
  const shared = posts.filter((post) => post.shared !== null)
  await sql`
    insert into post_term (workspace_id, term, published_at, post_id)
    select ${tx.workspaceId}, term, at, post_id from unnest(${shared.map((post) => `shared${post.shared}`)}::text[],
      ${shared.map(({ at }) => at)}::timestamptz[], ${shared.map(({ number }) => idOf('b', number))}::uuid[]) as g(term, at, post_id)`.execute(
    tx.sql,
  )
  return tallies
}

/** Every hundredth mention was sorted: for us where it shares a word, else mostly not. */
const stateOf = ({ number, shared }: SeededPost): string =>
  shared !== null ? 'kept' : number % 500 === 5 ? 'rejected' : 'new'

export const postsOfHour = (from: number, count: number, hour: Date): SeededPost[] =>
  Array.from({ length: count }, (_, n) =>
    postAt(from + n, new Date(hour.getTime() + Math.floor((n / count) * HOUR_MS))),
  )

interface TallyRow {
  topicId: string
  version: number
  span: 'hour' | 'day'
  startsAt: Date
  tally: Tally
}

/** As folding leaves them: each hour closed, and merged into its day. */
export class SeededTallies {
  readonly #days = new Map<string, TallyRow>()
  readonly #topicId: string

  constructor(topicId: string) {
    this.#topicId = topicId
  }

  async addHour(tx: WorkspaceTransaction, hour: Date, made: Record<'topic' | 'every', Tally>): Promise<void> {
    const rows: TallyRow[] = [
      { topicId: this.#topicId, version: 1, span: 'hour', startsAt: hour, tally: made.topic },
      { topicId: EVERY_TOPIC, version: 0, span: 'hour', startsAt: hour, tally: made.every },
    ]
    for (const row of rows) {
      const day = new Date(Math.floor(hour.getTime() / (24 * HOUR_MS)) * 24 * HOUR_MS)
      const key = `${row.topicId} ${day.getTime()}`
      const held = this.#days.get(key) ?? { ...row, span: 'day' as const, startsAt: day, tally: emptyTally() }
      merge(held.tally, row.tally)
      this.#days.set(key, held)
      close(row.tally, 'hour')
    }
    await write(tx, rows)
  }

  async writeDays(tx: WorkspaceTransaction): Promise<void> {
    await write(tx, [...this.#days.values()])
  }
}

async function write(tx: WorkspaceTransaction, rows: TallyRow[]): Promise<void> {
  for (const { topicId, version, span, startsAt, tally } of rows) {
    const [terms, links, threads, waves, voices] = SECTIONS.map((section) => writeCounts(tally.sections[section]))
    await sql`insert into tally (workspace_id, topic_id, topic_version, span, starts_at, posts, terms, links, threads, waves, voices, closed)
      values (${tx.workspaceId}, ${topicId}, ${version}, ${span}, ${startsAt}, ${tally.posts}, ${terms}, ${links}, ${threads},
        ${waves}, ${voices}, true)`.execute(tx.sql)
  }
}
