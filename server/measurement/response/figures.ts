import { sql } from 'kysely'
import type { z } from 'zod'
import type { ClockName } from '../../../contract/clock-words.ts'
import type { response as contract } from '../../../contract/measurement-response.ts'
import type { ResponseBy } from '../../../contract/response-words.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { publishedGroups } from './publishing.ts'
import { type Weeks, waitsOf, weeksBefore } from './waits.ts'

type Answer = z.infer<(typeof contract.read)['~orpc']['outputSchema'] & z.ZodType>
type Figures = NonNullable<Answer['groups'][number]['total']>

export interface Question {
  clock: ClockName
  by: ResponseBy
  weeks: number
}

/**
 * Response rate = waits that ended with an answer ÷ waits. Promise kept = waits that ended in time ÷ those that were due.
 * Times are the median and the 90th percentile of waits that ended, in service minutes and in minutes on the wall.
 */
export async function readResponse(
  tx: WorkspaceTransaction,
  { clock, by, weeks: count }: Question,
  services: Pick<Services, 'clock' | 'secrets'>,
): Promise<Answer> {
  const weeks = await weeksBefore(tx, services.clock.now(), count)
  const published = await publishedGroups(tx, services, clock, weeks)
  const places = [...published].flatMap(([week, groups]) =>
    [...groups.all]
      .filter((group) => isBy(group, by))
      .map((group) => ({ week, group, told: groups.published.has(group) })),
  )
  const told = places.filter((place) => place.told)
  const rows = await figuresOf(tx, clock, weeks, told)
  const groups = Map.groupBy(rows, ({ grp }) => grp)
  const names = await namesOf(tx, by, [...groups.keys()].map(keyOf))
  return {
    timeZone: weeks.timeZone,
    hasPromises: await hasPromises(tx),
    weeks: weeks.days,
    groups: [...groups]
      .map(([group, own]) => ({
        key: keyOf(group),
        name: names.get(keyOf(group)) ?? null,
        total: presented(own.find(({ week }) => week === null)),
        byWeek: weeks.days.map((day) => presented(own.find(({ week }) => week === day))),
      }))
      .sort((a, b) => (b.total?.waits ?? 0) - (a.total?.waits ?? 0) || (a.key < b.key ? -1 : 1)),
    leftOut: places.length - told.length,
    agreed: by === 'all' ? [...published.values()].filter(({ isAgreed }) => isAgreed).length : 0,
  }
}

/** 'team:…' is a group by team. */
export const isBy = (group: string, by: ResponseBy): boolean =>
  by === 'all' ? group === 'all' : group.startsWith(`${by}:`)
const keyOf = (group: string): string => group.slice(group.indexOf(':') + 1)
export const groupOf = (by: ResponseBy, key: string): string => (by === 'all' ? 'all' : `${by}:${key}`)

interface Row extends Omit<Figures, 'rate' | 'keptShare'> {
  grp: string
  /** Null: of all weeks that are told. */
  week: string | null
}

async function figuresOf(
  tx: WorkspaceTransaction,
  clock: ClockName,
  weeks: Weeks,
  told: { week: string; group: string }[],
): Promise<Row[]> {
  if (told.length === 0) return []
  const quantile = (share: number, of: string) => sql`
    (percentile_cont(${sql.lit(share)}) within group (order by g.${sql.ref(of)}) filter (where g.is_answered) / 60000)::float8`
  const { rows } = await sql<Row>`
    with ${waitsOf(tx, clock, weeks)}
    select g.grp, g.week, count(*)::int as waits, (count(*) filter (where g.is_answered))::int as answered,
      (count(*) filter (where g.state in ('met', 'breached')))::int as promised,
      (count(*) filter (where g.state = 'met'))::int as kept,
      ${quantile(0.5, 'service_ms')} as "serviceMedian", ${quantile(0.9, 'service_ms')} as "serviceP90",
      ${quantile(0.5, 'wall_ms')} as "wallMedian", ${quantile(0.9, 'wall_ms')} as "wallP90"
    from grouped g
      join unnest(${told.map(({ week }) => week)}::text[], ${told.map(({ group }) => group)}::text[]) as t(week, grp)
        on t.week = g.week and t.grp = g.grp
    group by grouping sets ((g.grp, g.week), (g.grp))`.execute(tx.sql)
  return rows
}

function presented(row: Row | undefined): Figures | null {
  if (!row) return null
  const { grp: _, week: __, ...figures } = row
  const share = (part: number, of: number): number | null => (of === 0 ? null : part / of)
  return { ...figures, rate: share(row.answered, row.waits), keptShare: share(row.kept, row.promised) }
}

async function namesOf(tx: WorkspaceTransaction, by: ResponseBy, keys: string[]): Promise<Map<string, string>> {
  if (by !== 'team' && by !== 'topic') return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select ${sql.ref(`${by}_id`)} as id, name from ${sql.table(by)}
    where workspace_id = ${tx.workspaceId} and ${sql.ref(`${by}_id`)} = any(${keys}::uuid[])`.execute(tx.sql)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function hasPromises(tx: WorkspaceTransaction): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('clock_policy')
    .select('clock_policy_id')
    .where('workspace_id', '=', tx.workspaceId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
