import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, Next } from 'hono'
import { routePath } from 'hono/route'
import { sql } from 'kysely'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from './database.ts'
import { countJobs } from './jobs.ts'
import type { HttpApp } from './module.ts'
import type { Secrets } from './secrets.ts'
import { readLags } from './subscriptions.ts'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const JOB_SECONDS = [0.01, 0.1, 1, 10, 60, 300]
/** However often somebody asks, the database is asked at most this often. */
const REFRESH_MS = 5_000
const LABEL = /^[a-z][a-z_]{0,30}$/
/** Metrics leave the house: no label may tell customers or colleagues apart. */
const LABELS_REFUSED = /workspace|member|user|person|author|handle|mail|address|(^|_)id$/
const PROCEDURE_PATH = /^\/rpc(\/[A-Za-z]{1,40}){1,4}$/

export interface Metrics {
  /** Counts and times each request under its route's template, never its address. */
  readonly middleware: (context: Context, next: Next) => Promise<void>
  /** Fits `onRun` of runJobs. */
  observeJob(task: string, outcome: 'done' | 'failed', seconds: number): void
  /** A counter of the module's own, such as rapport_intake_posts_total by network and outcome. Labels are words from short lists. */
  counter<Label extends string>(
    name: `rapport_${string}_total`,
    help: string,
    labels: readonly Label[],
  ): (labels: Record<Label, string>, count?: number) => void
  /** The text that Prometheus reads. */
  render(): Promise<string>
}

export interface MetricsOptions {
  database: Database
  subscribers: readonly string[]
  /** Things that only the caller can count, read at each scrape. */
  gauges?: Record<`rapport_${string}`, { help: string; read: () => number }>
}

/** What Prometheus sends as bearer token. Also on loopback, because a reverse proxy on this machine speaks from there too. */
export const metricsToken = (secrets: Secrets): string => secrets.derive('metrics')

export function mountMetrics(app: HttpApp, metrics: Metrics, token: string): void {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const expected = digest(`Bearer ${token}`)
  app.get('/metrics', async (context) => {
    // Equal lengths by hashing, equal time by comparing so.
    if (!timingSafeEqual(digest(context.req.header('authorization') ?? ''), expected))
      return context.text('Give the metrics token as bearer token; "rapport doctor" shows it.\n', 401, {
        'www-authenticate': 'Bearer',
      })
    return context.text(await metrics.render(), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
    })
  })
}

export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'rapport_http_request_seconds',
    help: 'HTTP requests by route template',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  const jobs = new Histogram({
    name: 'rapport_job_seconds',
    help: 'Runs of jobs',
    labelNames: ['task', 'outcome'],
    buckets: JOB_SECONDS,
    registers,
  })
  for (const [name, { help, read }] of Object.entries(options.gauges ?? {}))
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  const refresh = refresher(options, registers)
  return {
    middleware: async (context, next) => {
      const startedAt = performance.now()
      await next()
      const labels = { method: methodOf(context), route: routeOf(context), status: String(context.res.status) }
      requests.observe(labels, (performance.now() - startedAt) / 1000)
    },
    observeJob: (task, outcome, seconds) => jobs.observe({ task, outcome }, seconds),
    counter: (name, help, labelNames) => {
      const refused = labelNames.find((label) => !LABEL.test(label) || LABELS_REFUSED.test(label))
      if (refused) throw new Error(`${name}: the label "${refused}" could tell people apart`)
      const counter = new Counter({ name, help, labelNames, registers })
      return (labels, count = 1) => counter.inc(labels, count)
    },
    render: async () => {
      await refresh()
      return registry.metrics()
    },
  }
}

/** Gauges that are read from the database: the same in every process, so a dashboard takes their maximum. */
function refresher({ database, subscribers }: MetricsOptions, registers: Registry[]): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const up = gauge('rapport_database_up', 'Whether the last question to the database was answered')
  const events = gauge('rapport_events', 'Events recorded since the beginning')
  const pending = gauge('rapport_subscription_pending_events', 'Events that a subscriber has before it', ['subscriber'])
  const failing = gauge('rapport_subscription_failing_workspaces', 'Workspaces in which a subscriber fails', [
    'subscriber',
  ])
  const queued = gauge('rapport_jobs', 'Jobs by task and state (due, running, failed for good)', ['task', 'state'])
  const oldest = gauge('rapport_jobs_oldest_due_seconds', 'How long the oldest due job waits', ['task'])

  const read = async () => {
    const [{ rows }, lags, counts] = await Promise.all([
      sql<{ count: string }>`select system.event_count() as count`.execute(database.system),
      readLags(database.system, subscribers),
      countJobs(database.system),
    ])
    events.set(Number(rows[0]?.count ?? 0))
    for (const subscriber of subscribers) {
      const own = lags.filter((lag) => lag.subscriber === subscriber)
      pending.set(
        { subscriber },
        own.reduce((sum, lag) => sum + lag.pending, 0),
      )
      failing.set({ subscriber }, own.filter((lag) => lag.attempts > 0).length)
    }
    // A task without jobs is absent from the counts.
    queued.reset()
    oldest.reset()
    for (const { task, due, running, failed, oldestDueAt } of counts) {
      queued.set({ task, state: 'due' }, due)
      queued.set({ task, state: 'running' }, running)
      queued.set({ task, state: 'failed' }, failed)
      oldest.set({ task }, oldestDueAt ? Math.max(0, (Date.now() - oldestDueAt.getTime()) / 1000) : 0)
    }
  }

  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  return () => {
    if (performance.now() - readAt < REFRESH_MS) return reading ?? Promise.resolve()
    readAt = performance.now()
    reading = read().then(
      () => up.set(1),
      () => up.set(0),
    )
    return reading
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const methodOf = (context: Context): string => (METHODS.includes(context.req.method) ? context.req.method : 'other')

/** Procedures share one route; those that exist are named, so that strangers cannot make up names. */
function routeOf(context: Context): string {
  const route = routePath(context)
  const isProcedure = route === '/rpc/*' && context.res.status !== 404 && PROCEDURE_PATH.test(context.req.path)
  return isProcedure ? context.req.path : route
}
