import { z } from 'zod'
import { guidelineLanguage, markdown, title } from './guidelines-documents.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const key = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'small letters and digits')
  .describe('The same in each language')
const line = z.string().trim().min(1).max(500)
const version = z.number().int().positive()

const question = z
  .object({
    key,
    question: line,
    options: z
      .array(z.object({ key, text: line, right: z.boolean() }))
      .min(2)
      .max(8),
    explanation: z.string().trim().min(1).max(2_000).describe('Shown after an attempt: why it is so'),
  })
  .refine(({ options }) => options.some(({ right }) => right), 'one right option at least')
  .refine(({ options }) => new Set(options.map((one) => one.key)).size === options.length, 'each option once')
const lesson = z.object({ title, lesson: markdown, questions: z.array(question).min(1).max(30) })
const texts = z.partialRecord(guidelineLanguage, lesson)
const rules = z.object({
  passPercent: z.number().int().min(1).max(100),
  attemptsMax: z.number().int().min(1).max(20).describe('So many failed attempts, then a pause'),
  pauseHours: z.number().int().min(1).max(720),
  validityMonths: z.number().int().min(1).max(120).nullable().describe('Null: for good'),
})
const trainingInput = rules.extend({ texts })

const trainingPath = z.object({ trainingId: id })

export const trainings = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/trainings',
    summary: 'Trainings that are not retired',
    input: nothing,
    output: z.object({
      items: z.array(z.object({ trainingId: id, titles: z.partialRecord(guidelineLanguage, z.string()) })),
    }),
  }),
  get: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/trainings/{trainingId}',
    summary: 'The lesson and its questions, without the answers',
    input: trainingPath,
    output: rules.extend({
      trainingId: id,
      version,
      texts: z.partialRecord(
        guidelineLanguage,
        z.object({
          title: z.string(),
          lesson: z.string(),
          questions: z.array(
            z.object({
              key,
              question: z.string(),
              several: z.boolean().describe('More than one option is right'),
              options: z.array(z.object({ key, text: z.string() })),
            }),
          ),
        }),
      ),
      mine: z.object({
        passedAt: z.date().nullable(),
        validUntil: z.date().nullable(),
        pausedUntil: z.date().nullable().describe('Too many failed attempts; the next one from then on'),
        attemptsLeft: z.number().int(),
      }),
    }),
  }),
  take: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/trainings/{trainingId}/attempts',
    summary: 'An attempt of the caller, judged at once. Conflict `training-changed`, `training-paused`.',
    input: trainingPath.extend({
      version,
      language: guidelineLanguage,
      answers: z.record(key, z.array(key).max(8)).describe('By question, the options chosen'),
    }),
    output: z.object({
      passed: z.boolean(),
      validUntil: z.date().nullable(),
      pausedUntil: z.date().nullable(),
      attemptsLeft: z.number().int(),
      questions: z.array(z.object({ key, correct: z.boolean(), right: z.array(key), explanation: z.string() })),
    }),
  }),
  template: procedure({
    allow: 'guidelines.manage',
    method: 'GET',
    path: '/training-template',
    summary: 'A training to begin with, in each language',
    input: nothing,
    output: trainingInput.extend({ texts }),
  }),
  edit: procedure({
    allow: 'guidelines.manage',
    method: 'GET',
    path: '/trainings/{trainingId}/whole',
    summary: 'The training with its right answers',
    input: trainingPath,
    output: rules.extend({ trainingId: id, version, texts }),
  }),
  create: procedure({
    allow: 'guidelines.manage',
    method: 'POST',
    path: '/trainings',
    summary: 'A new training for everybody who may speak',
    input: trainingInput,
    output: z.object({ trainingId: id }),
  }),
  change: procedure({
    allow: 'guidelines.manage',
    method: 'PUT',
    path: '/trainings/{trainingId}',
    summary: 'Changes a training. Conflict `training-changed` when somebody else was faster.',
    input: trainingPath.extend({
      ...trainingInput.shape,
      version,
      asksAgain: z.boolean().describe('Whether those who passed have to pass again'),
    }),
    output: z.object({ version }),
  }),
  retire: procedure({
    allow: 'guidelines.manage',
    method: 'DELETE',
    path: '/trainings/{trainingId}',
    summary: 'Nobody needs it any more',
    input: trainingPath,
    output: nothing,
  }),
  wrongAnswers: procedure({
    allow: 'guidelines.manage',
    method: 'GET',
    path: '/trainings/{trainingId}/wrong-answers',
    summary: 'How often each question was missed at first try, over full groups of five people; never about one',
    input: trainingPath,
    output: z.object({
      people: z.number().int().describe('In full groups; 0: there is none yet'),
      questions: z.array(z.object({ key, wrong: z.number().int() })),
    }),
  }),
}
