import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Chart } from '../ui/chart.tsx'
import styles from './crisis.module.css'
import type { Crisis } from './shapes.ts'

/** As they are now, or as they were kept at the all-clear. Of the team, whoever did it. */
export function CrisisFigures({ crisis }: { crisis: Crisis }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const now = useQuery({
    ...useApi().crisis.figures.queryOptions({ input: { crisisId: crisis.crisisId } }),
    enabled: useMay('inbox.read') && crisis.figures === null && !crisis.figuresClosed,
  }).data
  const figures = crisis.figures ?? now
  if (crisis.figuresClosed) return <p className={styles.quiet}>{t('figure.closed')}</p>
  if (!figures) return null
  const { posts, postsWithLabel, negative, conversations, answered, waiting, firstAnswerMinutes, heldBack } = figures
  const shown: [string, string, string][] = [
    ['posts', formats.number(posts), ''],
    [
      'negative',
      postsWithLabel === 0 ? '–' : formats.percent(negative / postsWithLabel),
      t('figure.of', { count: postsWithLabel }),
    ],
    ['peak', formats.number(figures.peakPosts), figures.peakAt ? formats.clock(figures.peakAt) : ''],
    ['conversations', formats.number(conversations), ''],
    ['answered', formats.number(answered), ''],
    ['waiting', formats.number(waiting), ''],
    ['firstAnswer', firstAnswerMinutes === null ? '–' : formats.duration(firstAnswerMinutes * 60_000), ''],
    ['heldBack', formats.number(heldBack), ''],
  ]
  return (
    <section>
      <h2>{t('figure.title')}</h2>
      <dl className={styles.figures}>
        {shown.map(([key, value, note]) => (
          <div key={key}>
            <dt title={t(`figure.${key}Why`)}>{t(`figure.${key}`)}</dt>
            <dd>
              {value} {note && <span className={styles.quiet}>{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {figures.curve.length > 1 && (
        <Chart
          title={t('figure.curve')}
          unit={t('figure.unit')}
          axis={t('figure.time')}
          kind="bar"
          data={{
            labels: figures.curve.map(({ at }) => formats.clock(at)),
            series: [{ name: t('figure.posts'), values: figures.curve.map(({ posts: said }) => said) }],
          }}
        />
      )}
    </section>
  )
}
