import { join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../../server/platform/postgres/index.ts'
import { agreement, type Peer, type PeerPost, type PeerTask, type Say } from './peer.ts'
import { tsqueryText } from './tsquery.ts'

/** PostgreSQL's English, but without its stop words: queries ask for them, too. */
const CONFIGURATION = `
  create text search dictionary stems (template = snowball, language = english);
  create text search configuration words (copy = english);
  alter text search configuration words
    alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part with stems`

/** Every query is asked of every post: 100,000 of them would take it hundredths of a second a post. */
const QUERIES_MAX = 10_000
const POSTS_MAX = 2_000
const MS_MAX = 20_000

/** The product's own PostgreSQL, without what the product puts into it. */
export async function openPostgres(home: string, say: Say): Promise<Peer | null> {
  try {
    const postgres = await startPostgres({ home: join(home, 'postgres'), log: () => {}, durable: false })
    const client = new pg.Client(postgres.connection)
    await client.connect()
    await client.query(CONFIGURATION)
    return {
      name: 'postgres',
      queriesMax: QUERIES_MAX,
      measure: (task) => measure(client, task),
      close: async () => {
        await client.end()
        await postgres.stop()
      },
    }
  } catch (error) {
    say(`PostgreSQL is skipped: ${(error as Error).message}`)
    return null
  }
}

async function measure(client: pg.Client, { queries, posts, ours }: PeerTask): Promise<Record<string, number>> {
  const said = queries.map(({ id, query }) => [id, tsqueryText(query)] as const).filter(([, text]) => text !== null)
  const load = await loadQueries(client, said)
  const theirs: number[][] = []
  const begun = performance.now()
  while (theirs.length < Math.min(POSTS_MAX, ours.length) && performance.now() - begun < MS_MAX)
    theirs.push(await matches(client, posts[theirs.length] as PeerPost))
  const seconds = (performance.now() - begun) / 1_000
  const asked = new Set(said.map(([id]) => Number(id)))
  const [found, shared] = agreement(
    ours.map((numbers) => numbers.filter((number) => asked.has(number))),
    theirs,
  )
  return {
    'postgres queries it can say': said.length,
    'postgres load ms': Math.round(load),
    'postgres posts/s': Math.round(theirs.length / seconds),
    'postgres finds of ours %': found,
    'ours of what postgres finds %': shared,
  }
}

async function loadQueries(client: pg.Client, said: (readonly [string, string | null])[]): Promise<number> {
  const begun = performance.now()
  await client.query('drop table if exists queries')
  await client.query('create table queries (id int primary key, query tsquery not null)')
  await client.query(
    `insert into queries select id, to_tsquery('words', text) from unnest($1::int[], $2::text[]) as said (id, text)`,
    [said.map(([id]) => id), said.map(([, text]) => text)],
  )
  await client.query('vacuum analyze queries')
  // One core, as everybody else here.
  await client.query('set max_parallel_workers_per_gather = 0')
  return performance.now() - begun
}

async function matches(client: pg.Client, { text }: PeerPost): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>({
    name: 'matches',
    text: `select id from queries, (select to_tsvector('words', $1) as words) as post where post.words @@ query`,
    // PostgreSQL keeps no zero character and no half of a pair.
    values: [text.toWellFormed().replaceAll('\0', ' ')],
  })
  return rows.map(({ id }) => id)
}
