import { sql } from 'kysely'
import { type RetentionKind, rowsOlderThan } from '../platform/retention.ts'

export const peopleRetention: RetentionKind[] = [
  {
    kind: 'proposals',
    defaultDays: 90,
    minDays: 7,
    maxDays: 365,
    because: 'hand-over',
    ...rowsOlderThan({
      table: 'contact_proposal',
      since: 't.proposed_at',
      shown: "t.source || ' ' || t.identity_kind",
    }),
  },
  {
    kind: 'suggestions',
    defaultDays: 365,
    minDays: 7,
    maxDays: 1_095,
    because: 'minimal',
    ...rowsOlderThan({ table: 'suggestion', since: 't.found_at', where: sql`t.state not in ('confirmed')` }),
  },
  {
    kind: 'waiting-purchases',
    defaultDays: 180,
    minDays: 7,
    maxDays: 1_095,
    because: 'hand-over',
    ...rowsOlderThan({
      table: 'purchase',
      since: 't.created_at',
      where: sql`t.person_id is null and t.customer_id not like 'erased:%' and not exists (select from author a
        where a.workspace_id = t.workspace_id and a.kind = t.customer_kind and a.scope = t.customer_scope
          and a.network_id = t.customer_id and a.person_id is not null)`,
      shown: "t.system || ' ' || t.kind",
    }),
  },
  {
    kind: 'withdrawn-consents',
    defaultDays: 1_095,
    minDays: 365,
    maxDays: 3_650,
    because: 'accountability',
    ...rowsOlderThan({ table: 'consent', since: 't.withdrawn_at' }),
  },
]
