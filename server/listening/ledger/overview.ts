import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { ledger as contract } from '../../../contract/listening-ledger.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { connectorOf } from '../networks.ts'
import { readSource, type SourceRow } from '../source-rows.ts'
import { budgetOf } from './budgets.ts'
import { monthUse } from './days.ts'
import { usedShare } from './pace.ts'
import { currencyOf } from './prices.ts'
import { silenceAllowed } from './rhythm.ts'
import { silencesOf } from './silence.ts'

const DAY_MS = 86_400_000
const SOURCES_MAX = 500

type Overview = z.infer<(typeof contract.overview)['~orpc']['outputSchema'] & z.ZodType>
type SourceLedger = Overview['items'][number]
type Sums = Overview['total']

export async function readOverview(tx: WorkspaceTransaction, services: Services, days: number): Promise<Overview> {
  const from = firstDay(services, days)
  const sources = await tx.sql
    .selectFrom('source')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .limit(SOURCES_MAX)
    .execute()
  const items = await ledgersOf(tx, services, sources, from)
  return { from, currency: await currencyOf(tx), items, total: totalOf(items) }
}

export async function readOfSource(tx: WorkspaceTransaction, services: Services, sourceId: string, days: number) {
  const from = firstDay(services, days)
  const [source] = await ledgersOf(tx, services, [await readSource(tx, sourceId)], from)
  if (!source) throw new Error('a source without a ledger')
  const { rows } = await sql<Omit<Sums, 'relevant' | 'costPerRelevantMicros'> & { day: string }>`
    select to_char(day, 'YYYY-MM-DD') as day, ${COUNTS} from source_day
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId} and day >= ${dayOf(from)}::date
      and (asked > 0 or heard > 0 or fixed_micros > 0) order by source_day.day`.execute(tx.sql)
  return { currency: await currencyOf(tx), source, days: rows }
}

const COUNTS: RawBuilder<unknown> = sql`asked::float8 as asked, failed::float8 as failed, heard::float8 as heard,
  kept::float8 as kept, matched::float8 as matched, (usage_micros + fixed_micros)::float8 as "costMicros"`

/** Today and the days before it. */
const firstDay = ({ clock }: Services, days: number): Date =>
  new Date((Math.floor(clock.now().getTime() / DAY_MS) - days + 1) * DAY_MS)

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

interface Read {
  sourceId: string
  asked: number
  failed: number
  heard: number
  kept: number
  matched: number
  rejected: number
  costMicros: number
  streamHeard: number
  gapsOpen: number
  gapsLost: number
}

async function ledgersOf(
  tx: WorkspaceTransaction,
  services: Services,
  sources: SourceRow[],
  from: Date,
): Promise<SourceLedger[]> {
  const read = await readSums(
    tx,
    sources.map((source) => source.source_id),
    from,
  )
  const silences = await silencesOf(
    tx,
    sources.map((source) => source.source_id),
  )
  const ledgers: SourceLedger[] = []
  for (const source of sources) {
    const sums = read.get(source.source_id)
    if (!sums) continue
    const budget = budgetOf(source)
    const limited = budget.posts !== null || budget.micros !== null
    const used = limited ? usedShare(await monthUse(tx, source.source_id, services.clock.now()), budget) : null
    const everyMs = (connectorOf(services, source.network)?.capabilities.pollEverySeconds ?? 0) * 1_000
    const allowed = source.hears_stream ? null : silenceAllowed(silences.get(source.source_id) ?? [], everyMs)
    ledgers.push({ ...present(source, sums), ...rhythmOf(source, allowed), budget, budgetUsed: used })
  }
  return ledgers
}

const rhythmOf = (source: SourceRow, allowedMs: number | null) => ({
  silentSince: source.silent_since,
  silentAfter:
    allowedMs === null || source.newest_at === null ? null : new Date(source.newest_at.getTime() + allowedMs),
})

function present(
  source: SourceRow,
  read: Read,
): Omit<SourceLedger, 'budget' | 'budgetUsed' | 'silentSince' | 'silentAfter'> {
  const { rejected, streamHeard, ...counts } = read
  const { quota_limit, quota_left, quota_resets_at } = source
  return {
    ...counts,
    ...worthOf(counts.matched - rejected, counts.costMicros),
    streamHeard: source.hears_stream ? streamHeard : null,
    network: source.network,
    name: source.name,
    state: source.state,
    lastSuccessAt: source.last_success_at,
    newestAt: source.newest_at,
    quota:
      quota_limit === null || quota_left === null || quota_resets_at === null
        ? null
        : { limit: Number(quota_limit), left: Number(quota_left), resetsAt: quota_resets_at },
  }
}

function worthOf(heard: number, costMicros: number): Pick<Sums, 'relevant' | 'costPerRelevantMicros'> {
  const relevant = Math.max(0, heard)
  return { relevant, costPerRelevantMicros: relevant === 0 ? null : Math.round(costMicros / relevant) }
}

function totalOf(items: SourceLedger[]): Sums {
  const sum = (of: (item: SourceLedger) => number) => items.reduce((total, item) => total + of(item), 0)
  const costMicros = sum((item) => item.costMicros)
  return {
    asked: sum((item) => item.asked),
    failed: sum((item) => item.failed),
    heard: sum((item) => item.heard),
    kept: sum((item) => item.kept),
    matched: sum((item) => item.matched),
    costMicros,
    ...worthOf(
      sum((item) => item.relevant),
      costMicros,
    ),
  }
}

/** A post counts as rejected when people rejected it for every topic that found it. */
async function readSums(tx: WorkspaceTransaction, sourceIds: string[], from: Date): Promise<Map<string, Read>> {
  const { rows } = await sql<Read>`
    select s.source_id as "sourceId", ${COUNTS}, "streamHeard", rejected::float8 as rejected, "gapsOpen", "gapsLost"
    from source s
    cross join lateral (
      select coalesce(sum(asked), 0) as asked, coalesce(sum(failed), 0) as failed, coalesce(sum(heard), 0) as heard,
        coalesce(sum(kept), 0) as kept, coalesce(sum(matched), 0) as matched,
        coalesce(sum(usage_micros), 0) as usage_micros, coalesce(sum(fixed_micros), 0) as fixed_micros
      from source_day d where d.workspace_id = s.workspace_id and d.source_id = s.source_id and d.day >= ${dayOf(from)}::date) days
    cross join lateral (
      select coalesce(sum(heard), 0)::float8 as "streamHeard" from system.stream_day t
      where t.stream = s.network and s.hears_stream and t.day >= ${dayOf(from)}::date) stream
    cross join lateral (
      select count(*) filter (where outcome in ('open', 'filling'))::float8 as "gapsOpen",
        count(*) filter (where outcome in ('unsure', 'lost') and from_at >= ${from})::float8 as "gapsLost"
      from source_gap g where g.workspace_id = s.workspace_id and g.source_id = s.source_id) gaps
    cross join lateral (
      select count(distinct v.post_id) as rejected from verdict v
        join post p on p.workspace_id = v.workspace_id and p.post_id = v.post_id
      where v.workspace_id = s.workspace_id and v.taken_back_at is null and v.side = 'not-for-us'
        and p.source_id = s.source_id and p.heard_at >= ${from}
        and not exists (select from mention m where m.workspace_id = p.workspace_id and m.post_id = p.post_id
          and m.state <> 'rejected')) sorted
    where s.workspace_id = ${tx.workspaceId} and s.source_id = any(${sourceIds}::uuid[])`.execute(tx.sql)
  return new Map(rows.map((row) => [row.sourceId, row]))
}
