import { type SqlBool, sql } from 'kysely'
import { type RetentionKind, rowsOlderThan } from '../platform/retention.ts'

/** Of a question that is open: the attempt holds the statement on which a decision would rest. */
const isAwaited = sql<SqlBool>`exists (select from proof_question q
  join proof p on p.workspace_id = q.workspace_id and p.proof_id = q.proof_id
  where q.workspace_id = t.workspace_id and q.decided_at is null and p.customer_session_id = t.customer_session_id)`

/** Visits go with their attempts. What was proven stays in the graph, with its evidence, as long as the person does. */
export const proofsRetention: RetentionKind[] = [
  {
    kind: 'proofs',
    defaultDays: 30,
    minDays: 1,
    maxDays: 365,
    because: 'minimal',
    ...rowsOlderThan({ table: 'customer_session', since: 't.expires_at', where: sql<SqlBool>`not ${isAwaited}` }),
  },
]
