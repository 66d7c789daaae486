import type { Selectable } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Training } from '../platform/database-types.generated.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Question } from './grading.ts'
import { byLanguage, type GuidelineLanguage, type Titles } from './titles.ts'
import { wrongAnswers } from './wrong-answers.ts'

const TRAININGS_MAX = 50

export interface Lesson {
  title: string
  lesson: string
  questions: Question[]
}
export type TrainingTexts = Partial<Record<GuidelineLanguage, Lesson>>

export interface TrainingInput {
  texts: TrainingTexts
  passPercent: number
  attemptsMax: number
  pauseHours: number
  validityMonths: number | null
}

export async function listTrainings(tx: WorkspaceTransaction): Promise<{ trainingId: string; titles: Titles }[]> {
  const rows = await tx.sql
    .selectFrom('training')
    .select(['training_id', 'texts'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('retired_at', 'is', null)
    .orderBy('created_at')
    .orderBy('training_id')
    .limit(TRAININGS_MAX)
    .execute()
  return rows.map((row) => ({
    trainingId: row.training_id,
    titles: byLanguage(row.texts as TrainingTexts, ({ title }) => title),
  }))
}

export async function readTraining(tx: WorkspaceTransaction, trainingId: string) {
  const row = await tx.sql
    .selectFrom('training')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('training_id', '=', trainingId)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound('training-unknown')
  return presentTraining(row)
}

export const presentTraining = (row: Selectable<Training>) => ({
  trainingId: row.training_id,
  version: row.version,
  texts: row.texts as TrainingTexts,
  passPercent: row.pass_percent,
  attemptsMax: row.attempts_max,
  pauseHours: row.pause_hours,
  validityMonths: row.validity_months,
})

/** As those who learn see it: which options are right is said after an attempt. */
export const withoutAnswers = (texts: TrainingTexts) =>
  byLanguage(texts, ({ questions, ...lesson }) => ({
    ...lesson,
    questions: questions.map(({ key, question, options }) => ({
      key,
      question,
      several: options.filter(({ right }) => right).length > 1,
      options: options.map((option) => ({ key: option.key, text: option.text })),
    })),
  }))

/** Wrong answers are counted by key, whatever the language: each language asks the same. */
function requireSameQuestions(texts: TrainingTexts): void {
  if (Object.keys(texts).length === 0) throw new Invalid('guideline-without-text')
  const shapes = Object.values(texts).map(({ questions }) =>
    JSON.stringify(
      questions
        .map(({ key, options }) => [key, options.map((option) => `${option.key} ${option.right}`).sort()])
        .sort(([one], [other]) => String(one).localeCompare(String(other))),
    ),
  )
  if (new Set(shapes).size > 1) throw new Invalid('training-languages-differ')
  const [first] = Object.values(texts)
  if (first && new Set(first.questions.map(({ key }) => key)).size < first.questions.length)
    throw new Invalid('training-question-twice')
}

const columnsOf = (input: TrainingInput) => ({
  texts: JSON.stringify(input.texts),
  pass_percent: input.passPercent,
  attempts_max: input.attemptsMax,
  pause_hours: input.pauseHours,
  validity_months: input.validityMonths,
})

export async function createTraining(tx: WorkspaceTransaction, input: TrainingInput, now: Date): Promise<string> {
  requireSameQuestions(input.texts)
  if ((await listTrainings(tx)).length >= TRAININGS_MAX)
    throw new Invalid('too-many-trainings', { trainingsMax: TRAININGS_MAX })
  const trainingId = newId()
  await tx.sql
    .insertInto('training')
    .values({ workspace_id: tx.workspaceId, training_id: trainingId, asked_since: now, ...columnsOf(input) })
    .execute()
  tx.record({ type: 'training.created', subjects: { trainingId } })
  return trainingId
}

export async function changeTraining(
  tx: WorkspaceTransaction,
  {
    trainingId,
    version,
    asksAgain,
    ...input
  }: TrainingInput & { trainingId: string; version: number; asksAgain: boolean },
  now: Date,
): Promise<number> {
  requireSameQuestions(input.texts)
  const before = await lockTraining(tx, trainingId)
  if (before.version !== version) throw new Conflict('training-changed', { version: before.version })
  await tx.sql
    .updateTable('training')
    .set({
      ...columnsOf(input),
      version: version + 1,
      ...(asksAgain ? { asked_version: version + 1, asked_since: now } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('training_id', '=', trainingId)
    .execute()
  tx.record({ type: 'training.changed', subjects: { trainingId }, codes: { version: version + 1, asksAgain } })
  return version + 1
}

export async function retireTraining(tx: WorkspaceTransaction, trainingId: string, now: Date): Promise<void> {
  await lockTraining(tx, trainingId)
  await tx.sql
    .updateTable('training')
    .set({ retired_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('training_id', '=', trainingId)
    .execute()
  tx.record({ type: 'training.retired', subjects: { trainingId } })
}

export async function lockTraining(tx: WorkspaceTransaction, trainingId: string) {
  const row = await tx.sql
    .selectFrom('training')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('training_id', '=', trainingId)
    .where('retired_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('training-unknown')
  return row
}

export async function readWrongAnswers(tx: WorkspaceTransaction, trainingId: string) {
  const { version, texts } = await readTraining(tx, trainingId)
  const { people, wrong } = await wrongAnswers(tx, trainingId, version)
  const [lesson] = Object.values(texts)
  const questions = people === 0 ? [] : (lesson?.questions ?? [])
  return { people, questions: questions.map(({ key }) => ({ key, wrong: wrong.get(key) ?? 0 })) }
}
