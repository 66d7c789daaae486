import { z } from 'zod'
import { SOURCE_STATES } from './listening-sources.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

export const GAP_CAUSES = ['failing', 'paused', 'over-budget', 'not-asked', 'stream-cut'] as const
export const GAP_OUTCOMES = ['open', 'filling', 'filled', 'unsure', 'lost'] as const
export const LEDGER_DAYS_MAX = 400

const count = z.number().int().min(0)
const micros = z.number().int().min(0).describe('Millionths of the unit of the currency')
const limit = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable()
const days = z.coerce.number().int().min(1).max(LEDGER_DAYS_MAX).default(30)
const budget = z.object({
  posts: limit.describe('Posts that the source may bring in a month (UTC); null: no limit'),
  micros: limit.describe('Costs in a month (UTC), in millionths of the unit of the currency; null: no limit'),
})

const sums = z.object({
  asked: count.describe('Requests, one a poll'),
  failed: count.describe('Requests of them that failed'),
  heard: count.describe('Posts that the source brought; of a stream, those that were kept'),
  kept: count.describe('Posts stored for the first time'),
  matched: count.describe('Kept posts that a topic asked for'),
  relevant: count.describe('Matched posts that nobody rejected for every topic that found them'),
  costMicros: micros,
  costPerRelevantMicros: micros.nullable().describe('Null: nothing relevant was heard'),
})

const sourceLedger = sums.extend({
  sourceId: id,
  network: z.string(),
  name: z.string(),
  state: z.enum(SOURCE_STATES),
  streamHeard: count.nullable().describe('Posts that the whole network said meanwhile; null: not a stream'),
  lastSuccessAt: z.date().nullable(),
  newestAt: z.date().nullable().describe('When the newest post of the source was published'),
  silentSince: z.date().nullable().describe('Silent for longer than it ever was; null: as usual, or not known yet'),
  silentAfter: z.date().nullable().describe('Told as silent from then on; null: its rhythm is not known yet'),
  quota: z
    .object({ limit: count, left: count, resetsAt: z.date() })
    .nullable()
    .describe('Null: the network says nothing about it'),
  budget,
  budgetUsed: z.number().nullable().describe('Share of the month’s budget, 1 is all of it; null: no budget'),
  gapsOpen: count.describe('Gaps that are not filled yet'),
  gapsLost: count.describe('Gaps of the period that are lost or perhaps lost'),
})

const price = z.object({
  network: z.string().min(1).max(50),
  requestMicros: micros,
  postMicros: micros.describe('For each post that the source brings'),
  monthMicros: micros.describe('Fixed; split over the days of the month and the sources of the network'),
})

export const ledger = {
  overview: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/ledger',
    summary: 'What each source heard, kept and cost in the last days (UTC), and what it missed',
    input: z.object({ days }),
    output: z.object({
      from: z.date(),
      currency: z.string().nullable().describe('Null: no price is set'),
      items: z.array(sourceLedger),
      total: sums,
    }),
  }),
  ofSource: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/sources/{sourceId}/ledger',
    summary: 'The days of one source, oldest first',
    input: z.object({ sourceId: id, days }),
    output: z.object({
      currency: z.string().nullable(),
      source: sourceLedger,
      days: z.array(
        z.object({
          day: z.iso.date(),
          asked: count,
          failed: count,
          heard: count,
          kept: count,
          matched: count,
          costMicros: micros,
        }),
      ),
    }),
  }),
  gaps: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/sources/{sourceId}/gaps',
    summary: 'Times in which a source could not be heard, and what became of them, newest first',
    input: page.extend({ sourceId: id }),
    output: pageOf(
      z.object({
        gapId: id,
        from: z.date(),
        until: z.date().nullable(),
        because: z.enum(GAP_CAUSES),
        outcome: z.enum(GAP_OUTCOMES),
        kept: count.describe('Posts that filled it'),
      }),
    ),
  }),
  setBudget: procedure({
    allow: 'sources.manage',
    method: 'PUT',
    path: '/sources/{sourceId}/budget',
    summary: 'What a source may use up in a month; it slows near the limit and rests at it',
    input: budget.extend({ sourceId: id }),
    output: nothing,
  }),
  prices: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/ledger/prices',
    summary: 'What each network costs',
    input: nothing,
    output: z.object({ currency: z.string().nullable(), items: z.array(price) }),
  }),
  setPrices: procedure({
    allow: 'sources.manage',
    method: 'PUT',
    path: '/ledger/prices',
    summary: 'Replaces the price table; what was heard before keeps the costs of its time',
    input: z.object({ currency: z.string().regex(/^[A-Z]{3}$/), items: z.array(price).max(100) }),
    output: nothing,
  }),
}
