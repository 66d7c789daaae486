import type { WorkspaceTransaction } from '../../platform/database.ts'
import { HOUR_MS, type Zone } from '../zone.ts'
import { type Baseline, HISTORY_DAYS, learnBaseline, levelNow } from './baseline.ts'
import { readCountedFrom, readHours, readVoices } from './counts.ts'

/** What is usual is learned anew once a day, and the level of the last days once an hour. */
const LEARN_AGAIN_MS = 24 * HOUR_MS
const LEVEL_HOURS = 48

export interface Learned {
  baseline: Baseline
  level: number
  countedFrom: Date | null
}

export async function readLearned(
  tx: WorkspaceTransaction,
  topicId: string,
): Promise<(Learned & { learnedAt: Date; levelAt: Date }) | null> {
  const row = await tx.sql
    .selectFrom('alarm_baseline')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .executeTakeFirst()
  if (!row) return null
  return {
    baseline: row.baseline as unknown as Baseline,
    level: row.level,
    countedFrom: row.counted_from,
    learnedAt: row.learned_at,
    levelAt: row.level_at,
  }
}

/** As it is known, or learned where that is too long ago; history that came since then, by an import, counts at the next. */
export async function learn(tx: WorkspaceTransaction, topicId: string, zone: Zone, now: Date): Promise<Learned> {
  const known = await readLearned(tx, topicId)
  const at = now.getTime()
  const countedFrom = await countedSince(tx, topicId, at)
  const older = known && (countedFrom?.getTime() ?? at) < (known.countedFrom?.getTime() ?? at)
  const isFresh = known && !older && at - known.learnedAt.getTime() < LEARN_AGAIN_MS
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS
  if (isFresh && known.levelAt.getTime() >= hour) return known
  const baseline = isFresh ? known.baseline : await learnNow(tx, topicId, countedFrom, zone, at)
  const recent = await readHours(tx, topicId, at - LEVEL_HOURS * HOUR_MS, at)
  const level = levelNow(baseline, recent, zone, at)
  const values = {
    counted_from: countedFrom,
    learned_at: isFresh ? known.learnedAt : now,
    baseline: JSON.stringify(baseline),
    level,
    level_at: now,
  }
  await tx.sql
    .insertInto('alarm_baseline')
    .values({ workspace_id: tx.workspaceId, topic_id: topicId, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'topic_id']).doUpdateSet(values))
    .execute()
  return { baseline, level, countedFrom }
}

export const countedSince = (tx: WorkspaceTransaction, topicId: string, now: number): Promise<Date | null> =>
  readCountedFrom(tx, topicId, new Date(now - HISTORY_DAYS * 24 * HOUR_MS))

async function learnNow(
  tx: WorkspaceTransaction,
  topicId: string,
  countedFrom: Date | null,
  zone: Zone,
  now: number,
): Promise<Baseline> {
  const from = Math.max(countedFrom?.getTime() ?? now, now - HISTORY_DAYS * 24 * HOUR_MS)
  const hours = await readHours(tx, topicId, from, now)
  return learnBaseline(hours, await readVoices(tx, topicId, now), zone, now)
}
