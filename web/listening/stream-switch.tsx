import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { useNow } from '../ui/now.ts'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './listening.module.css'
import type { Source } from './shapes.ts'
import { HeardAndKept } from './source-health.tsx'

/** The connector that reads everything public of a network through the installation's one connection. */
export const STREAM_NETWORK = 'bluesky-stream'

/** Whole-network listening: on or off for this workspace, and how the installation's stream is. */
export function StreamSwitch({ sources }: { sources: readonly Source[] }) {
  const t = useTexts('listening')
  const api = useApi()
  const mayManage = useMay('sources.manage')
  const { data: networks } = useQuery(api.listening.sources.networks.queryOptions({ input: {} }))
  const source = sources.find(({ network }) => network === STREAM_NETWORK)
  const possible = networks?.items.some(({ network }) => network === STREAM_NETWORK) ?? true
  const { change, error, isPending } = useSwitch(source)
  const on = source !== undefined && source.state !== 'paused'
  return (
    <section className={styles.stream}>
      <Switch
        label={t('stream.label')}
        description={possible ? t('stream.why') : t('stream.off')}
        checked={on}
        disabled={!possible || !mayManage || isPending}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {source && (
        <p className={styles.hint}>
          <HeardAndKept source={source} />
        </p>
      )}
      {on && <StreamHealth />}
      <div role="alert">{error && <p className={styles.wrong}>{textOfFailure(failureOf(error))}</p>}</div>
    </section>
  )
}

function useSwitch(source: Source | undefined) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const options = {
    meta: { shownInPlace: true },
    onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.sources.key() }),
  }
  const create = useMutation(api.listening.sources.create.mutationOptions(options))
  const pause = useMutation(api.listening.sources.pause.mutationOptions(options))
  const resume = useMutation(api.listening.sources.resume.mutationOptions(options))
  const change = (on: boolean) => {
    if (!source) create.mutate({ network: STREAM_NETWORK, name: t('network.bluesky-stream'), settings: {} })
    else if (on) resume.mutate({ sourceId: source.sourceId })
    else pause.mutate({ sourceId: source.sourceId })
  }
  const all = [create, pause, resume]
  return {
    change,
    isPending: all.some((mutation) => mutation.isPending),
    error: all.find((mutation) => mutation.error)?.error ?? null,
  }
}

const MINUTE_MS = 60_000

function ConnectedFor({ since }: { since: Date }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const minutes = Math.max(1, Math.floor((useNow().getTime() - since.getTime()) / MINUTE_MS))
  return (
    <span title={formats.exact(since)}>{t('stream.connected', { time: formats.duration(minutes * MINUTE_MS) })}</span>
  )
}

const REFRESH_MS = 15_000

function StreamHealth() {
  const t = useTexts('listening')
  const may = useMay('health.read')
  const { data } = useQuery({
    ...useApi().listening.sources.streams.queryOptions({ input: {} }),
    enabled: may,
    refetchInterval: REFRESH_MS,
  })
  const stream = data?.items.find(({ name }) => name === STREAM_NETWORK) ?? data?.items[0]
  if (!stream) return null
  return (
    <p className={styles.hint}>
      {stream.connectedAt ? (
        <ConnectedFor since={stream.connectedAt} />
      ) : (
        <span className={styles.wrong}>{t('stream.disconnected')}</span>
      )}
      {stream.lastItemAt && (
        <>
          {' · '}
          {t('stream.lastItem')} <TimeAgo time={stream.lastItemAt} />
        </>
      )}
      {stream.failure && !stream.connectedAt && (
        <>
          {' · '}
          {t('stream.failure', { name: stream.failure.name })} <TimeAgo time={stream.failure.at} />
        </>
      )}
    </p>
  )
}
