import { sql } from 'kysely'
import { type FigureSource, type Figures, figuresFrom } from './figures.ts'

/** Purchases of one identity that are read, newest first. */
const PURCHASES_MAX = 500

interface Row {
  person_id: string
  currency: string | null
  orders: number
  spent: number
  contracts: number
}

/**
 * Orders and contracts, found by the customer's identities and by the persons on whom they were written (purchase_customer,
 * purchase_person). What was cancelled does not count; what was given back is taken off. Amounts of other currencies than
 * the person's commonest are left out: nothing is converted.
 */
export const purchaseFigures: FigureSource = {
  of: async (tx, persons, now) => {
    const ids = persons.map(({ personId }) => personId)
    const { rows } = await sql<Row>`
      with bought as (
        select p.person_id, b.purchase_id, b.kind, b.state, b.happened_at, b.amount, b.refunded, b.currency, b.runs_until
        from unnest(${ids}::uuid[]) as p(person_id)
          join author a on a.workspace_id = ${tx.workspaceId} and a.person_id = p.person_id
            and a.kind in ('customer-number', 'mail', 'phone')
          cross join lateral (select * from purchase where workspace_id = ${tx.workspaceId} and customer_id is not null
            and customer_kind = a.kind and customer_scope = a.scope and customer_id = a.network_id and withdrawn_at is null
            order by happened_at desc, purchase_id desc limit ${PURCHASES_MAX}) b
        union
        select p.person_id, b.purchase_id, b.kind, b.state, b.happened_at, b.amount, b.refunded, b.currency, b.runs_until
        from unnest(${ids}::uuid[]) as p(person_id)
          join person m on m.workspace_id = ${tx.workspaceId} and m.current_id = p.person_id
          cross join lateral (select * from purchase where workspace_id = ${tx.workspaceId} and person_id = m.person_id
            and withdrawn_at is null order by happened_at desc, purchase_id desc limit ${PURCHASES_MAX}) b)
      select person_id, currency,
        count(*) filter (where kind = 'order' and state <> 'cancelled' and happened_at >= ${figuresFrom(now)})::int as orders,
        coalesce(sum(greatest(0, coalesce(amount, 0) - refunded)) filter (where kind = 'order' and state <> 'cancelled'
          and happened_at >= ${figuresFrom(now)}), 0)::float8 as spent,
        count(*) filter (where kind = 'contract' and state = 'active'
          and (runs_until is null or runs_until >= ${now}::date))::int as contracts
      from bought group by person_id, currency`.execute(tx.sql)
    return new Map([...Map.groupBy(rows, (row) => row.person_id)].map(([personId, all]) => [personId, sumOf(all)]))
  },
}

function sumOf(rows: Row[]): Figures {
  const [most] = rows.filter(({ currency }) => currency !== null).toSorted((a, b) => b.orders - a.orders)
  const total = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0)
  return {
    inputs: {
      orders: total(({ orders }) => orders),
      contracts: total(({ contracts }) => contracts),
      spent: most ? most.spent / 10 ** decimalsOf(most.currency ?? 'EUR') : 0,
    },
    ...(most?.currency ? { currency: most.currency } : {}),
  }
}

/** Minor units of a currency: 2 for euros, 0 for yen. */
function decimalsOf(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  } catch {
    return 2
  }
}
