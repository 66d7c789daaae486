import { NotFound } from '../platform/errors.ts'
import type { CustomerContext } from '../platform/procedures.ts'
import { requestAccess, requestErasure } from '../privacy/index.ts'
import { type Agreed, statementOf } from './offers.ts'
import { personOfVisit } from './proven-here.ts'

/**
 * Written down as a request of Art. 15 or 17 GDPR, with its deadline. People carry it out: a copy of everything may hold
 * what was linked by mistake, and what the law demands to be kept must stay.
 */
export async function askForData(
  { services, customer, inWorkspace }: CustomerContext,
  kind: 'access' | 'erasure',
  agreed: Agreed,
): Promise<void> {
  await inWorkspace(async (tx) => {
    const personId = await personOfVisit(tx, customer)
    if (!personId) throw new NotFound('nothing-proven')
    const { text, language } = await statementOf(tx, kind, agreed)
    const request = kind === 'access' ? requestAccess : requestErasure
    await request(tx, personId, { channel: 'portal', language, details: text }, services.clock.now())
    tx.record({ type: `customer.asked-for-${kind}`, subjects: { person: personId }, codes: { language } })
  })
}
