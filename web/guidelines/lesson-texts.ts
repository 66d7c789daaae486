import type { Language } from '../platform/i18n.ts'

export interface LessonQuestion {
  key: string
  question: string
  options: { key: string; text: string; right: boolean }[]
  explanation: string
}
export interface LessonText {
  title: string
  lesson: string
  questions: LessonQuestion[]
}
export type TrainingTexts = Partial<Record<Language, LessonText>>

/** Languages differ in words alone: what is asked, and which options are right, changes in all at once. */
const inEach = (texts: TrainingTexts, change: (questions: LessonQuestion[]) => LessonQuestion[]): TrainingTexts =>
  Object.fromEntries(
    Object.entries(texts).map(([language, lesson]) => [language, { ...lesson, questions: change(lesson.questions) }]),
  )

const ofQuestion =
  (key: string, change: (question: LessonQuestion) => LessonQuestion) =>
  (questions: LessonQuestion[]): LessonQuestion[] =>
    questions.map((question) => (question.key === key ? change(question) : question))

const newKey = (): string => crypto.randomUUID()

export const addQuestion = (texts: TrainingTexts): TrainingTexts => {
  const keys = [newKey(), newKey(), newKey()] as const
  const options = [keys[1], keys[2]].map((key, index) => ({ key, text: '', right: index === 0 }))
  return inEach(texts, (questions) => [...questions, { key: keys[0], question: '', options, explanation: '' }])
}

export const removeQuestion = (texts: TrainingTexts, key: string): TrainingTexts =>
  inEach(texts, (questions) => questions.filter((question) => question.key !== key))

export const addOption = (texts: TrainingTexts, key: string): TrainingTexts => {
  const option = { key: newKey(), text: '', right: false }
  return inEach(
    texts,
    ofQuestion(key, (question) => ({ ...question, options: [...question.options, option] })),
  )
}

export const removeOption = (texts: TrainingTexts, key: string, option: string): TrainingTexts =>
  inEach(
    texts,
    ofQuestion(key, (question) => ({ ...question, options: question.options.filter((one) => one.key !== option) })),
  )

export const setRight = (texts: TrainingTexts, key: string, option: string, right: boolean): TrainingTexts =>
  inEach(
    texts,
    ofQuestion(key, (question) => ({
      ...question,
      options: question.options.map((one) => (one.key === option ? { ...one, right } : one)),
    })),
  )
