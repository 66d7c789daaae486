import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Tag, type Tone } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './listening.module.css'
import type { Source, SourceCheck } from './shapes.ts'

const TONES: Record<Source['state'], Tone> = {
  active: 'good',
  paused: 'neutral',
  failing: 'notice',
  'needs-credentials': 'urgent',
  gone: 'urgent',
  'over-budget': 'notice',
}
/** Failures of networks that have a sentence here (server/connectors/connector.ts). */
const NAMED = [
  'rate-limited',
  'credentials-expired',
  'refused',
  'gone',
  'malformed',
  'forbidden-address',
  'unreachable',
  'upstream',
]

export function SourceStateTag({ source }: { source: Pick<Source, 'state'> }) {
  const t = useTexts('listening')
  return <Tag tone={TONES[source.state]}>{t(`sources.states.${source.state}`)}</Tag>
}

type Failure = Extract<SourceCheck, { ok: false }>['failure']

/** What happened and what to do; what operators need stands behind it. */
export function FailureSentence({ failure }: { failure: Failure }) {
  const t = useTexts('listening')
  const said = NAMED.includes(failure.name) ? t(`failure.${failure.name}`) : t('failure.other', { name: failure.name })
  return (
    <>
      {said}
      {failure.until && (
        <>
          {' '}
          {t('failure.until')} <TimeAgo time={failure.until} />.
        </>
      )}
      {failure.detail && <span className={styles.detail}> ({failure.detail})</span>}
    </>
  )
}

/** Only while it matters: a failure that was followed by success is history. */
export function FailureText({ source }: { source: Source }) {
  const t = useTexts('listening')
  const { failure, failures, lastSuccessAt, silentSince, state } = source
  if (state === 'active' && silentSince)
    return (
      <p className={styles.failure}>
        {t('sources.silentSince')} <TimeAgo time={silentSince} />
      </p>
    )
  const over = failure && lastSuccessAt && lastSuccessAt > failure.at && state === 'active'
  if (!failure || over || state === 'paused') return null
  return (
    <p className={styles.failure} data-urgent={TONES[state] === 'urgent' || undefined}>
      <FailureSentence failure={failure} />{' '}
      <span className={styles.detail}>
        {t('failure.since', { count: failures })} <TimeAgo time={failure.at} />
      </span>
    </p>
  )
}

/** Counts come as text; what a number cannot hold exactly is shown as it came. */
export function HeardAndKept({
  source: { heardCount, keptCount },
}: {
  source: Pick<Source, 'heardCount' | 'keptCount'>
}) {
  const t = useTexts('listening')
  const formats = useFormats()
  const said = (count: string) => (count.length > 15 ? count : formats.number(Number(count)))
  return <>{t('sources.heardKept', { heard: said(heardCount), kept: said(keptCount) })}</>
}
