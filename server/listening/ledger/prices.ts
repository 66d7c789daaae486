import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'

export interface NetworkPrice {
  network: string
  requestMicros: number
  postMicros: number
  monthMicros: number
}

export async function readPrices(
  tx: WorkspaceTransaction,
): Promise<{ currency: string | null; items: NetworkPrice[] }> {
  const { rows } = await sql<NetworkPrice & { currency: string }>`
    select network, currency, request_micros::float8 as "requestMicros", post_micros::float8 as "postMicros",
      month_micros::float8 as "monthMicros"
    from network_price where workspace_id = ${tx.workspaceId} order by network`.execute(tx.sql)
  return { currency: rows[0]?.currency ?? null, items: rows.map(({ currency: _one, ...price }) => price) }
}

export const currencyOf = async (tx: WorkspaceTransaction): Promise<string | null> => (await readPrices(tx)).currency

/** One currency for all, because sums of two would mean nothing. Past days keep what they cost. */
export async function setPrices(tx: WorkspaceTransaction, currency: string, items: NetworkPrice[]): Promise<void> {
  if (new Set(items.map(({ network }) => network)).size < items.length) throw new Invalid('network-priced-twice')
  await sql`delete from network_price where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  await sql`
    insert into network_price (workspace_id, network, currency, request_micros, post_micros, month_micros)
    select ${tx.workspaceId}, network, ${currency}, request, post, month from unnest(${items.map((i) => i.network)}::text[],
      ${items.map((i) => i.requestMicros)}::bigint[], ${items.map((i) => i.postMicros)}::bigint[],
      ${items.map((i) => i.monthMicros)}::bigint[]) as g(network, request, post, month)`.execute(tx.sql)
  tx.record({ type: 'prices.changed', subjects: {}, codes: { networks: items.length } })
}
