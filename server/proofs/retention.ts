import { type RetentionKind, rowsOlderThan } from '../platform/retention.ts'

/** Visits go with their attempts. What was proven stays in the graph, with its evidence, as long as the person does. */
export const proofsRetention: RetentionKind[] = [
  {
    kind: 'proofs',
    defaultDays: 30,
    minDays: 1,
    maxDays: 365,
    because: 'minimal',
    ...rowsOlderThan({ table: 'customer_session', since: 't.expires_at' }),
  },
]
