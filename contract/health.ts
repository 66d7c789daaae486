import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const moment = z.date().nullable()

export const health = {
  overview: procedure({
    allow: 'health.read',
    method: 'GET',
    path: '/health',
    summary:
      'How the installation is, seen from this workspace: sources, streams, queues, subscribers, with lag and last error',
    input: nothing,
    output: z.object({
      at: z.date(),
      sources: z.array(
        z.object({
          sourceId: id,
          name: z.string(),
          network: z.string(),
          state: z.string(),
          lastSuccessAt: moment,
          lastHeardAt: moment,
          dueAt: moment,
          failures: z.number().int(),
          lastFailure: z.string().nullable(),
          lastFailureDetail: z.string().nullable(),
          lastFailureAt: moment,
          silentSince: moment.describe('Heard without fault, but silent for longer than it ever was'),
          heardCount: z.string(),
          keptCount: z.string(),
        }),
      ),
      streams: z.array(
        z.object({
          name: z.string(),
          connectedAt: moment,
          lastItemAt: moment,
          heardCount: z.string(),
          keptCount: z.string(),
          lastFailure: z.string().nullable(),
          lastFailureAt: moment,
        }),
      ),
      subscribers: z.array(
        z.object({
          name: z.string(),
          pending: z.number().int(),
          attempts: z.number().int(),
          retryAt: moment,
          lastError: z.string().nullable(),
        }),
      ),
      deliveries: z.array(z.object({ state: z.string(), count: z.number().int(), oldestAt: moment })),
      webhooks: z.array(
        z.object({
          webhookId: id,
          name: z.string(),
          state: z.string().describe('on, off, or stopped: told nothing until somebody switches it on'),
          failingSince: moment,
          lastFailure: z.string().nullable().describe('Of the last try; null: it was taken'),
          lastTriedAt: moment,
        }),
      ),
      jobs: z.array(
        z.object({
          task: z.string(),
          due: z.number().int(),
          running: z.number().int(),
          failed: z.number().int(),
          oldestDueAt: moment,
          lastError: z.string().nullable(),
        }),
      ),
      quarantined: z.number().int().describe('Malformed inputs of the last 7 days; at most 1000 are counted'),
      database: z.object({ version: z.string(), bytes: z.string() }),
      process: z.object({ version: z.string(), startedAt: z.date(), memoryBytes: z.number().int() }),
    }),
  }),
}
