import { sql } from 'kysely'
import type { z } from 'zod'
import type { PURCHASE_OUTCOMES, purchaseChange } from '../../../contract/people-purchases.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { type Customer, customerOf, type ToldCustomer } from './customer.ts'
import { isCurrency } from './money.ts'
import type { PurchaseRow } from './reading.ts'

/** A purchase as it is told, with its number. */
export type TellPurchase = z.infer<typeof purchaseChange> & { externalId: string }
type Change = z.infer<typeof purchaseChange>

export interface Refusal {
  code: string
  params: Record<string, string | number>
}

export interface PurchaseOutcome {
  externalId: string
  outcome: (typeof PURCHASE_OUTCOMES)[number]
  purchaseId: string | null
  updatedAt: Date | null
  problem: Refusal | null
}

export interface Telling {
  system: string
  secrets: Secrets
  at: Date
  importId?: string | undefined
}

/** What stands on a purchase's row, but its keys and times. */
type Stated = Pick<
  PurchaseRow,
  | 'kind'
  | 'customer_kind'
  | 'customer_scope'
  | 'customer_id'
  | 'person_id'
  | 'state'
  | 'title'
  | 'amount'
  | 'currency'
  | 'url'
> & {
  happened_at: Date
  runs_from: string | null
  runs_until: string | null
  refunded: string
  items: unknown
}

/**
 * Tells purchases of one system: new by their number, or changed. Rows are taken in the order of their numbers, so that two
 * who tell at once wait for each other instead of standing still; each has its own outcome, in the order given.
 */
export async function tellPurchases(
  tx: WorkspaceTransaction,
  changes: readonly TellPurchase[],
  telling: Telling,
): Promise<PurchaseOutcome[]> {
  const known = await lockKnown(
    tx,
    telling.system,
    changes.map(({ externalId }) => externalId),
  )
  const outcomes: PurchaseOutcome[] = []
  for (const change of changes) outcomes.push(await tellOne(tx, change, known, telling, write))
  const changed = outcomes.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
  if (changed.length > 0)
    tx.record({
      type: 'purchases.changed',
      subjects: { purchase: changed.map(({ purchaseId }) => purchaseId as string) },
      codes: {
        created: changed.filter(({ outcome }) => outcome === 'created').length,
        updated: changed.filter(({ outcome }) => outcome === 'updated').length,
      },
    })
  return outcomes
}

/** What would become of them. `told` are those of which it was said before; it learns these. */
export async function rehearsePurchases(
  tx: WorkspaceTransaction,
  changes: readonly TellPurchase[],
  telling: Telling,
  told: Map<string, PurchaseRow>,
): Promise<PurchaseOutcome[]> {
  const ids = changes.map(({ externalId }) => externalId).filter((id) => !told.has(id))
  for (const row of await readKnown(tx, telling.system, ids, sql``)) told.set(row.external_id, row)
  const outcomes: PurchaseOutcome[] = []
  for (const change of changes) outcomes.push(await tellOne(tx, change, told, telling, pretend))
  return outcomes
}

async function lockKnown(tx: WorkspaceTransaction, system: string, externalIds: readonly string[]) {
  // One who tells at a time for each system: a number that is new to two of them becomes one purchase.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`purchases ${tx.workspaceId} ${system}`}, 0))`.execute(
    tx.sql,
  )
  const rows = await readKnown(tx, system, externalIds, sql`for no key update`)
  return new Map(rows.map((row) => [row.external_id, row]))
}

async function readKnown(
  tx: WorkspaceTransaction,
  system: string,
  externalIds: readonly string[],
  lock: ReturnType<typeof sql>,
): Promise<PurchaseRow[]> {
  const { rows } = await sql<PurchaseRow>`
    select * from purchase where workspace_id = ${tx.workspaceId} and system = ${system}
      and external_id = any(${[...new Set(externalIds)]}::text[])
    order by external_id ${lock}`.execute(tx.sql)
  return rows
}

async function tellOne(
  tx: WorkspaceTransaction,
  change: TellPurchase,
  known: Map<string, PurchaseRow>,
  telling: Telling,
  keep: typeof write,
): Promise<PurchaseOutcome> {
  const { externalId } = change
  const row = known.get(externalId)
  const toldAt = change.toldAt ?? telling.at
  const outcome = (
    name: PurchaseOutcome['outcome'],
    now: Pick<PurchaseRow, 'purchase_id' | 'updated_at'> | undefined = row,
    problem: Refusal | null = null,
  ): PurchaseOutcome => ({
    externalId,
    outcome: name,
    purchaseId: now?.purchase_id ?? null,
    updatedAt: now?.updated_at ?? null,
    problem,
  })
  if (change.ifUpdatedAt && change.ifUpdatedAt.getTime() !== row?.updated_at.getTime())
    return outcome('changed-meanwhile')
  if (row && toldAt < row.told_at) return outcome('stale')
  const customer = change.customer ? await customerOf(tx, change.customer as ToldCustomer, telling) : null
  if (customer && 'code' in customer) return outcome('refused', row, customer)
  const stated = row ? overwritten(row, change, customer) : asNew(change, customer)
  if ('code' in stated) return outcome('refused', row, stated)
  const problem = faultOf(stated)
  if (problem) return outcome('refused', row, problem)
  if (row && row.withdrawn_at === null && isSame(row, stated)) return outcome('unchanged')
  const written = await keep(tx, externalId, stated, row, toldAt, telling)
  known.set(externalId, written)
  return outcome(row ? 'updated' : 'created', written)
}

