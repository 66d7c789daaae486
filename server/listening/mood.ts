import { sql } from 'kysely'
import type { z } from 'zod'
import type { timelines as contract } from '../../contract/listening-timelines.ts'
import { readWorkspace } from '../accounts/index.ts'
import { authorsOfPerson } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'

const MONTHS = 12
/** The newest of one account that are counted. */
const POSTS_MAX = 5_000
const LANGUAGES_MAX = 5

type Mood = z.output<NonNullable<(typeof contract.moodOfPerson)['~orpc']['outputSchema']>>

interface Row {
  month: string
  language: string | null
  posts: number
  negative: number
  neutral: number
  positive: number
}

/** Own posts of the last 12 months by month: how they spoke, and in which languages. Served by post_author. */
export async function moodOfPerson(tx: WorkspaceTransaction, personId: string, now: Date): Promise<Mood> {
  const authorIds = await authorsOfPerson(tx, personId)
  if (authorIds.length === 0) {
    const { rows } =
      await sql`select from person where workspace_id = ${tx.workspaceId} and person_id = ${personId}`.execute(tx.sql)
    if (rows.length === 0) throw new NotFound('person-unknown')
  }
  const { timeZone } = await readWorkspace(tx)
  const month = sql`date_trunc('month', p.published_at at time zone ${timeZone})`
  const { rows } = await sql<Row>`
    select ${month}::date as month, p.language, count(*)::int as posts,
      count(*) filter (where p.sentiment = 'negative')::int as negative,
      count(*) filter (where p.sentiment = 'neutral')::int as neutral,
      count(*) filter (where p.sentiment = 'positive')::int as positive
    from unnest(${authorIds}::uuid[]) as a(author_id) cross join lateral (
      select published_at, language, sentiment from post where workspace_id = ${tx.workspaceId} and author_id = a.author_id
        and deleted_at is null and published_at >= ${monthsBefore(now, MONTHS - 1)}
      order by published_at desc, post_id desc limit ${POSTS_MAX}) p
    group by 1, 2`.execute(tx.sql)
  const posts = rows.reduce((sum, row) => sum + row.posts, 0)
  return { months: monthsOf(rows, now, timeZone), languages: languagesOf(rows), more: posts >= POSTS_MAX }
}

function monthsOf(rows: Row[], now: Date, timeZone: string): Mood['months'] {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit' })
    .format(now)
    .split('-')
    .map(Number)
  const byMonth = Map.groupBy(rows, (row) => row.month)
  return Array.from({ length: MONTHS }, (_, index) => {
    const first = new Date(Date.UTC(year, month - 1 - (MONTHS - 1 - index), 1)).toISOString().slice(0, 10)
    const total = (of: (row: Row) => number) => (byMonth.get(first) ?? []).reduce((sum, row) => sum + of(row), 0)
    return {
      month: first,
      posts: total((row) => row.posts),
      negative: total((row) => row.negative),
      neutral: total((row) => row.neutral),
      positive: total((row) => row.positive),
    }
  })
}

function languagesOf(rows: Row[]): Mood['languages'] {
  const byLanguage = Map.groupBy(
    rows.filter((row) => row.language),
    (row) => row.language ?? '',
  )
  return [...byLanguage]
    .map(([language, all]) => ({ language, posts: all.reduce((sum, row) => sum + row.posts, 0) }))
    .toSorted((a, b) => b.posts - a.posts)
    .slice(0, LANGUAGES_MAX)
}

/** A day more than the months, for time zones. */
const monthsBefore = (now: Date, months: number): Date =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1) - 86_400_000)
