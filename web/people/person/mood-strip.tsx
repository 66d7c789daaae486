import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useLanguage, useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import styles from './person.module.css'

const HEIGHT_PX = 44

/** How they spoke, month by month: positive above the line, negative below, as many as there were. Languages beside. */
export function MoodStrip({ personId }: { personId: string }) {
  const t = useTexts('people')
  const formats = useFormats()
  const language = useLanguage()
  const { data } = useQuery(useApi().listening.timelines.moodOfPerson.queryOptions({ input: { personId } }))
  if (!data) return null
  const posts = data.months.reduce((sum, month) => sum + month.posts, 0)
  if (posts === 0) return null
  const most = Math.max(1, ...data.months.flatMap(({ positive, negative }) => [positive, negative]))
  const monthName = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const told = (month: (typeof data.months)[number]) =>
    t('profile.moodOf', {
      month: monthName.format(new Date(month.month)),
      count: month.posts,
      positive: month.positive,
      negative: month.negative,
    })
  const part = (count: number) => ({ height: `${(count / most) * (HEIGHT_PX / 2)}px` })
  return (
    <div className={styles.fact}>
      <h2 className={styles.label}>{t('profile.mood')}</h2>
      <ol className={styles.mood} style={{ height: HEIGHT_PX }}>
        {data.months.map((month) => (
          <li key={month.month} className={styles.month} title={told(month)}>
            <span className="unseen">{told(month)}</span>
            <span className={styles.up} aria-hidden>
              <span className={styles.positive} style={part(month.positive)} />
            </span>
            <span className={styles.negative} style={part(month.negative)} aria-hidden />
          </li>
        ))}
      </ol>
      <p className={styles.quiet}>
        {t(data.more ? 'profile.postsOrMore' : 'profile.posts', { count: posts, number: formats.number(posts) })}
        {data.languages.length > 0 &&
          ` · ${formats.list(data.languages.map((each) => formats.languageName(each.language)))}`}
      </p>
    </div>
  )
}
