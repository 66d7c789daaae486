// biome-ignore-all lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Place } from '../ui/place.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './health.module.css'
import { Deliveries, Jobs, Sources, Streams, Subscribers, streamName } from './health-tables.tsx'
import { findTroubles, type Health, hasStumbled, type Part as PartName, type Trouble } from './troubles.ts'
import { Webhooks } from './webhook-table.tsx'

/** How the installation is, seen from this workspace. Asks again by itself; a failed question keeps the last answer. */
const ASK_AGAIN_MS = 10_000

export function HealthScreen() {
  const t = useTexts('health')
  const health = useSuspenseQuery({
    ...useApi().health.overview.queryOptions({ input: {} }),
    refetchInterval: ASK_AGAIN_MS,
  })
  const { data } = health
  return (
    <Place
      title={t('title')}
      beside={
        <>
          {t('asOf')} <TimeAgo time={data.at} />
          {health.isRefetchError && ` · ${t('notRefreshed')}`}
        </>
      }
    >
      <section tabIndex={0} aria-label={t('title')}>
        <Verdict troubles={findTroubles(data)} stumbled={data.sources.filter(hasStumbled).length} />
        <Part name="sources">{data.sources.length > 0 && <Sources sources={data.sources} now={data.at} />}</Part>
        <Part name="streams">{data.streams.length > 0 && <Streams streams={data.streams} now={data.at} />}</Part>
        <Part name="deliveries">{data.deliveries.length > 0 && <Deliveries deliveries={data.deliveries} />}</Part>
        <Part name="webhooks">{data.webhooks.length > 0 && <Webhooks webhooks={data.webhooks} />}</Part>
        <Part name="subscribers">{data.subscribers.length > 0 && <Subscribers subscribers={data.subscribers} />}</Part>
        <Part name="jobs">{data.jobs.length > 0 && <Jobs jobs={data.jobs} now={data.at} />}</Part>
        <Machine health={data} />
      </section>
    </Place>
  )
}

/** One sentence first: all is well, or what is not. Then what may yet pass by itself. */
function Verdict({ troubles, stumbled }: { troubles: Trouble[]; stumbled: number }) {
  const t = useTexts('health')
  const tone = troubles[0]?.tone ?? 'good'
  const Icon = tone === 'good' ? IconCircleCheck : IconAlertTriangle
  return (
    <div className={styles.verdict} data-tone={tone} role="status">
      <Icon size={20} stroke={1.8} aria-hidden />
      <div>
        <p>{tone === 'good' ? t('well') : t('troubles', { count: troubles.length })}</p>
        {troubles.length > 0 && (
          <ul>
            {troubles.map((trouble) => (
              <li key={`${trouble.kind}-${trouble.name}`}>
                <a href={`#${trouble.part}`}>
                  {t(`trouble.${trouble.kind}`, {
                    name: trouble.part === 'streams' ? streamName(trouble.name) : trouble.name,
                    count: trouble.count,
                  })}
                </a>
              </li>
            ))}
          </ul>
        )}
        {stumbled > 0 && (
          <a className={styles.stumbled} href="#sources">
            {t('stumbled', { count: stumbled })}
          </a>
        )}
      </div>
    </div>
  )
}

function Part({ name, children }: { name: PartName; children: ReactNode }) {
  const t = useTexts('health')
  return (
    <section className={styles.part} id={name} aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{t(`part.${name}.title`)}</h2>
      <p className={styles.why}>{t(`part.${name}.why`)}</p>
      {children || <p className={styles.none}>{t(`part.${name}.none`)}</p>}
    </section>
  )
}

function Machine({ health: { quarantined, database, process } }: { health: Health }) {
  const t = useTexts('health')
  const formats = useFormats()
  const facts: [label: string, value: ReactNode][] = [
    [
      t('machine.quarantined'),
      quarantined >= 1000 ? t('machine.atLeast', { number: formats.number(quarantined) }) : formats.number(quarantined),
    ],
    [t('machine.database'), `PostgreSQL ${database.version}`],
    [t('machine.size'), formats.bytes(Number(database.bytes))],
    [t('machine.version'), process.version],
    [t('machine.memory'), formats.bytes(process.memoryBytes)],
    [t('machine.started'), <TimeAgo key="started" time={process.startedAt} />],
  ]
  return (
    <section className={styles.part} id="quarantine" aria-labelledby="machine-title">
      <h2 id="machine-title">{t('machine.title')}</h2>
      <p className={styles.why}>{t('machine.why')}</p>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
