import { sql } from 'kysely'
import { ledger as contract } from '../../../contract/listening-ledger.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { readSource } from '../source-rows.ts'
import { setBudget } from './budgets.ts'
import type { GapCause } from './gaps.ts'
import { readOfSource, readOverview } from './overview.ts'
import { readPrices, setPrices } from './prices.ts'

const { ledger } = implementer<WorkspaceContext>()({ ledger: contract })

export const ledgerProcedures = {
  overview: ledger.overview.handler(({ input, context: { tx, services } }) => readOverview(tx, services, input.days)),
  ofSource: ledger.ofSource.handler(({ input, context: { tx, services } }) =>
    readOfSource(tx, services, input.sourceId, input.days),
  ),
  gaps: ledger.gaps.handler(({ input, context: { tx } }) => listGaps(tx, input)),
  setBudget: ledger.setBudget.handler(async ({ input: { sourceId, ...budget }, context: { tx, services } }) => {
    await setBudget(tx, services, sourceId, budget)
    return {}
  }),
  prices: ledger.prices.handler(({ context: { tx } }) => readPrices(tx)),
  setPrices: ledger.setPrices.handler(async ({ input, context: { tx } }) => {
    await setPrices(tx, input.currency, input.items)
    return {}
  }),
}

interface Gap {
  gapId: string
  from: Date
  until: Date | null
  because: GapCause
  outcome: 'open' | 'filling' | 'filled' | 'unsure' | 'lost'
  kept: number
}

async function listGaps(
  tx: WorkspaceTransaction,
  { sourceId, after, limit }: { sourceId: string; after?: string | undefined; limit: number },
) {
  await readSource(tx, sourceId)
  const cursor = readCursor(after, 2)
  const { rows } = await sql<Gap>`
    select gap_id as "gapId", from_at as "from", until_at as "until", because, outcome, kept::float8 as kept
    from source_gap where workspace_id = ${tx.workspaceId} and source_id = ${sourceId}
      ${cursor ? sql`and (from_at, gap_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
    order by from_at desc, gap_id desc limit ${limit + 1}`.execute(tx.sql)
  return pageOf(rows, limit, (row) => writeCursor(row.from, row.gapId))
}
