import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useFormats } from '../platform/formats.ts'
import { i18n, useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { NetworkMark } from '../ui/network-mark.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './health.module.css'
import { type Health, type HealthSource, type HealthStream, streamIsSilent, troubledFirst } from './troubles.ts'

const SOURCE_TONES: Record<string, Tone> = {
  active: 'good',
  failing: 'notice',
  'needs-credentials': 'urgent',
  gone: 'urgent',
  'over-budget': 'notice',
}
const DELIVERY_TONES: Record<string, Tone> = { unknown: 'urgent', refused: 'notice' }

interface Cell {
  header: string
  value: ReactNode
  numeric?: boolean
}
interface Row {
  id: string
  name: ReactNode
  cells: Cell[]
}

/** 'bluesky-stream' brings the network 'bluesky'. */
const networkOfStream = (name: string): string => name.replace(/-stream$/, '')
/** As the sources of a workspace call it. */
export const streamName = (name: string): string => i18n.t(`listening:network.${name}`, { defaultValue: name })

/** A table that becomes cards on a phone; the first cell names its row. */
export function Table({ label, first, rows }: { label: string; first: string; rows: Row[] }) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {rows[0]?.cells.map(({ header, numeric }) => (
            <th key={header} scope="col" data-numeric={numeric || undefined}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, cells }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {cells.map(({ header, value, numeric }) => (
              <td key={header} data-header={header} data-numeric={numeric || undefined}>
                {value}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function Sources({ sources, now }: { sources: HealthSource[]; now: Date }) {
  const t = useTexts('health')
  const { slug } = useWorkspace()
  const formats = useFormats()
  const rows = troubledFirst(sources).map((source) => ({
    id: source.sourceId,
    name: (
      <>
        <span className={styles.mark}>
          <NetworkMark network={networkOfStream(source.network)} />
          <Link to="/w/$slug/listening/sources/$sourceId" params={{ slug, sourceId: source.sourceId }}>
            {source.name}
          </Link>
        </span>
        {source.lastFailure && (
          <Failure name={source.lastFailure} detail={source.lastFailureDetail} at={source.lastFailureAt} />
        )}
      </>
    ),
    cells: [
      {
        header: t('column.state'),
        value: (
          <Tag tone={SOURCE_TONES[source.state] ?? 'neutral'}>
            {t(`state.${source.state}`, { defaultValue: source.state })}
          </Tag>
        ),
      },
      { header: t('column.lag'), value: <Lag since={source.lastSuccessAt} now={now} /> },
      { header: t('column.lastHeard'), value: <Moment at={source.lastHeardAt} /> },
      { header: t('column.heard'), value: formats.number(Number(source.heardCount)), numeric: true },
      { header: t('column.kept'), value: formats.number(Number(source.keptCount)), numeric: true },
    ],
  }))
  return <Table label={t('part.sources.title')} first={t('column.source')} rows={rows} />
}

export function Streams({ streams, now }: { streams: HealthStream[]; now: Date }) {
  const t = useTexts('health')
  const formats = useFormats()
  const rows = streams.map((stream) => {
    const silent = streamIsSilent(stream, now.getTime())
    return {
      id: stream.name,
      name: (
        <>
          <span className={styles.mark}>
            <NetworkMark network={networkOfStream(stream.name)} />
            {streamName(stream.name)}
          </span>
          {stream.lastFailure && silent && (
            <Failure name={stream.lastFailure} detail={null} at={stream.lastFailureAt} />
          )}
        </>
      ),
      cells: [
        {
          header: t('column.state'),
          value: <Tag tone={silent ? 'urgent' : 'good'}>{silent ? t('state.silent') : t('state.connected')}</Tag>,
        },
        { header: t('column.lag'), value: <Lag since={stream.lastItemAt} now={now} /> },
        { header: t('column.heard'), value: formats.number(Number(stream.heardCount)), numeric: true },
        { header: t('column.kept'), value: formats.number(Number(stream.keptCount)), numeric: true },
      ],
    }
  })
  return <Table label={t('part.streams.title')} first={t('column.stream')} rows={rows} />
}

export function Deliveries({ deliveries }: { deliveries: Health['deliveries'] }) {
  const t = useTexts('health')
  const formats = useFormats()
  const rows = deliveries.map(({ state, count, oldestAt }) => ({
    id: state,
    name: <Tag tone={DELIVERY_TONES[state] ?? 'neutral'}>{t(`delivery.${state}`, { defaultValue: state })}</Tag>,
    cells: [
      { header: t('column.count'), value: formats.number(count), numeric: true },
      { header: t('column.oldest'), value: <Moment at={oldestAt} /> },
    ],
  }))
  return <Table label={t('part.deliveries.title')} first={t('column.state')} rows={rows} />
}

export function Subscribers({ subscribers }: { subscribers: Health['subscribers'] }) {
  const t = useTexts('health')
  const formats = useFormats()
  const rows = subscribers.map(({ name, pending, attempts, retryAt, lastError }) => ({
    id: name,
    name: (
      <>
        <code>{name}</code>
        {lastError && <div className={`${styles.failure} ${styles.detail}`}>{lastError}</div>}
      </>
    ),
    cells: [
      {
        header: t('column.state'),
        value: (
          <Tag tone={attempts > 0 ? 'urgent' : 'good'}>{attempts > 0 ? t('state.retrying') : t('state.active')}</Tag>
        ),
      },
      { header: t('column.pending'), value: formats.number(pending), numeric: true },
      { header: t('column.attempts'), value: formats.number(attempts), numeric: true },
      { header: t('column.retry'), value: <Moment at={retryAt} /> },
    ],
  }))
  return <Table label={t('part.subscribers.title')} first={t('column.subscriber')} rows={rows} />
}

export function Jobs({ jobs, now }: { jobs: Health['jobs']; now: Date }) {
  const t = useTexts('health')
  const formats = useFormats()
  const rows = jobs.map(({ task, due, running, failed, oldestDueAt, lastError }) => ({
    id: task,
    name: (
      <>
        <code>{task}</code>
        {lastError && <div className={`${styles.failure} ${styles.detail}`}>{lastError}</div>}
      </>
    ),
    cells: [
      { header: t('column.due'), value: formats.number(due), numeric: true },
      { header: t('column.running'), value: formats.number(running), numeric: true },
      { header: t('column.failed'), value: formats.number(failed), numeric: true },
      { header: t('column.lag'), value: <Lag since={oldestDueAt} now={now} /> },
    ],
  }))
  return <Table label={t('part.jobs.title')} first={t('column.task')} rows={rows} />
}

/** What happened, what to do, and the words of whoever refused. */
function Failure({ name, detail, at }: { name: string; detail: string | null; at: Date | null }) {
  const t = useTexts('health')
  const known = i18n.exists(`listening:failure.${name}`)
  return (
    <div className={styles.failure}>
      {known ? t(`listening:failure.${name}`) : t('listening:failure.other', { name })}
      <div className={styles.detail}>
        {at && <TimeAgo time={at} />} {detail && <code>{detail}</code>}
      </div>
    </div>
  )
}

export function Moment({ at }: { at: Date | null }) {
  return at ? <TimeAgo time={at} /> : <>–</>
}

function Lag({ since, now }: { since: Date | null; now: Date }) {
  const formats = useFormats()
  if (!since) return <>–</>
  return <span title={formats.exact(since)}>{formats.duration(Math.max(0, now.getTime() - since.getTime()))}</span>
}