const NOBODY = { customer_kind: null, customer_scope: null, customer_id: null, person_id: null }

const columnsOf = (customer: Customer) =>
  'personId' in customer
    ? { ...NOBODY, person_id: customer.personId }
    : { ...NOBODY, customer_kind: customer.kind, customer_scope: customer.scope, customer_id: customer.value }

function asNew(change: Change, customer: Customer | null): Stated | Refusal {
  const { kind, happenedAt } = change
  if (!kind || !customer || !happenedAt)
    return { code: 'needed-for-new', params: { field: !kind ? 'kind' : !customer ? 'customer' : 'happenedAt' } }
  return {
    kind,
    ...columnsOf(customer),
    state: change.state ?? (kind === 'order' ? 'open' : 'active'),
    title: change.title ?? '',
    happened_at: happenedAt,
    runs_from: change.runsFrom ?? null,
    runs_until: change.runsUntil ?? null,
    amount: change.amount ?? null,
    refunded: change.refunded ?? '0',
    currency: change.currency ?? null,
    items: change.items ?? [],
    url: change.url ?? null,
  }
}

function overwritten(row: PurchaseRow, change: Change, customer: Customer | null): Stated {
  const given = <T>(value: T | undefined, before: T): T => (value === undefined ? before : value)
  return {
    kind: change.kind ?? row.kind,
    ...(customer
      ? columnsOf(customer)
      : {
          customer_kind: row.customer_kind,
          customer_scope: row.customer_scope,
          customer_id: row.customer_id,
          person_id: row.person_id,
        }),
    state: change.state ?? row.state,
    title: change.title ?? row.title,
    happened_at: change.happenedAt ?? row.happened_at,
    runs_from: given(change.runsFrom, row.runs_from as unknown as string | null),
    runs_until: given(change.runsUntil, row.runs_until as unknown as string | null),
    amount: given(change.amount, row.amount),
    refunded: change.refunded ?? row.refunded,
    currency: given(change.currency, row.currency),
    items: change.items ?? row.items,
    url: given(change.url, row.url),
  }
}

function faultOf({ amount, currency, refunded, runs_from, runs_until }: Stated): Refusal | null {
  if (amount !== null && !currency) return { code: 'currency-missing', params: {} }
  if (currency && !isCurrency(currency)) return { code: 'currency-unknown', params: { value: currency } }
  if (BigInt(refunded) > BigInt(amount ?? 0)) return { code: 'refunded-more-than-paid', params: {} }
  if (runs_from && runs_until && runs_until < runs_from) return { code: 'runs-backwards', params: {} }
  return null
}

function isSame(row: PurchaseRow, stated: Stated): boolean {
  return Object.entries(stated).every(([column, value]) => {
    const before = row[column as keyof PurchaseRow] as unknown
    if (value instanceof Date) return before instanceof Date && before.getTime() === value.getTime()
    return column === 'items' ? JSON.stringify(before) === JSON.stringify(value) : before === value
  })
}

async function write(
  tx: WorkspaceTransaction,
  externalId: string,
  stated: Stated,
  row: PurchaseRow | undefined,
  toldAt: Date,
  { system, at, importId }: Telling,
): Promise<PurchaseRow> {
  const values = { ...stated, items: JSON.stringify(stated.items), updated_at: at, told_at: toldAt }
  if (row)
    return tx.sql
      .updateTable('purchase')
      .set({ ...values, withdrawn_at: null, withdrawn_by_kind: null, withdrawn_by: null, withdrawn_because: null })
      .where('workspace_id', '=', tx.workspaceId)
      .where('purchase_id', '=', row.purchase_id)
      .returningAll()
      .executeTakeFirstOrThrow()
  return tx.sql
    .insertInto('purchase')
    .values({
      workspace_id: tx.workspaceId,
      purchase_id: newId(),
      system,
      external_id: externalId,
      import_id: importId ?? null,
      created_at: at,
      ...values,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** As it would stand then. */
const pretend: typeof write = async (tx, externalId, stated, row, toldAt, { system, at }) =>
  ({
    workspace_id: tx.workspaceId,
    purchase_id: row?.purchase_id ?? '',
    system,
    external_id: externalId,
    withdrawn_at: null,
    ...stated,
    updated_at: at,
    told_at: toldAt,
  }) as unknown as PurchaseRow

/** It was told wrongly. What the system tells of it later brings it back. */
export async function withdrawPurchase(
  tx: WorkspaceTransaction,
  { system, externalId, reason }: { system: string; externalId: string; reason: string },
  at: Date,
): Promise<void> {
  const row = await tx.sql
    .updateTable('purchase')
    .set({
      withdrawn_at: at,
      withdrawn_by_kind: tx.actor.kind,
      withdrawn_by: tx.actor.id,
      withdrawn_because: reason,
      updated_at: at,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('system', '=', system)
    .where('external_id', '=', externalId)
    .where('withdrawn_at', 'is', null)
    .returning('purchase_id')
    .executeTakeFirst()
  if (!row) throw new NotFound('purchase-unknown')
  tx.record({
    type: 'purchase.withdrawn',
    subjects: { purchase: row.purchase_id },
    content: { because: reason },
  })
}
