import { type SqlBool, sql } from 'kysely'
import type { z } from 'zod'
import type { AlarmKind, alarms as contract } from '../../../contract/measurement-alarms.ts'
import { retentionStart, storedMentions } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { type Cause, presentCause } from './cause.ts'

export type AlarmView = z.output<(typeof contract.list)['~orpc']['outputSchema'] & z.ZodType>['items'][number]
export type AlarmWithCause = z.output<(typeof contract.get)['~orpc']['outputSchema'] & z.ZodType>

const WAITING_COUNTED_MAX = 100
/** Posts are counted by the minute, and the minute of the end is one of the alarm's. */
const MINUTE_MS = 60_000

/** With the name of its topic; removed topics keep theirs. */
const alarmsOf = (tx: WorkspaceTransaction) =>
  tx.sql
    .selectFrom('alarm as a')
    .innerJoin('topic as t', (join) =>
      join.onRef('t.workspace_id', '=', 'a.workspace_id').onRef('t.topic_id', '=', 'a.topic_id'),
    )
    .selectAll('a')
    .select('t.name as topic_name')
    .where('a.workspace_id', '=', tx.workspaceId)

type Row = Awaited<ReturnType<ReturnType<typeof alarmsOf>['executeTakeFirstOrThrow']>>

/** Served by alarm_open, alarm_newest and alarm_of_topic. */
export const alarmsQuery = (
  tx: WorkspaceTransaction,
  {
    state,
    topicId,
    after,
    limit,
  }: { state: 'open' | 'ended'; topicId?: string | undefined; after?: string | undefined; limit: number },
) => {
  const cursor = readCursor(after, 2)
  return alarmsOf(tx)
    .where('a.ended_at', state === 'open' ? 'is' : 'is not', null)
    .$if(topicId !== undefined, (query) => query.where('a.topic_id', '=', topicId as string))
    .$if(cursor !== null, (query) =>
      query.where(sql<SqlBool>`(a.raised_at, a.alarm_id) < (${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`),
    )
    .orderBy('a.raised_at', 'desc')
    .orderBy('a.alarm_id', 'desc')
    .limit(limit + 1)
}

export async function listAlarms(tx: WorkspaceTransaction, given: Parameters<typeof alarmsQuery>[1], now: Date) {
  const rows = await alarmsQuery(tx, given).execute()
  const page = pageOf(rows, given.limit, (row) => writeCursor(row.raised_at, row.alarm_id))
  return { items: page.items.map((row) => present(row, now)), nextCursor: page.nextCursor }
}

export async function readAlarm(tx: WorkspaceTransaction, alarmId: string, now = new Date(0)): Promise<AlarmWithCause> {
  const row = await alarmsOf(tx).where('a.alarm_id', '=', alarmId).executeTakeFirst()
  if (!row) throw new NotFound('alarm-unknown')
  const cause = await presentCause(tx, row.cause as unknown as Cause)
  return { ...present(row, now), cause, expired: await expiredOf(tx, row, now) }
}

/** Only what is older than posts are kept can have lost some. */
async function expiredOf(tx: WorkspaceTransaction, row: Row, now: Date): Promise<number> {
  if (row.began_at >= (await retentionStart(tx, now))) return 0
  const stored = await storedMentions(tx, {
    topicId: row.topic_id,
    from: row.began_at,
    until: row.ended_at ? new Date(row.ended_at.getTime() + MINUTE_MS) : now,
  })
  return Math.max(0, row.posts - stored)
}

export async function countWaiting(tx: WorkspaceTransaction, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from alarm where workspace_id = ${tx.workspaceId} and ended_at is null
      and acknowledged_at is null and (snoozed_until is null or snoozed_until <= ${now})
      limit ${WAITING_COUNTED_MAX}) few`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

function present(row: Row, now: Date): AlarmView {
  const acknowledged =
    row.acknowledged_by && row.acknowledged_at ? { by: row.acknowledged_by, at: row.acknowledged_at } : null
  return {
    alarmId: row.alarm_id,
    topicId: row.topic_id,
    topicName: row.topic_name,
    kinds: row.kinds as AlarmKind[],
    strength: row.strength,
    state: row.ended_at ? 'ended' : acknowledged ? 'acknowledged' : 'open',
    beganAt: row.began_at,
    raisedAt: row.raised_at,
    endedAt: row.ended_at,
    snoozedUntil: row.snoozed_until && row.snoozed_until > now ? row.snoozed_until : null,
    acknowledged,
    posts: row.posts,
    expected: row.expected,
    findings: row.findings as unknown as AlarmView['findings'],
  }
}
