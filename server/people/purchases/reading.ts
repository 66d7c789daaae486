import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { purchaseSchema } from '../../../contract/people-purchases.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Purchase as PurchaseColumns } from '../../platform/database-types.generated.ts'
import { NotFound } from '../../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'

export type Purchase = z.infer<typeof purchaseSchema>
export type PurchaseRow = Selectable<PurchaseColumns>

/** Kinds of identities that a purchase can name. */
const CUSTOMER_KINDS = sql`('customer-number', 'mail', 'phone')`

/**
 * Purchases of current persons: those that name one of their identities (author_person, purchase_customer), and those
 * written on them or on somebody who is the same (person_current, purchase_person).
 */
export const purchasesOf = (tx: WorkspaceTransaction, currentId: ReturnType<typeof sql.ref>) => sql`
  (select u.* from author i join purchase u on u.workspace_id = i.workspace_id and u.customer_kind = i.network
      and u.customer_scope = i.scope and u.customer_id = i.network_id
    where i.workspace_id = ${tx.workspaceId} and i.person_id = ${currentId} and i.kind in ${CUSTOMER_KINDS}
   union all
   select u.* from person m join purchase u on u.workspace_id = m.workspace_id and u.person_id = m.person_id
    where m.workspace_id = ${tx.workspaceId} and m.current_id = ${currentId})`

export interface PurchaseTotal {
  /** Null: no system said in which. */
  currency: string | null
  orders: number
  /** Minor units, refunds taken off, as text. */
  orderAmount: string
  /** Those that run. */
  contracts: number
  /** What was agreed in them, as told, mostly for a month: never to be added to what was paid once. */
  contractAmount: string
  firstAt: Date
  lastAt: Date
}

/**
 * What persons bought, by currency; cancelled and withdrawn purchases are left out. Any id of a person is answered for
 * whoever it is now; who bought nothing is absent.
 */
export async function purchaseTotals(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
): Promise<Map<string, PurchaseTotal[]>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<
    { asked: string } & Record<'currency' | 'of_orders' | 'of_contracts', string> & {
        orders: string
        contracts: string
        first_at: Date
        last_at: Date
      }
  >`
    select p.person_id as asked, u.currency, count(*) filter (where u.kind = 'order') as orders,
      count(*) filter (where u.kind = 'contract' and u.state <> 'ended') as contracts,
      coalesce(sum(greatest(u.amount - u.refunded, 0)) filter (where u.kind = 'order'), 0)::text as of_orders,
      coalesce(sum(greatest(u.amount - u.refunded, 0)) filter (where u.kind = 'contract' and u.state <> 'ended'), 0)::text as of_contracts,
      min(u.happened_at) as first_at,
      max(u.happened_at) as last_at
    from person p cross join lateral ${purchasesOf(tx, sql.ref('p.current_id'))} u
    where p.workspace_id = ${tx.workspaceId} and p.person_id = any(${personIds}::uuid[]) and u.withdrawn_at is null
      and u.state <> 'cancelled'
    group by p.person_id, u.currency order by p.person_id, sum(u.amount) desc nulls last`.execute(tx.sql)
  const totals = new Map<string, PurchaseTotal[]>()
  for (const row of rows)
    totals.set(row.asked, [
      ...(totals.get(row.asked) ?? []),
      {
        currency: row.currency,
        orders: Number(row.orders),
        contracts: Number(row.contracts),
        orderAmount: row.of_orders,
        contractAmount: row.of_contracts,
        firstAt: row.first_at,
        lastAt: row.last_at,
      },
    ])
  return totals
}

export interface PurchaseListOptions {
  personId?: string | undefined
  organisationId?: string | undefined
  after?: string | undefined
  limit: number
}

