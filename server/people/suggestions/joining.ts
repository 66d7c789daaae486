import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { linkIdentity, mergePersons } from '../graph/index.ts'
import { AUTOMATIC_WEIGHT_MIN, type ShownReason, type Weighed } from './evidence.ts'
import { isAtLeast, type Policy } from './policy.ts'

/** Reasons that the ledger keeps with what was joined; the rest hardly weigh. */
const LEDGER_REASONS_MAX = 8

/** Whether the policy joins these two without being asked. Whatever is held back never is. */
export const isAutomatic = (policy: Policy, { weight, heldBack, proofLevel }: Weighed): boolean =>
  policy.mode === 'automatic' &&
  heldBack.length === 0 &&
  weight >= AUTOMATIC_WEIGHT_MIN &&
  isAtLeast(proofLevel, policy.proofLevel)

export interface Joined {
  suggestionId: string
  authorId: string
  otherAuthorId: string
  reasons: readonly ShownReason[]
  probability: number
}

/**
 * Makes two identities one person's, by the ledger and so that it can be undone: two persons are merged, an account that is
 * nobody's is linked. Returns the operation.
 */
export async function join(
  tx: WorkspaceTransaction,
  { suggestionId, authorId, otherAuthorId, reasons, probability }: Joined,
  method: 'agent-confirmed' | 'suggested',
  now: Date,
): Promise<string> {
  const [one, other] = await personsOf(tx, authorId, otherAuthorId)
  const grounds = {
    method,
    legalBasis: 'legitimate-interest' as const,
    evidence: {
      suggestion: suggestionId,
      percent: Math.floor(probability * 100),
      reasons: reasons.slice(0, LEDGER_REASONS_MAX).map(({ code, weight, params }) => ({ code, weight, params })),
    },
  }
  if (one && other) {
    if (one === other) throw new Conflict('suggestion-settled')
    return (await mergePersons(tx, { personIds: [one, other], ...grounds }, now)).operationId
  }
  const personId = one ?? other
  if (!personId) throw new Conflict('suggestion-settled')
  return (await linkIdentity(tx, { personId, authorId: one ? otherAuthorId : authorId, ...grounds }, now)).operationId
}

async function personsOf(tx: WorkspaceTransaction, authorId: string, otherAuthorId: string) {
  const { rows } = await sql<{ author_id: string; person_id: string | null }>`
    select author_id, person_id from author where workspace_id = ${tx.workspaceId}
      and author_id = any(${[authorId, otherAuthorId]}::uuid[])`.execute(tx.sql)
  const of = (id: string) => rows.find(({ author_id }) => author_id === id)?.person_id ?? null
  return [of(authorId), of(otherAuthorId)] as const
}
