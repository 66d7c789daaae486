import { sql } from 'kysely'
import type { z } from 'zod'
import type { response as contract } from '../../../contract/measurement-response.ts'
import { RESPONSE_WEEKS_MAX } from '../../../contract/response-words.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { Services } from '../../platform/services.ts'
import { groupOf } from './figures.ts'
import { publishedGroups } from './publishing.ts'
import { type Weeks, waitsOf, weeksBefore } from './waits.ts'

type Asked = z.infer<(typeof contract.rows)['~orpc']['inputSchema'] & z.ZodType>
type Page = z.infer<(typeof contract.rows)['~orpc']['outputSchema'] & z.ZodType>

/** What a figure was counted from. Of a figure that is left out there are no rows either: they could be counted by hand. */
export async function responseRows(
  tx: WorkspaceTransaction,
  asked: Asked,
  services: Pick<Services, 'clock' | 'secrets'>,
): Promise<Page> {
  const week = await weekOf(tx, asked.week, services.clock.now())
  const group = groupOf(asked.by, asked.key)
  const groups = (await publishedGroups(tx, services, asked.clock, week)).get(asked.week)
  if (!groups?.published.has(group)) throw new NotFound('figure-left-out')
  const cursor = readCursor(asked.after, 3)
  const { rows } = await sql<Page['items'][number] & { epoch: string }>`
    with ${waitsOf(tx, asked.clock, week)}
    select g.conversation_id as "conversationId", g.epoch, g.network, g.started_at as "startedAt", g.ended_at as "endedAt",
      g.ended_by as "endedBy", g.state, g.target_minutes as "targetMinutes", (g.service_ms / 60000.0)::float8 as "serviceMinutes",
      (g.wall_ms / 60000.0)::float8 as "wallMinutes"
    from grouped g where g.grp = ${group}
      ${asked.only ? sql`and g.state = ${asked.only === 'late' ? 'breached' : 'met'}` : sql``}
      ${cursor ? sql`and (g.started_at, g.conversation_id, g.epoch) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid, ${cursor[2]})` : sql``}
    order by g.started_at desc, g.conversation_id desc, g.epoch desc limit ${asked.limit + 1}`.execute(tx.sql)
  return pageOf(rows, asked.limit, (row) => writeCursor(row.startedAt, row.conversationId, row.epoch))
}

/** One that figures may be asked of. */
async function weekOf(tx: WorkspaceTransaction, monday: string, now: Date): Promise<Weeks> {
  const all = await weeksBefore(tx, now, RESPONSE_WEEKS_MAX)
  if (!all.days.includes(monday)) throw new NotFound('week-not-over')
  const { rows } = await sql<{ from: Date; until: Date }>`
    select ${monday}::timestamp at time zone ${all.timeZone} as "from",
      (${monday}::timestamp + interval '1 week') at time zone ${all.timeZone} as until`.execute(tx.sql)
  return { ...all, days: [monday], ...(rows[0] as { from: Date; until: Date }) }
}
