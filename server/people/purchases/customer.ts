import type { WorkspaceTransaction } from '../../platform/database.ts'
import { isKnownError } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { type ContactPoint, contactIdentity } from '../graph/index.ts'
import { isForgotten } from '../suppression.ts'

/** Whose a purchase is, as a system names them. */
export type ToldCustomer =
  | { number: string; system?: string | undefined }
  | { mail: string }
  | { phone: string }
  | { personId: string }

/** An identity by its key, known or not, or a person as it is then. */
export type Customer =
  | { personId: string }
  | { kind: 'customer-number' | 'mail' | 'phone'; scope: string; value: string }

/**
 * A refusal where the number or address is none, the person is unknown, or its owner asked to be forgotten; that one says
 * of nothing whose it was.
 */
export async function customerOf(
  tx: WorkspaceTransaction,
  told: ToldCustomer,
  { system, secrets }: { system: string; secrets: Secrets },
): Promise<Customer | { code: string; params: Record<string, string> }> {
  if ('personId' in told) {
    const known = await tx.sql
      .selectFrom('person')
      .select('person_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('person_id', '=', told.personId)
      .where('erased_at', 'is', null)
      .executeTakeFirst()
    return known ? { personId: told.personId } : { code: 'person-unknown', params: {} }
  }
  const point: ContactPoint & { kind: 'customer-number' | 'mail' | 'phone' } =
    'number' in told
      ? { kind: 'customer-number', scope: told.system ?? system, value: told.number }
      : 'mail' in told
        ? { kind: 'mail', value: told.mail }
        : { kind: 'phone', value: told.phone }
  try {
    const identity = await contactIdentity(tx, point)
    if (await isForgotten(tx, secrets, identity)) return { code: 'suppressed', params: {} }
    const { scope, networkId } = identity
    return { kind: point.kind, scope, value: networkId }
  } catch (fault) {
    if (!isKnownError(fault)) throw fault
    return { code: 'customer-invalid', params: { value: point.value.slice(0, 100) } }
  }
}
