import { sql } from 'kysely'
import { CALENDARS_MAX } from '../../../contract/clock-words.ts'
import type { DeskCalendar } from '../../../contract/inbox-calendars.ts'
import { type CalendarRules, calendarProblems } from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { askForRecount } from './recount.ts'
import { nextVersion, validFrom } from './versions.ts'

export interface CalendarChange {
  name: string
  rules: DeskCalendar
  validFrom?: Date | undefined
}

interface Row {
  calendar_id: string
  name: string
  version: number
  valid_from: Date
  made_at: Date
  rules: DeskCalendar
}

export async function listCalendars(tx: WorkspaceTransaction) {
  const { rows } = await sql<Row>`
    select c.calendar_id, c.name, v.version, v.valid_from, v.made_at, v.rules
    from calendar c join calendar_version v on v.workspace_id = c.workspace_id and v.calendar_id = c.calendar_id
    where c.workspace_id = ${tx.workspaceId} and c.removed_at is null
    order by c.name, c.calendar_id, v.version desc`.execute(tx.sql)
  const used = await usersOf(tx)
  return [...Map.groupBy(rows, (row) => row.calendar_id)].map(([calendarId, versions]) => ({
    calendarId,
    name: versions[0]?.name ?? '',
    usedBy: used.get(calendarId) ?? [],
    versions: versions.map((row) => ({
      version: row.version,
      validFrom: row.valid_from,
      madeAt: row.made_at,
      rules: row.rules,
    })),
  }))
}

/** Names of the standing promises whose newest version, or one that is still to come or held before, counts by it. */
async function usersOf(tx: WorkspaceTransaction): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ calendar_id: string; name: string }>`
    select distinct v.calendar_id, p.name from clock_policy_version v
      join clock_policy p on p.workspace_id = v.workspace_id and p.clock_policy_id = v.clock_policy_id
    where v.workspace_id = ${tx.workspaceId} and p.removed_at is null order by p.name`.execute(tx.sql)
  const users = new Map<string, string[]>()
  for (const { calendar_id, name } of rows) users.set(calendar_id, [...(users.get(calendar_id) ?? []), name])
  return users
}

export async function createCalendar(tx: WorkspaceTransaction, change: CalendarChange, now: Date): Promise<string> {
  await requireSound(change.rules)
  await requireNameFree(tx, change.name, null)
  const { count } = await tx.sql
    .selectFrom('calendar')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (Number(count) >= CALENDARS_MAX) throw new Invalid('too-many-calendars', { calendarsMax: CALENDARS_MAX })
  const calendarId = newId()
  await tx.sql
    .insertInto('calendar')
    .values({ workspace_id: tx.workspaceId, calendar_id: calendarId, name: change.name })
    .execute()
  await insertVersion(tx, calendarId, 1, change.rules, validFrom(change.validFrom, now), now)
  tx.record({ type: 'calendar.created', subjects: { calendarId } })
  return calendarId
}

export async function changeCalendar(
  tx: WorkspaceTransaction,
  calendarId: string,
  against: number,
  change: CalendarChange,
  now: Date,
): Promise<number> {
  await requireSound(change.rules)
  await holdCalendar(tx, calendarId)
  await requireNameFree(tx, change.name, calendarId)
  const version = nextVersion(await newestVersion(tx, calendarId), against, 'calendar-changed')
  const from = validFrom(change.validFrom, now)
  await tx.sql
    .updateTable('calendar')
    .set({ name: change.name })
    .where('workspace_id', '=', tx.workspaceId)
    .where('calendar_id', '=', calendarId)
    .execute()
  await insertVersion(tx, calendarId, version, change.rules, from, now)
  // Also when it holds from later on only: due times that lie behind it are others.
  await askForRecount(tx, from < now ? from : now)
  tx.record({ type: 'calendar.changed', subjects: { calendarId }, codes: { version } })
  return version
}

/** Its versions stay: waits of the past were counted by them. */
export async function removeCalendar(tx: WorkspaceTransaction, calendarId: string, now: Date): Promise<void> {
  await holdCalendar(tx, calendarId)
  const users = (await usersOf(tx)).get(calendarId)
  if (users) throw new Conflict('calendar-in-use', { name: users[0] ?? '' })
  await tx.sql
    .updateTable('calendar')
    .set({ removed_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('calendar_id', '=', calendarId)
    .execute()
  tx.record({ type: 'calendar.removed', subjects: { calendarId } })
}

/** One change at a time. Throws NotFound for what is not there or was taken away. */
export async function holdCalendar(tx: WorkspaceTransaction, calendarId: string): Promise<void> {
  const row = await tx.sql
    .selectFrom('calendar')
    .select('calendar_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('calendar_id', '=', calendarId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('calendar-unknown')
}

async function newestVersion(tx: WorkspaceTransaction, calendarId: string): Promise<number> {
  const row = await tx.sql
    .selectFrom('calendar_version')
    .select('version')
    .where('workspace_id', '=', tx.workspaceId)
    .where('calendar_id', '=', calendarId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return row.version
}

async function insertVersion(
  tx: WorkspaceTransaction,
  calendarId: string,
  version: number,
  rules: DeskCalendar,
  from: Date,
  now: Date,
): Promise<void> {
  await tx.sql
    .insertInto('calendar_version')
    .values({
      workspace_id: tx.workspaceId,
      calendar_id: calendarId,
      version,
      valid_from: from,
      made_at: now,
      rules: JSON.stringify(rules),
    })
    .execute()
}

async function requireSound(rules: DeskCalendar): Promise<void> {
  const [problem] = await calendarProblems(rules as CalendarRules)
  if (problem)
    throw new Invalid('calendar-wrong', { problem: problem.code, place: problem.place, value: problem.value })
}

async function requireNameFree(tx: WorkspaceTransaction, name: string, but: string | null): Promise<void> {
  const row = await tx.sql
    .selectFrom('calendar')
    .select('calendar_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (row && row.calendar_id !== but) throw new Conflict('calendar-name-taken', { name })
}
