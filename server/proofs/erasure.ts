import { Conflict, NotFound } from '../platform/errors.ts'
import type { CustomerContext } from '../platform/procedures.ts'
import { hasAskedErasure, personOfVisit } from './connections.ts'
import { type Agreed, statementOf } from './offers.ts'

/** Written down as a request of Art. 17 GDPR with its deadline; people carry it out, because what the law keeps may have to stay. */
export async function askForErasure({ customer, inWorkspace }: CustomerContext, agreed: Agreed): Promise<void> {
  await inWorkspace(async (tx) => {
    const personId = await personOfVisit(tx, customer)
    if (!personId) throw new NotFound('nothing-proven')
    if (await hasAskedErasure(tx, personId)) throw new Conflict('erasure-asked')
    const statement = await statementOf(tx, 'erasure', agreed)
    tx.record({
      type: 'customer.asked-for-erasure',
      subjects: { person: personId },
      codes: { language: statement.language },
      content: { text: statement.text },
    })
  })
}
