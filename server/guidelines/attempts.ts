import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { type Graded, grade } from './grading.ts'
import type { GuidelineLanguage } from './titles.ts'
import { lockTraining, presentTraining } from './trainings.ts'
import { countWrong } from './wrong-answers.ts'

export interface Attempt {
  trainingId: string
  version: number
  language: GuidelineLanguage
  answers: Record<string, string[]>
}

interface OwnStanding {
  passedAt: Date | null
  validUntil: Date | null
  pausedUntil: Date | null
  attemptsLeft: number
}

/** Where a member stands with one training, for themselves alone. */
export async function ownStanding(
  tx: WorkspaceTransaction,
  memberId: string | null,
  training: { trainingId: string; attemptsMax: number },
  now: Date,
): Promise<OwnStanding> {
  const row = memberId
    ? await tx.sql
        .selectFrom('training_standing')
        .selectAll()
        .where('workspace_id', '=', tx.workspaceId)
        .where('member_id', '=', memberId)
        .where('training_id', '=', training.trainingId)
        .executeTakeFirst()
    : undefined
  const pausedUntil = row?.paused_until && row.paused_until > now ? row.paused_until : null
  return {
    passedAt: row?.passed_at ?? null,
    validUntil: row?.valid_until ?? null,
    pausedUntil,
    attemptsLeft: pausedUntil ? 0 : training.attemptsMax - (row?.failed_since_pause ?? 0),
  }
}

/** Judges an attempt. Kept of it: whether it is passed, how many are left; whose answers were wrong is kept nowhere. */
export async function take(
  tx: WorkspaceTransaction,
  memberId: string,
  attempt: Attempt,
  now: Date,
): Promise<Graded & OwnStanding> {
  // The lock also keeps two people from joining the same group of the count at once.
  const training = presentTraining(await lockTraining(tx, attempt.trainingId))
  if (training.version !== attempt.version) throw new Conflict('training-changed', { version: training.version })
  const lesson = training.texts[attempt.language]
  if (!lesson) throw new NotFound('training-unknown')
  const before = await ownStanding(tx, memberId, training, now)
  if (before.pausedUntil) throw new Conflict('training-paused', { until: before.pausedUntil.toISOString() })
  const graded = grade(lesson.questions, attempt.answers, training.passPercent)
  const first = await isFirstTry(tx, memberId, training)
  if (first)
    await countWrong(
      tx,
      training,
      graded.questions.flatMap(({ key, correct }) => (correct ? [] : [key])),
    )
  const after = graded.passed
    ? {
        passed_version: training.version,
        passed_at: now,
        valid_until: endOf(now, training.validityMonths),
        failed_since_pause: 0,
        paused_until: null,
      }
    : failedOnce(before.attemptsLeft, training, now)
  const columns = { ...after, counted_version: training.version }
  await tx.sql
    .insertInto('training_standing')
    .values({ workspace_id: tx.workspaceId, member_id: memberId, training_id: training.trainingId, ...columns })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id', 'training_id']).doUpdateSet(columns))
    .execute()
  if (graded.passed)
    tx.record({
      type: 'training.passed',
      subjects: { trainingId: training.trainingId, memberId },
      codes: { version: training.version },
    })
  return { ...graded, ...(await ownStanding(tx, memberId, training, now)) }
}

/** A pass that is still valid is not lost by trying again. */
function failedOnce(attemptsLeft: number, training: { attemptsMax: number; pauseHours: number }, now: Date) {
  const left = attemptsLeft - 1
  if (left > 0) return { failed_since_pause: training.attemptsMax - left }
  return { failed_since_pause: 0, paused_until: new Date(+now + training.pauseHours * 3_600_000) }
}

const endOf = (now: Date, months: number | null): RawBuilder<Date> | null =>
  months === null ? null : sql<Date>`${now}::timestamptz + make_interval(months => ${months})`

async function isFirstTry(
  tx: WorkspaceTransaction,
  memberId: string,
  { trainingId, version }: { trainingId: string; version: number },
): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('training_standing')
    .select('counted_version')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .where('training_id', '=', trainingId)
    .executeTakeFirst()
  return row?.counted_version !== version
}
