import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { type AlarmKind, type AlarmSensitivity, FALSE_ALARMS_A_WEEK } from '../../../contract/measurement-alarms.ts'
import { readWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { Zone } from '../zone.ts'
import { daysToLearn } from './baseline.ts'
import { readMinutes, readVoice } from './counts.ts'
import { type Finding, LOOK_MINUTES, look, onsetOf, rarerThan } from './detect.ts'
import { STAYS_FACTOR, step } from './episode.ts'
import { learn } from './learning.ts'
import { endAlarm, lastAlarm, raiseAlarm, type Seen, stayAlarm } from './raising.ts'

/**
 * Looks at every watched topic four times a minute. A look is one transaction that holds the topic's rule: what it finds, the
 * alarm that it raises and everything that goes out about it are written together or not at all, so any number of workers,
 * dying at any moment, raise one alarm for one burst.
 */
const LOOK_MS = 15_000
/** Another worker may have looked a moment ago. */
const LOOKED_SECONDS_MIN = 12
const TOPICS_AT_ONCE_MAX = 500

export const alarmLoop: Loop = {
  name: 'measurement.alarms',
  async run(services, signal) {
    while (!signal.aborted) {
      await lookAtAll(services).catch((error: unknown) =>
        services.log.error({ err: error }, 'could not look for alarms'),
      )
      await delay(LOOK_MS, undefined, { signal }).catch(() => {})
    }
  },
}

async function lookAtAll(services: Services): Promise<void> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_alarm_rules() as w(workspace_id)`.execute(services.database.system)
  for (const { workspace_id } of rows) await lookAtWorkspace(services, workspace_id)
}

/** Each topic by itself: one that fails does not blind the others. */
export async function lookAtWorkspace(services: Services, workspaceId: string): Promise<void> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const now = services.clock.now()
  const { topicIds, zone } = await inWorkspace(async (tx) => ({
    topicIds: await topicsToLookAt(tx, now),
    zone: new Zone((await readWorkspace(tx)).timeZone),
  }))
  for (const topicId of topicIds)
    await inWorkspace((tx) => lookAtTopic(tx, topicId, zone, now)).catch((error: unknown) =>
      services.log.error({ err: error, workspaceId, topicId }, 'could not look at a topic for alarms'),
    )
}

/** Watched topics of which there is something to say: posts lately, or an alarm that may end. */
export const topicsQuery = (tx: WorkspaceTransaction, now: Date) => sql<{ topic_id: string }>`
  select r.topic_id from alarm_rule r
    join topic t on t.workspace_id = r.workspace_id and t.topic_id = r.topic_id and t.removed_at is null and t.state = 'active'
  where r.workspace_id = ${tx.workspaceId} and r.watching
    and (r.looked_at is null or r.looked_at < now() - make_interval(secs => ${LOOKED_SECONDS_MIN}))
    and (exists (select from alarm a where a.workspace_id = r.workspace_id and a.topic_id = r.topic_id and a.ended_at is null)
      or exists (select from mention_count c where c.workspace_id = r.workspace_id and c.topic_id = r.topic_id
        and c.minute >= ${new Date(now.getTime() - LOOK_MINUTES * 60_000)}))
  order by r.looked_at nulls first limit ${TOPICS_AT_ONCE_MAX}`

async function topicsToLookAt(tx: WorkspaceTransaction, now: Date): Promise<string[]> {
  const { rows } = await topicsQuery(tx, now).execute(tx.sql)
  return rows.map(({ topic_id }) => topic_id)
}

export async function lookAtTopic(tx: WorkspaceTransaction, topicId: string, zone: Zone, at: Date): Promise<void> {
  const rule = await takeRule(tx, topicId)
  if (!rule) return
  const { kinds, timesAWeek } = rule
  const { baseline, level, countedFrom } = await learn(tx, topicId, zone, at)
  const now = at.getTime()
  if (daysToLearn(countedFrom?.getTime() ?? now, now) > 0) return
  const last = await lastAlarm(tx, topicId)
  const since = last?.endedAt ?? 0
  const minutes = await readMinutes(tx, topicId, now)
  const voice = kinds.includes('single-voice') ? await readVoice(tx, topicId, now, since) : null
  const given = { baseline, level, minutes, voice, now, since }
  const all = look(given, kinds, zone)
  const findings = rarerThan(all, kinds, timesAWeek)
  const next = step(last, findings, rarerThan(all, kinds, timesAWeek * STAYS_FACTOR), now)
  const seen: Seen = { topicId, findings, at, zone, baseline, level }
  if (next.kind === 'open') {
    const burst = findings.find(({ kind }) => kind === 'volume') ?? (findings[0] as Finding)
    await raiseAlarm(tx, seen, { ...next.episode, beganAt: new Date(onsetOf(given, burst, zone)) })
  } else if (last && (next.kind === 'stay' || next.kind === 'reopen')) await stayAlarm(tx, seen, last, next.episode)
  else if (last && next.kind === 'end') await endAlarm(tx, seen, last, new Date(next.endedAt))
}

/** Held to the end of the transaction; null when another worker has it, or nobody watches any more. */
async function takeRule(
  tx: WorkspaceTransaction,
  topicId: string,
): Promise<{ kinds: AlarmKind[]; timesAWeek: number } | null> {
  const { rows } = await sql<{ kinds: AlarmKind[]; sensitivity: AlarmSensitivity }>`
    update alarm_rule r set looked_at = now() from (
      select topic_id from alarm_rule where workspace_id = ${tx.workspaceId} and topic_id = ${topicId} and watching
      for update skip locked) held
    where r.workspace_id = ${tx.workspaceId} and r.topic_id = held.topic_id
    returning r.kinds, r.sensitivity`.execute(tx.sql)
  const [row] = rows
  return row ? { kinds: row.kinds, timesAWeek: FALSE_ALARMS_A_WEEK[row.sensitivity] } : null
}
