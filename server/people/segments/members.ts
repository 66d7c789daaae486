import { type RawBuilder, sql } from 'kysely'
import type { SegmentRule } from '../../../contract/people-segments.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { mayProfile } from '../consent/index.ts'
import { accountsOf } from '../search/search.ts'
import { holds, ruleCondition, type SummaryFacts } from './rule.ts'
import { readSegments } from './segments.ts'

interface Row {
  person_id: string
  name: string
  language: string | null
  value: number
  tags: string[]
  last_contact_at: Date | null
  networks: string[]
  spent: number
  orders: number
}

/** Who is held by a rule, the highest value first. Walks all summaries; the best are kept while walking. */
export async function personsOfRule(
  tx: WorkspaceTransaction,
  rule: SegmentRule,
  { after, limit }: { after?: string | undefined; limit: number },
  now: Date,
) {
  const cursor = readCursor(after, 2)
  const { rows } = await sql<Row>`
    select s.person_id, p.name, s.language, coalesce(s.value, 0)::float4 as value, s.tags, s.last_contact_at, s.networks,
      s.spent, s.orders
    from (select * from person_summary s where s.workspace_id = ${tx.workspaceId} and ${ruleCondition(rule, now)}
        ${cursor ? sql`and (-coalesce(s.value, 0), s.person_id) > (-(${cursor[0]}::real), ${cursor[1]}::uuid)` : sql``}
      order by -coalesce(s.value, 0), s.person_id limit ${limit + 1}) s
      join person p on p.workspace_id = ${tx.workspaceId} and p.person_id = s.person_id and p.erased_at is null
    order by -coalesce(s.value, 0), s.person_id`.execute(tx.sql)
  return pageOf(rows, limit, (row) => writeCursor(String(row.value), row.person_id))
}

export async function presentMembers(tx: WorkspaceTransaction, rows: Row[]) {
  const authors = await accountsOf(
    tx,
    rows.map((row) => row.person_id),
  )
  return rows.map((row) => ({
    personId: row.person_id,
    name: row.name,
    language: row.language,
    value: row.value,
    tags: row.tags,
    lastContactAt: row.last_contact_at,
    authors: authors.get(row.person_id) ?? [],
  }))
}

type Facts = SummaryFacts & { person_id: string }

/** In which segments persons are now. Who objected a moment ago is in none already. */
export async function segmentsOfPersons(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
  now: Date,
): Promise<Map<string, { segmentId: string; name: string }[]>> {
  if (personIds.length === 0) return new Map()
  const segments = await readSegments(tx)
  if (segments.length === 0) return new Map()
  const { rows } = await sql<Facts>`
    select * from person_summary where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(
    tx.sql,
  )
  const allowed = await mayProfile(
    tx,
    rows.map((row) => row.person_id),
  )
  return new Map(
    rows
      .filter((row) => allowed.has(row.person_id))
      .map((row) => [
        row.person_id,
        segments.filter(({ rule }) => holds(rule, row, now)).map(({ segmentId, name }) => ({ segmentId, name })),
      ]),
  )
}

/**
 * For routing: the segments in which the persons of these authors are now. Authors of nobody, and of persons who objected to
 * being profiled, are absent.
 */
export async function segmentsOfAuthors(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  now: Date,
): Promise<Map<string, string[]>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await sql<{ author_id: string; person_id: string }>`
    select author_id, person_id from author where workspace_id = ${tx.workspaceId}
      and author_id = any(${authorIds}::uuid[]) and person_id is not null`.execute(tx.sql)
  const segments = await segmentsOfPersons(tx, [...new Set(rows.map((row) => row.person_id))], now)
  return new Map(
    rows.flatMap((row) => {
      const held = segments.get(row.person_id)
      return held ? [[row.author_id, held.map(({ segmentId }) => segmentId)]] : []
    }),
  )
}

/** For lists of what authors said: a condition on the author's id that holds for whoever is in the segment now. */
export async function authorInSegment(
  tx: WorkspaceTransaction,
  segmentId: string,
  authorId: RawBuilder<unknown>,
  now: Date,
): Promise<RawBuilder<boolean>> {
  const segment = (await readSegments(tx)).find((each) => each.segmentId === segmentId)
  // A saved view may outlive the segment that it names.
  if (!segment) return sql<boolean>`false`
  return sql<boolean>`exists (select from author sa
      join person_summary s on s.workspace_id = ${tx.workspaceId} and s.person_id = sa.person_id
    where sa.workspace_id = ${tx.workspaceId} and sa.author_id = ${authorId} and ${ruleCondition(segment.rule, now)})`
}
