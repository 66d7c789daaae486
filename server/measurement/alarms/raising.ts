import { sql } from 'kysely'
import type { AlarmKind } from '../../../contract/measurement-alarms.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Zone } from '../zone.ts'
import type { Baseline } from './baseline.ts'
import { findCause } from './cause.ts'
import type { Finding } from './detect.ts'
import type { Episode } from './episode.ts'
import { expectedBetween } from './season.ts'
import { type AlarmStrength, hasGrown, strengthOf } from './strength.ts'
import { tell } from './telling.ts'

/** An alarm as a row: raised, grown, ended. Everything here runs in the transaction that holds the topic's rule. */
export interface Seen {
  topicId: string
  findings: Finding[]
  at: Date
  zone: Zone
  baseline: Baseline
  level: number
}

export interface LastAlarm extends Episode {
  alarmId: string
  endedAt: number | null
  beganAt: Date
  strength: AlarmStrength
  findings: Finding[]
  toldPosts: number
  toldAt: number
  isSnoozedAt(at: Date): boolean
}

/** The open one, or the one that ended last. Served by alarm_of_topic. */
export async function lastAlarm(tx: WorkspaceTransaction, topicId: string): Promise<LastAlarm | null> {
  const row = await tx.sql
    .selectFrom('alarm')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .orderBy('raised_at', 'desc')
    .orderBy('alarm_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return {
    alarmId: row.alarm_id,
    kinds: row.kinds as AlarmKind[],
    lastUnusualAt: row.last_unusual_at.getTime(),
    quietMinutes: row.quiet_minutes,
    endedAt: row.ended_at?.getTime() ?? null,
    beganAt: row.began_at,
    strength: row.strength,
    findings: row.findings as unknown as Finding[],
    toldPosts: row.told_posts,
    toldAt: row.told_at.getTime(),
    isSnoozedAt: (at) => row.snoozed_until !== null && row.snoozed_until > at,
  }
}

export async function raiseAlarm(
  tx: WorkspaceTransaction,
  seen: Seen,
  { kinds, lastUnusualAt, quietMinutes, beganAt }: Episode & { beganAt: Date },
): Promise<void> {
  const { topicId, at, findings } = seen
  const alarmId = newId()
  const { posts, expected } = await postsSince(tx, seen, beganAt)
  const strength = strengthOf(findings)
  await tx.sql
    .insertInto('alarm')
    .values({
      workspace_id: tx.workspaceId,
      alarm_id: alarmId,
      topic_id: topicId,
      kinds,
      strength,
      findings: JSON.stringify(foremost([], findings)),
      began_at: beganAt,
      raised_at: at,
      last_unusual_at: new Date(lastUnusualAt),
      quiet_minutes: Math.ceil(quietMinutes),
      posts,
      expected,
      cause: JSON.stringify(await findCause(tx, topicId, beganAt, at)),
      told_posts: posts,
      told_at: at,
    })
    .execute()
  tx.record({
    type: 'alarm.raised',
    subjects: { alarm: alarmId, topic: topicId },
    codes: { kinds: kinds.join(' '), strength },
  })
  await tell(tx, { alarmId, topicId, because: 'raised', strength, at, zone: seen.zone })
}

/** The same alarm goes on, or flares up again. It is told again only when it has grown markedly. */
export async function stayAlarm(
  tx: WorkspaceTransaction,
  seen: Seen,
  last: LastAlarm,
  episode: Episode,
): Promise<void> {
  const { topicId, at } = seen
  const { posts, expected } = await postsSince(tx, seen, last.beganAt)
  const now = strengthOf(seen.findings)
  const strength = last.strength === 'crisis' ? 'crisis' : now
  const told = { posts: last.toldPosts, at: new Date(last.toldAt) }
  const grew = hasGrown(last, { strength, posts, now: at.getTime() }) && !last.isSnoozedAt(at)
  if (grew) Object.assign(told, { posts, at })
  await tx.sql
    .updateTable('alarm')
    .set({
      kinds: episode.kinds,
      strength,
      findings: JSON.stringify(foremost(last.findings, seen.findings)),
      last_unusual_at: new Date(episode.lastUnusualAt),
      quiet_minutes: Math.ceil(episode.quietMinutes),
      ended_at: null,
      posts,
      expected,
      told_posts: told.posts,
      told_at: told.at,
      ...(grew ? { cause: JSON.stringify(await findCause(tx, topicId, last.beganAt, at)) } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('alarm_id', '=', last.alarmId)
    .execute()
  const { alarmId } = last
  if (last.endedAt !== null) tx.record({ type: 'alarm.reopened', subjects: { alarm: alarmId, topic: topicId } })
  if (!grew) return
  tx.record({ type: 'alarm.grew', subjects: { alarm: alarmId, topic: topicId }, codes: { strength, posts } })
  await tell(tx, { alarmId, topicId, because: 'grew', strength, at, zone: seen.zone })
}

/** The last word on its cause, from all that was said. */
export async function endAlarm(tx: WorkspaceTransaction, seen: Seen, last: LastAlarm, endedAt: Date): Promise<void> {
  const { topicId, at } = seen
  const { alarmId } = last
  const end = endedAt < last.beganAt ? last.beganAt : endedAt
  const { posts, expected } = await postsSince(tx, { ...seen, at: end }, last.beganAt)
  await tx.sql
    .updateTable('alarm')
    .set({ ended_at: end, posts, expected, cause: JSON.stringify(await findCause(tx, topicId, last.beganAt, end)) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('alarm_id', '=', alarmId)
    .execute()
  tx.record({ type: 'alarm.ended', subjects: { alarm: alarmId, topic: topicId }, codes: { posts } })
  await tell(tx, { alarmId, topicId, because: 'ended', strength: last.strength, at, zone: seen.zone })
}

/** Of each kind the most unusual that was ever seen. */
function foremost(known: readonly Finding[], found: readonly Finding[]): Finding[] {
  const rarest = [...known, ...found].sort((one, other) => one.timesAWeek - other.timesAWeek)
  return rarest.filter((one, at) => rarest.findIndex(({ kind }) => kind === one.kind) === at)
}

async function postsSince(
  tx: WorkspaceTransaction,
  { topicId, at, baseline, level, zone }: Seen,
  beganAt: Date,
): Promise<{ posts: number; expected: number }> {
  const { rows } = await sql<{ posts: string | null }>`
    select sum(posts) as posts from mention_count where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and minute >= ${beganAt} and minute <= ${at}`.execute(tx.sql)
  const expected = level * expectedBetween(baseline.season, zone, beganAt.getTime(), at.getTime())
  return { posts: Number(rows[0]?.posts ?? 0), expected }
}