/** Newest first. */
export async function listPurchases(tx: WorkspaceTransaction, options: PurchaseListOptions) {
  const cursor = readCursor(options.after, 2)
  const { rows } = await sql<PurchaseRow>`
    select u.* from ${sourceOf(tx, options)} u where u.workspace_id = ${tx.workspaceId}
      ${cursor ? sql`and (u.happened_at, u.purchase_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
    order by u.happened_at desc, u.purchase_id desc limit ${options.limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, options.limit, (row) => writeCursor(row.happened_at, row.purchase_id))
  return { items: await presentPurchases(tx, page.items), nextCursor: page.nextCursor }
}

function sourceOf(tx: WorkspaceTransaction, { personId, organisationId }: PurchaseListOptions) {
  if (personId)
    return sql`(select u.* from person p cross join lateral ${purchasesOf(tx, sql.ref('p.current_id'))} u
      where p.workspace_id = ${tx.workspaceId} and p.person_id = ${personId})`
  if (organisationId)
    return sql`(select u.* from organisation o
      join organisation m on m.workspace_id = o.workspace_id and m.current_id = o.current_id
      join organisation_key k on k.workspace_id = m.workspace_id and k.organisation_id = m.organisation_id
        and k.kind = 'customer-number'
      join purchase u on u.workspace_id = k.workspace_id and u.customer_kind = k.kind and u.customer_scope = k.scope
        and u.customer_id = k.value
      where o.workspace_id = ${tx.workspaceId} and o.organisation_id = ${organisationId})`
  return sql`purchase`
}

export async function readPurchase(tx: WorkspaceTransaction, system: string, externalId: string): Promise<Purchase> {
  const row = await tx.sql
    .selectFrom('purchase')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('system', '=', system)
    .where('external_id', '=', externalId)
    .executeTakeFirst()
  const [purchase] = row ? await presentPurchases(tx, [row]) : []
  if (!purchase) throw new NotFound('purchase-unknown')
  return purchase
}

/** By id; what is gone meanwhile is absent. */
export async function loadPurchases(tx: WorkspaceTransaction, purchaseIds: readonly string[]): Promise<Purchase[]> {
  const { rows } = await sql<PurchaseRow>`
    select * from purchase where workspace_id = ${tx.workspaceId} and purchase_id = any(${purchaseIds}::uuid[])`.execute(
    tx.sql,
  )
  return presentPurchases(tx, rows)
}

async function presentPurchases(tx: WorkspaceTransaction, rows: readonly PurchaseRow[]): Promise<Purchase[]> {
  const persons = await personsOf(
    tx,
    rows.map(({ purchase_id }) => purchase_id),
  )
  return rows.map((row) => ({
    purchaseId: row.purchase_id,
    kind: row.kind as Purchase['kind'],
    system: row.system,
    externalId: row.external_id,
    state: row.state as Purchase['state'],
    title: row.title,
    happenedAt: row.happened_at,
    runsFrom: row.runs_from as unknown as string | null,
    runsUntil: row.runs_until as unknown as string | null,
    amount: row.amount,
    refunded: row.refunded,
    currency: row.currency,
    items: row.items as Purchase['items'],
    url: row.url,
    customer: row.customer_id
      ? { kind: row.customer_kind ?? '', scope: row.customer_scope ?? '', value: row.customer_id }
      : null,
    person: persons.get(row.purchase_id) ?? null,
    updatedAt: row.updated_at,
    withdrawn: row.withdrawn_at && { at: row.withdrawn_at, because: row.withdrawn_because ?? '' },
  }))
}

/** Whose they are now; of nobody where the number is not known, or not linked. */
async function personsOf(tx: WorkspaceTransaction, purchaseIds: readonly string[]) {
  const { rows } = await sql<{ purchase_id: string; person_id: string; name: string }>`
    select u.purchase_id, p.person_id, p.name from purchase u
      left join author i on i.workspace_id = u.workspace_id and i.network = u.customer_kind and i.scope = u.customer_scope
        and i.network_id = u.customer_id
      left join person o on o.workspace_id = u.workspace_id and o.person_id = u.person_id
      join person p on p.workspace_id = u.workspace_id and p.person_id = coalesce(i.person_id, o.current_id)
        and p.erased_at is null
    where u.workspace_id = ${tx.workspaceId} and u.purchase_id = any(${purchaseIds}::uuid[])`.execute(tx.sql)
  return new Map(rows.map((row) => [row.purchase_id, { personId: row.person_id, name: row.name }]))
}

/** Places of purchases on a timeline, newest first: those that name one of these identities, or are written on these persons. */
export async function purchasePlaces(
  tx: WorkspaceTransaction,
  { authorIds, personIds }: { authorIds: readonly string[]; personIds: readonly string[] },
  before: { at: string; key: string } | null,
  limit: number,
): Promise<{ at: string; key: string }[]> {
  const earlier = before
    ? sql`and (u.happened_at, u.purchase_id) < (${`${before.at}Z`}::timestamptz, ${before.key}::uuid)`
    : sql``
  const newest = sql`and u.withdrawn_at is null ${earlier} order by u.happened_at desc, u.purchase_id desc limit ${limit}`
  const { rows } = await sql<{ at: string; key: string }>`
    select to_char(f.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, f.purchase_id as key from (
      select u.purchase_id, u.happened_at from author i cross join lateral (
          select u.purchase_id, u.happened_at from purchase u where u.workspace_id = i.workspace_id
            and u.customer_kind = i.network and u.customer_scope = i.scope and u.customer_id = i.network_id ${newest}) u
        where i.workspace_id = ${tx.workspaceId} and i.author_id = any(${authorIds}::uuid[]) and i.kind <> 'account'
      union all
      select u.purchase_id, u.happened_at from unnest(${personIds}::uuid[]) as m(person_id) cross join lateral (
          select u.purchase_id, u.happened_at from purchase u where u.workspace_id = ${tx.workspaceId}
            and u.person_id = m.person_id ${newest}) u) f
    order by f.happened_at desc, f.purchase_id desc limit ${limit}`.execute(tx.sql)
  return rows
}
