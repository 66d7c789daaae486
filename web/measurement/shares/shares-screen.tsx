import { Anchor } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Chart } from '../../ui/chart.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Figure } from '../../ui/figure.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { MeasurementPlace } from '../measurement-place.tsx'
import { ShareBars } from './share-bars.tsx'
import styles from './shares.module.css'
import { changeOf, SHARES_DAYS, type Shares, sharesDays, sharesOptions } from './shares-query.ts'

/** The first chart a manager sees: how much of what is said of us and of our competitors is said of us. */
export function SharesScreen() {
  const t = useTexts('measurement')
  const navigate = useNavigate({ from: '/w/$slug/measure/shares' })
  const days = sharesDays(useSearch({ from: '/w/$slug/measure/shares' }).days)
  const { data } = useSuspenseQuery(sharesOptions(useApi(), days))
  const mentioned = data.items.some(({ mentions }) => mentions > 0)
  return (
    <MeasurementPlace
      title={t('shares.title')}
      filters={
        <FilterBar
          label={t('shares.period')}
          options={SHARES_DAYS.map((count) => ({ value: String(count), label: t('shares.days', { count }) }))}
          value={String(days)}
          onChange={(chosen) => void navigate({ search: { days: chosen }, replace: true })}
        />
      }
    >
      {data.items.length === 0 ? <NoTopics /> : <Voice shares={data} />}
      {mentioned && <MentionsByDay shares={data} />}
    </MeasurementPlace>
  )
}

function NoTopics() {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  return (
    <Empty
      icon={IconChartBar}
      title={t('shares.none.title')}
      action={
        <Anchor renderRoot={(props) => <Link to="/w/$slug/listening/topics" params={{ slug }} {...props} />}>
          {t('shares.none.action')}
        </Anchor>
      }
    >
      {t('shares.none.how')}
    </Empty>
  )
}

function Voice({ shares }: { shares: Shares }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { own, items, from, until, rowsFrom } = shares
  const competitors = items.filter(({ kind }) => kind === 'competitor')
  const mentions = items.reduce((sum, item) => sum + item.mentions, 0)
  const expired = items.reduce((sum, item) => sum + item.expired, 0)
  return (
    <section className={styles.voice}>
      <Figure
        label={t('shares.ours')}
        value={own.share === null ? null : formats.percent(own.share, 1)}
        {...changeOf(own, formats, t)}
        formula={own.share === null ? t('shares.noMentions') : t('shares.formula')}
        period={t('shares.fromUntil', { from: formats.date(from), until: formats.date(until) })}
        basis={t('shares.basis', { count: mentions, number: formats.number(mentions) })}
      />
      <ShareBars items={items} from={from} until={until} />
      {competitors.length === 0 && <p className={styles.note}>{t('shares.noCompetitors')}</p>}
      {expired > 0 && (
        <p className={styles.note}>
          {t('shares.expired', {
            count: expired,
            number: formats.number(expired),
            of: formats.number(mentions),
            date: formats.date(rowsFrom),
          })}
        </p>
      )}
    </section>
  )
}

function MentionsByDay({ shares: { items, days } }: { shares: Shares }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  return (
    <Chart
      title={t('shares.byDay')}
      unit={t('shares.unit')}
      axis={t('shares.day')}
      kind="line"
      data={{
        // Noon is on the same day wherever the reader is.
        labels: days.map((day) => formats.date(new Date(`${day}T12:00:00Z`))),
        series: items.filter(({ mentions }) => mentions > 0).map(({ name, byDay }) => ({ name, values: byDay })),
        lastIsIncomplete: true,
      }}
    />
  )
}
