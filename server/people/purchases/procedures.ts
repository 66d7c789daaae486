import { people as contract } from '../../../contract/people.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { listPurchases, purchaseTotals, readPurchase } from './reading.ts'
import { systemName } from './system-name.ts'
import { type PurchaseOutcome, tellPurchases, withdrawPurchase } from './telling.ts'

const { purchases } = implementer<WorkspaceContext>()({ purchases: contract.purchases })

/** Orders and contracts as other systems tell them. */
export const purchaseProcedures = {
  purchases: {
    list: purchases.list.handler(({ input, context: { tx } }) => listPurchases(tx, input)),
    totals: purchases.totals.handler(async ({ input: { personId }, context: { tx } }) => ({
      totals: (await purchaseTotals(tx, [personId])).get(personId) ?? [],
    })),
    get: purchases.get.handler(({ input, context: { tx } }) =>
      readPurchase(tx, systemName(input.system), input.externalId),
    ),
    put: purchases.put.handler(async ({ input: { system, ...change }, context: { tx, services } }) => {
      const telling = { system: systemName(system), at: services.clock.now() }
      const [outcome] = await tellPurchases(tx, [change], telling)
      return outcome as PurchaseOutcome
    }),
    putMany: purchases.putMany.handler(async ({ input, context: { tx, services } }) => ({
      outcomes: await tellPurchases(tx, input.purchases, {
        system: systemName(input.system),
        at: services.clock.now(),
      }),
    })),
    withdraw: purchases.withdraw.handler(async ({ input, context: { tx, services } }) => {
      await withdrawPurchase(tx, { ...input, system: systemName(input.system) }, services.clock.now())
      return {}
    }),
  },
}
