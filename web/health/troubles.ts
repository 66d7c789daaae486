import type { useApi } from '../platform/session.ts'

type Overview = ReturnType<typeof useApi>['health']['overview']
export type Health = Awaited<ReturnType<Overview['call']>>
export type HealthSource = Health['sources'][number]
export type HealthStream = Health['streams'][number]

export type Part = 'sources' | 'streams' | 'subscribers' | 'deliveries' | 'webhooks' | 'jobs' | 'quarantine'

/** Something that a person should look at. `urgent`: something does not happen now; `notice`: it will, or may. */
export interface Trouble {
  part: Part
  tone: 'urgent' | 'notice'
  /** Key of its sentence. */
  kind: string
  /** What it is about, as its own name. */
  name: string
  count: number
}

const MINUTE = 60_000
/** Work that waits longer than this waits for something else than its turn. */
const JOB_LATE_MS = 10 * MINUTE
const PENDING_LATE = 500
const STREAM_SILENT_MS = 5 * MINUTE

/** What stands in the way of hearing, answering and counting, the urgent first. */
export function findTroubles(health: Health): Trouble[] {
  const now = health.at.getTime()
  const troubles = [
    ...health.sources.flatMap(troubleOfSource),
    ...health.streams.flatMap((stream) => troubleOfStream(stream, now)),
    ...health.subscribers.flatMap(troubleOfSubscriber),
    ...health.deliveries.flatMap(troubleOfDelivery),
    ...health.webhooks.flatMap(troubleOfWebhook),
    ...health.jobs.flatMap((job) => troubleOfJob(job, now)),
    ...(health.quarantined > 0 ? [trouble('quarantine', 'notice', 'quarantined', '', health.quarantined)] : []),
  ]
  return troubles.sort((one, other) => Number(one.tone === 'notice') - Number(other.tone === 'notice'))
}

const trouble = (part: Part, tone: Trouble['tone'], kind: string, name: string, count = 1): Trouble => ({
  part,
  tone,
  kind,
  name,
  count,
})

function troubleOfSource({ state, name, silentSince }: HealthSource): Trouble[] {
  if (state === 'needs-credentials' || state === 'gone') return [trouble('sources', 'urgent', `source-${state}`, name)]
  if (state === 'failing' || state === 'over-budget') return [trouble('sources', 'notice', `source-${state}`, name)]
  return state === 'active' && silentSince ? [trouble('sources', 'notice', 'source-silent', name)] : []
}

/** Heard a moment ago, and not the last time: mostly it passes, so it is told and alarms nobody. */
export const hasStumbled = ({ state, lastFailure }: HealthSource): boolean => state === 'active' && lastFailure !== null

export const streamIsSilent = (stream: HealthStream, now: number): boolean =>
  stream.connectedAt === null || now - (stream.lastItemAt ?? stream.connectedAt).getTime() > STREAM_SILENT_MS

const troubleOfStream = (stream: HealthStream, now: number): Trouble[] =>
  streamIsSilent(stream, now) ? [trouble('streams', 'urgent', 'stream-silent', stream.name)] : []

function troubleOfSubscriber({ name, attempts, pending }: Health['subscribers'][number]): Trouble[] {
  if (attempts > 0) return [trouble('subscribers', 'urgent', 'subscriber-failing', name, attempts)]
  return pending >= PENDING_LATE ? [trouble('subscribers', 'notice', 'subscriber-behind', name, pending)] : []
}

function troubleOfDelivery({ state, count }: Health['deliveries'][number]): Trouble[] {
  if (state === 'unknown') return [trouble('deliveries', 'urgent', 'delivery-unknown', '', count)]
  return state === 'refused' ? [trouble('deliveries', 'notice', 'delivery-refused', '', count)] : []
}

function troubleOfWebhook({ state, name, failingSince }: Health['webhooks'][number]): Trouble[] {
  if (state === 'stopped') return [trouble('webhooks', 'urgent', 'webhook-stopped', name)]
  return state === 'on' && failingSince ? [trouble('webhooks', 'notice', 'webhook-failing', name)] : []
}

function troubleOfJob({ task, failed, oldestDueAt }: Health['jobs'][number], now: number): Trouble[] {
  if (failed > 0) return [trouble('jobs', 'notice', 'job-failed', task, failed)]
  const late = oldestDueAt !== null && now - oldestDueAt.getTime() > JOB_LATE_MS
  return late ? [trouble('jobs', 'urgent', 'job-late', task)] : []
}

/** What needs a look stands first, each part in its own order otherwise. */
export const troubledFirst = (sources: readonly HealthSource[]): HealthSource[] =>
  [...sources].sort(
    (one, other) => troubleOfSource(other).length - troubleOfSource(one).length || one.name.localeCompare(other.name),
  )
