import { modules, subscriptions } from './modules.ts'
import { runJobs } from './platform/jobs.ts'
import type { Metrics } from './platform/metrics.ts'
import { runSubscriptions } from './platform/subscriptions.ts'
import { schedule } from './schedule.ts'
import type { Started } from './start.ts'

/** Loops, subscribers and jobs, until the signal aborts. Several workers may run beside each other. */
export async function runWorker(
  { services, jobsConnection }: Started,
  metrics: Metrics,
  signal: AbortSignal,
): Promise<void> {
  const { database, clock, log } = services
  const tasks = Object.fromEntries(
    modules
      .flatMap((module) => Object.entries(module.tasks ?? {}))
      .map(([name, task]) => [name, (payload: Record<string, string>) => task(services, payload)]),
  )
  await Promise.all([
    runSubscriptions({ database, subscriptions: subscriptions(services), clock, log, signal }),
    runJobs({ connection: jobsConnection, tasks, schedule, log, signal, onRun: metrics.observeJob }),
    ...modules.flatMap((module) => module.loops ?? []).map((loop) => loop.run(services, signal)),
  ])
}
