import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { Highlighted } from '../ui/highlighted.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { handleText } from './author-line.tsx'
import listening from './listening.module.css'
import { useNetworkName } from './network-names.ts'
import styles from './query.module.css'
import type { useQueryCheck } from './query-check.ts'
import { QueryFaults } from './query-faults.tsx'
import type { QueryCheck } from './shapes.ts'

type Sample = Extract<QueryCheck, { ok: true }>['preview']['samples'][number]
interface VerdictProps {
  query: string
  check: ReturnType<typeof useQueryCheck>
}

/** Faults with their mends, or how many stored posts it finds. */
export function QueryFinds({ query, check, onMend }: VerdictProps & { onMend(query: string): void }) {
  const t = useTexts('listening')
  const formats = useFormats()
  if (query.trim() === '') return <p className={listening.hint}>{t('query.empty')}</p>
  if (check.error) return <QueryError error={check.error} onRetry={() => void check.refetch()} />
  if (!check.data) return <p className={listening.hint}>{t('query.checking')}</p>
  if (!check.data.ok)
    return check.behind ? null : <QueryFaults faults={check.data.faults} tone="urgent" onMend={onMend} />
  const { warnings, preview } = check.data
  const said = { count: preview.matches, number: formats.number(preview.matches), date: formats.date(preview.from) }
  return (
    <div data-behind={check.behind || undefined} className={listening.verdict}>
      {!check.behind && <QueryFaults faults={warnings} tone="notice" onMend={onMend} />}
      <p className={listening.hint} role="status">
        {preview.matches === 0
          ? t('query.findsNothing', said)
          : t(preview.atLeast ? 'query.findsAtLeast' : 'query.finds', said)}
      </p>
    </div>
  )
}

/** The newest posts that it finds, with what made them match. */
export function QuerySamples({ query, check }: VerdictProps) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const samples = query.trim() !== '' && check.data?.ok ? check.data.preview.samples : []
  return (
    <section className={listening.samples} aria-label={t('query.samples')} data-behind={check.behind || undefined}>
      <h2 className={listening.samplesTitle}>{t('query.samples')}</h2>
      {samples.length === 0 ? (
        <p className={listening.hint}>{t('query.noSamples')}</p>
      ) : (
        <ul className={styles.samples}>
          {samples.map((sample) => (
            <SampleRow key={sample.postId} sample={sample} />
          ))}
        </ul>
      )}
      {check.data?.ok && !check.behind && (
        // In a window of its own: what is typed here stays.
        <Anchor
          target="_blank"
          size="xs"
          renderRoot={(props) => (
            <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ q: query }} {...props} />
          )}
        >
          {t('query.searchAll')}
        </Anchor>
      )}
    </section>
  )
}

function SampleRow({ sample: { network, handle, title, text, publishedAt, spans } }: { sample: Sample }) {
  const networkName = useNetworkName()
  const inPart = (part: 'title' | 'text') =>
    spans.filter(({ field }) => field === part).map(({ start, end }) => ({ from: start, to: end }))
  return (
    <li className={styles.sample}>
      <div className={styles.sampleHead}>
        <NetworkMark network={network} name={networkName(network)} />
        {handle && <span>{handleText(handle)}</span>}
        <TimeAgo time={publishedAt} />
      </div>
      {title && (
        <p>
          <strong>
            <Highlighted text={title} spans={inPart('title')} />
          </strong>
        </p>
      )}
      <p dir="auto">
        <Highlighted text={text} spans={inPart('text')} />
      </p>
    </li>
  )
}
