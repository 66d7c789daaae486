import type { ScheduledJob } from './platform/jobs.ts'

/** Everything that runs on a clock, in UTC. Sources, deliveries and snoozes are rows with a due time instead. */
export const schedule: ScheduledJob[] = []
