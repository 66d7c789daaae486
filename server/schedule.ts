import type { ScheduledJob } from './platform/jobs.ts'

/** Everything that runs on a clock, in UTC. Sources, deliveries and snoozes are rows with a due time instead. */
export const schedule: ScheduledJob[] = [
  { task: 'forget-expired-sign-ins', cron: '23 3 * * *' },
  { task: 'accounts.forget-attempts', cron: '17 * * * *' },
  { task: 'forget-failed-jobs', cron: '37 3 * * *' },
  { task: 'privacy.forget-expired', cron: '11 * * * *' },
  { task: 'privacy.remind-of-deadlines', cron: '5 * * * *' },
  { task: 'guidelines.remind', cron: '*/10 * * * *' },
  { task: 'inbox.forget-attachments', cron: '29 4 * * *' },
  { task: 'measurement.forget-expired', cron: '47 4 * * *' },
  { task: 'systems.forget-deliveries', cron: '51 4 * * *' },
  { task: 'crisis.remove-sandboxes', cron: '13 * * * *' },
  { task: 'proofs.forget-unproven', cron: '53 4 * * *' },
  { task: 'inbox.trim-media-cache', cron: '41 * * * *' },
]
