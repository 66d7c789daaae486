import { type CronItem, Logger, parseCronItems, type Runner, run, runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import type { Sql, WorkspaceTransaction } from './database.ts'
import type { Log } from './log.ts'

const ATTEMPTS_MAX = 5
const CONCURRENCY = 4
const POLL_INTERVAL_MS = 5_000
/** After this, a job that still runs at the end of the process is given back and runs again elsewhere. */
const GRACE_MS = 10_000
const REMOVED_AT_ONCE_MAX = 1_000

export const JOBS_ROLE = 'rapport_jobs'

/** Ids and words only: what a job needs it reads when it runs. */
export type JobPayload = Record<string, string>

/** One line that calls a domain function. Safe to run twice; throws to be tried again, with exponential back-off. */
export type JobTask = (payload: JobPayload) => Promise<void>

export interface ScheduledJob {
  task: string
  /** Five fields of crontab(5), in UTC. */
  cron: string
}

export interface AddJobOptions {
  runAt?: Date
  /** At most one waiting job with this key: a later one replaces it. */
  key?: string
  attemptsMax?: number
}

/**
 * Adds a job inside the transaction: it exists when the transaction commits, and not otherwise. In a workspace the
 * payload carries its id. An unknown task is refused here, not when it runs.
 */
export async function addJob(
  within: WorkspaceTransaction | Sql,
  task: string,
  payload: JobPayload,
  options: AddJobOptions = {},
): Promise<void> {
  const inWorkspace = 'workspaceId' in within
  const json = JSON.stringify(inWorkspace ? { ...payload, workspaceId: within.workspaceId } : payload)
  const { runAt = null, key = null, attemptsMax = ATTEMPTS_MAX } = options
  await sql`select system.add_job(${task}, ${json}::jsonb, ${runAt}::timestamptz, ${key}, ${attemptsMax}::int)`.execute(
    inWorkspace ? within.sql : within,
  )
}

/**
 * The part of the migration step that graphile-worker does itself: its tables, owned by rapport_jobs, the role's password
 * and the names of the tasks. `admin` is who migrates.
 */
export async function installJobs(admin: pg.ClientConfig, password: string, tasks: string[]): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    await client.query(`alter role ${JOBS_ROLE} password ${client.escapeLiteral(password)}`)
    await registerTasks(client, tasks)
  } finally {
    await client.end()
  }
  const pool = openPool({ ...admin, max: 2, options: `-c role=${JOBS_ROLE}` })
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
  } finally {
    await pool.end()
  }
}

/** Adds names only: while a new version migrates, the old one still runs and adds its own. */
export async function registerTasks(client: pg.Client, tasks: string[]): Promise<void> {
  await client.query('insert into system.job_task (name) select unnest($1::text[]) on conflict do nothing', [tasks])
}

export interface RunJobsOptions {
  /** Logs in as rapport_jobs. */
  connection: pg.ClientConfig
  tasks: Record<string, JobTask>
  schedule?: ScheduledJob[]
  log: Log
  signal: AbortSignal
  /** Called after each run, for the metrics. */
  onRun?: (task: string, outcome: 'done' | 'failed', seconds: number) => void
}

/** Runs jobs until the signal aborts, then waits for those that run. Several processes share the queue. */
export async function runJobs(options: RunJobsOptions): Promise<void> {
  const { log, signal } = options
  if (signal.aborted) return
  const pool = openPool({ ...options.connection, max: CONCURRENCY + 2, application_name: 'rapport-jobs' })
  try {
    const runner = await run({
      pgPool: pool,
      concurrency: CONCURRENCY,
      pollInterval: POLL_INTERVAL_MS,
      noHandleSignals: true,
      taskList: Object.fromEntries(
        Object.entries(options.tasks).map(([name, task]) => [name, measured(name, task, options)]),
      ),
      parsedCronItems: parseCronItems((options.schedule ?? []).map(cronItem)),
      logger: new Logger(() => (level, message, meta) => relay(log, level, message, meta)),
      // Unbatched, the queue does not wait for the last "done" to be written when it stops, and that job would run twice.
      preset: { worker: { gracefulShutdownAbortTimeout: GRACE_MS, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })
    await untilStopped(runner, signal)
  } finally {
    await pool.end()
  }
}

/** Removes jobs that failed for good before a time. Returns how many; fewer than a thousand means that none are left. */
export async function removeFailedJobs(system: Sql, before: Date): Promise<number> {
  const { rows } = await sql<{
    removed: string
  }>`select system.remove_failed_jobs(${before}, ${REMOVED_AT_ONCE_MAX}) as removed`.execute(system)
  return Number(rows[0]?.removed ?? 0)
}

export interface JobCounts {
  task: string
  due: number
  running: number
  /** Tried as often as allowed. */
  failed: number
  oldestDueAt: Date | null
  lastError: string | null
}

export async function countJobs(system: Sql): Promise<JobCounts[]> {
  const { rows } = await sql<{
    task: string
    due: string
    running: string
    failed: string
    oldest_due_at: Date | null
    last_error: string | null
  }>`
    select * from system.job_counts()`.execute(system)
  return rows.map((row) => ({
    task: row.task,
    due: Number(row.due),
    running: Number(row.running),
    failed: Number(row.failed),
    oldestDueAt: row.oldest_due_at,
    lastError: row.last_error,
  }))
}

/** A connection that PostgreSQL ends is replaced; without listeners it would end the process. */
function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function measured(name: string, task: JobTask, options: RunJobsOptions) {
  return async (payload: unknown) => {
    const startedAt = performance.now()
    let outcome: 'done' | 'failed' = 'failed'
    try {
      await task(wordsOf(payload))
      outcome = 'done'
    } finally {
      options.onRun?.(name, outcome, (performance.now() - startedAt) / 1000)
    }
  }
}

/** The queue adds an object of its own (`_cron`) to what is scheduled. */
const wordsOf = (payload: unknown): JobPayload =>
  Object.fromEntries(
    Object.entries(payload ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

const cronItem = ({ task, cron }: ScheduledJob): CronItem => ({
  task,
  match: cron,
  identifier: task,
  // One waiting run is enough: after a long stop, hours are not made up one by one.
  options: { maxAttempts: ATTEMPTS_MAX, jobKey: `schedule:${task}`, jobKeyMode: 'replace' },
})

/** A failed run is logged once, with its task and attempt but without its payload; what the queue says of itself is debug. */
function relay(log: Log, level: string, message: string, meta?: Record<string, unknown>): void {
  if (meta?.failure === true) {
    const job = meta.job as { id: string; task_identifier: string; attempts: number; max_attempts: number }
    const fields = {
      err: meta.error,
      task: job.task_identifier,
      jobId: job.id,
      attempt: job.attempts,
      attemptsMax: job.max_attempts,
    }
    log.error(fields, job.attempts >= job.max_attempts ? 'job failed for good' : 'job failed, will be tried again')
  } else if (level === 'error') log.error({ err: meta?.error }, message)
  else if (level === 'warning') log.warn(message)
  else log.debug(message)
}

async function untilStopped(runner: Runner, signal: AbortSignal): Promise<void> {
  let stopping: Promise<void> | undefined
  const stop = () => {
    stopping ??= runner.stop().catch(() => {})
  }
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    await runner.promise
  } finally {
    signal.removeEventListener('abort', stop)
    await stopping
  }
}
