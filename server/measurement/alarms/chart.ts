import type { AlarmKind } from '../../../contract/measurement-alarms.ts'
import { readWorkspace } from '../../accounts/index.ts'
import { expiredRows } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { HOUR_MS, Zone } from '../zone.ts'
import { readHours } from './counts.ts'
import { readLearned } from './learning.ts'
import { expectedBetween, varianceOf } from './season.ts'

/** Nine hours of ten lie in the band. */
const BAND_DEVIATIONS = 1.645
const ALARMS_SHOWN_MAX = 200

/** Posts by the hour, what was expected of it as known today, and the alarms of that time. */
export async function readChart(
  tx: WorkspaceTransaction,
  { topicId, days }: { topicId: string; days: number },
  now: Date,
) {
  const zone = new Zone((await readWorkspace(tx)).timeZone)
  const learned = await readLearned(tx, topicId)
  const from = now.getTime() - days * 24 * HOUR_MS
  // The hour that is not over yet is shown too.
  const until = now.getTime() + HOUR_MS
  const hours = await readHours(tx, topicId, from, until)
  const period = { topicIds: [topicId], from: new Date(hours[0]?.at ?? from), until: new Date(until) }
  const { expired } = await expiredRows(tx, period, now)
  const alarms = await tx.sql
    .selectFrom('alarm')
    .select(['alarm_id', 'kinds', 'began_at', 'ended_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('raised_at', '>=', new Date(from))
    .orderBy('raised_at', 'desc')
    .limit(ALARMS_SHOWN_MAX)
    .execute()
  return {
    hours: hours.map(({ at, posts }) => {
      if (!learned) return { at: new Date(at), posts, expected: null, low: null, high: null }
      const { season } = learned.baseline
      const expected = expectedBetween(season, zone, at, at + HOUR_MS)
      const reach = BAND_DEVIATIONS * Math.sqrt(varianceOf(expected, season))
      return { at: new Date(at), posts, expected, low: Math.max(0, expected - reach), high: expected + reach }
    }),
    alarms: alarms.map((alarm) => ({
      alarmId: alarm.alarm_id,
      kinds: alarm.kinds as AlarmKind[],
      beganAt: alarm.began_at,
      endedAt: alarm.ended_at,
    })),
    expired: expired.get(topicId) ?? 0,
  }
}
