import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import styles from './guidelines.module.css'

interface WrongAnswersProps {
  trainingId: string
  questions: { key: string; question: string }[]
}

/** What the lesson does not explain well enough: over groups of five people, never about one. */
export function WrongAnswers({ trainingId, questions }: WrongAnswersProps) {
  const t = useTexts('guidelines')
  const api = useApi()
  const { data } = useQuery(api.guidelines.trainings.wrongAnswers.queryOptions({ input: { trainingId } }))
  if (!data) return null
  return (
    <section>
      <h2>{t('wrongAnswers')}</h2>
      <p className={styles.quiet}>
        {t(data.people === 0 ? 'wrongAnswersNone' : 'wrongAnswersWhy', { count: data.people })}
      </p>
      <ul className={styles.rows}>
        {data.questions.map(({ key, wrong }) => (
          <li key={key} className={styles.row}>
            <span className={styles.name}>{questions.find((one) => one.key === key)?.question}</span>
            <span>{t('missedBy', { count: wrong, people: data.people })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
