import { Button, Checkbox, Radio } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ButtonLink } from '../accounts/button-link.tsx'
import { useFormats } from '../platform/formats.ts'
import { type Language, useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import styles from './guidelines.module.css'
import { LanguageTabs } from './language-tabs.tsx'
import { MarkdownText } from './markdown.tsx'
import { chosenLanguage } from './titles.ts'
import { WrongAnswers } from './wrong-answers.tsx'

type Api = ReturnType<typeof useApi>['guidelines']['trainings']
type Training = Awaited<ReturnType<Api['get']['call']>>
type Result = Awaited<ReturnType<Api['take']['call']>>
type Lesson = NonNullable<Training['texts'][Language]>
type Question = Lesson['questions'][number]
type Answers = Record<string, string[]>

/** A lesson, then its questions; what was wrong is explained to whoever answered, and kept nowhere. */
export function TrainingScreen() {
  const t = useTexts('guidelines')
  const { slug, trainingId } = useParams({ from: '/w/$slug/programme/trainings/$trainingId' })
  const api = useApi()
  const navigate = useNavigate()
  const reader = useLanguage()
  const mayManage = useMay('guidelines.manage')
  const training = useSuspenseQuery(api.guidelines.trainings.get.queryOptions({ input: { trainingId } })).data
  const [wished, setWished] = useState<Language>(reader)
  const language = chosenLanguage(training.texts, wished)
  const lesson = training.texts[language]
  if (!lesson) return null
  const edit = (
    <ButtonLink to="/w/$slug/programme/trainings/$trainingId/edit" params={{ slug, trainingId }}>
      {t('edit')}
    </ButtonLink>
  )
  return (
    <Place
      title={lesson.title}
      onBack={() => void navigate({ to: '/w/$slug/programme/guidelines', params: { slug } })}
      action={mayManage ? edit : null}
    >
      <div className={styles.column}>
        <div className={styles.actions}>
          <LanguageTabs value={language} among={Object.keys(training.texts) as Language[]} onChange={setWished} />
        </div>
        <OwnStanding training={training} />
        {lesson.lesson !== '' && <MarkdownText text={lesson.lesson} language={language} />}
        <Quiz key={training.version} training={training} lesson={lesson} language={language} />
        {mayManage && <WrongAnswers trainingId={trainingId} questions={lesson.questions} />}
      </div>
    </Place>
  )
}

function OwnStanding({ training: { mine, passPercent } }: { training: Training }) {
  const t = useTexts('guidelines')
  const formats = useFormats()
  if (mine.pausedUntil) return <p className={styles.asleep}>{t('paused', { time: formats.exact(mine.pausedUntil) })}</p>
  if (mine.passedAt && mine.validUntil)
    return (
      <p className={styles.quiet}>
        {t('passedUntil', { date: formats.date(mine.passedAt), until: formats.date(mine.validUntil) })}
      </p>
    )
  if (mine.passedAt) return <p className={styles.quiet}>{t('passedOn', { date: formats.date(mine.passedAt) })}</p>
  return (
    <p className={styles.quiet}>
      {t('needed', { share: formats.percent(passPercent / 100) })} {t('attemptsLeft', { count: mine.attemptsLeft })}
    </p>
  )
}

function Quiz({ training, lesson, language }: { training: Training; lesson: Lesson; language: Language }) {
  const t = useTexts('guidelines')
  const api = useApi()
  const queries = useQueryClient()
  const [answers, setAnswers] = useState<Answers>({})
  const [result, setResult] = useState<Result | null>(null)
  const take = useMutation(
    api.guidelines.trainings.take.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async (judged) => {
        setResult(judged)
        void queries.invalidateQueries({ queryKey: api.accounts.staffing.mine.key() })
        await queries.invalidateQueries({ queryKey: api.guidelines.key() })
      },
    }),
  )
  const { trainingId, version } = training
  const complete = lesson.questions.every(({ key }) => (answers[key] ?? []).length > 0)
  const again = () => {
    setResult(null)
    setAnswers({})
  }
  return (
    <Form
      submit={result || training.mine.pausedUntil || !complete ? null : t('hand')}
      busy={take.isPending}
      error={take.error}
      onSubmit={() => take.mutate({ trainingId, version, language, answers })}
    >
      {lesson.questions.map((question) => (
        <QuizQuestion
          key={question.key}
          question={question}
          chosen={answers[question.key] ?? []}
          judged={result?.questions.find(({ key }) => key === question.key) ?? null}
          onChoose={(keys) => setAnswers({ ...answers, [question.key]: keys })}
        />
      ))}
      {result && (
        <div className={styles.actions} role="status">
          <strong>{t(result.passed ? 'passed' : 'failed')}</strong>
          {!result.passed && !result.pausedUntil && <Button onClick={again}>{t('again')}</Button>}
        </div>
      )}
      {!result && !complete && !training.mine.pausedUntil && <p className={styles.quiet}>{t('answerAll')}</p>}
    </Form>
  )
}

interface QuizQuestionProps {
  question: Question
  chosen: string[]
  judged: Result['questions'][number] | null
  onChoose(keys: string[]): void
}

function QuizQuestion({ question, chosen, judged, onChoose }: QuizQuestionProps) {
  const t = useTexts('guidelines')
  const labelOf = ({ key, text }: Question['options'][number]) =>
    judged?.right.includes(key) ? t('rightOption', { option: text }) : text
  const disabled = judged !== null
  return (
    <div className={styles.question}>
      {question.several ? (
        <Checkbox.Group label={question.question} description={t('several')} value={chosen} onChange={onChoose}>
          {question.options.map((option) => (
            <Checkbox key={option.key} mt={8} value={option.key} label={labelOf(option)} disabled={disabled} />
          ))}
        </Checkbox.Group>
      ) : (
        <Radio.Group label={question.question} value={chosen[0] ?? null} onChange={(key) => onChoose([key])}>
          {question.options.map((option) => (
            <Radio key={option.key} mt={8} value={option.key} label={labelOf(option)} disabled={disabled} />
          ))}
        </Radio.Group>
      )}
      {judged && (
        <p>
          <strong>{t(judged.correct ? 'correct' : 'notCorrect')}</strong> {judged.explanation}
        </p>
      )}
    </div>
  )
}
