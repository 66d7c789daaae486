import { people as contract } from '../../../contract/people.ts'
import type { PurchaseImportSettings, PurchaseRehearsal } from '../../../contract/people-purchases.ts'
import { PURCHASE_FIELDS } from '../../../contract/purchase-fields.ts'
import { type ImportRow, importHandlers, presentState, readImport, startImport } from '../../imports/index.ts'
import { Conflict } from '../../platform/errors.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { inspectPurchases } from './file.ts'
import { NO_PURCHASES } from './import-run.ts'
import { listPurchases, purchaseTotals, readPurchase } from './reading.ts'
import { systemName } from './system-name.ts'
import { type PurchaseOutcome, tellPurchases, withdrawPurchase } from './telling.ts'

const { purchases } = implementer<WorkspaceContext>()({ purchases: contract.purchases })

const { imports } = purchases

const presentImport = (row: ImportRow) => ({
  ...presentState(row),
  counts: { ...NO_PURCHASES, ...(row.counts as object) },
  settings: row.settings as Partial<PurchaseImportSettings>,
  rehearsing: row.rehearsed && row.state === 'running',
  rehearsal: row.rehearsal as PurchaseRehearsal | null,
})

const importProcedures = {
  ...importHandlers(imports, 'purchases', presentImport),
  inspect: imports.inspect.handler(async ({ input, context: { tx } }) => {
    const row = await readImport(tx, input.importId, 'purchases')
    return { ...(await inspectPurchases(row.file_path, input.mapping)), fields: [...PURCHASE_FIELDS] }
  }),
  rehearse: imports.rehearse.handler(async ({ input: { importId, ...settings }, context: { tx } }) => {
    const row = await readImport(tx, importId, 'purchases', { lock: true })
    if (row.position !== null) throw new Conflict('import-begun')
    await startImport(tx, importId, 'purchases', { settings, rehearsed: true })
    return {}
  }),
  start: imports.start.handler(async ({ input: { importId, ...settings }, context: { tx } }) => {
    await startImport(tx, importId, 'purchases', { settings })
    return {}
  }),
}

/** Orders and contracts as other systems tell them. */
export const purchaseProcedures = {
  purchases: {
    imports: importProcedures,
    list: purchases.list.handler(({ input, context: { tx } }) => listPurchases(tx, input)),
    totals: purchases.totals.handler(async ({ input: { personId }, context: { tx } }) => ({
      totals: (await purchaseTotals(tx, [personId])).get(personId) ?? [],
    })),
    get: purchases.get.handler(({ input, context: { tx } }) =>
      readPurchase(tx, systemName(input.system), input.externalId),
    ),
    put: purchases.put.handler(async ({ input: { system, ...change }, context: { tx, services } }) => {
      const telling = { system: systemName(system), secrets: services.secrets, at: services.clock.now() }
      const [outcome] = await tellPurchases(tx, [change], telling)
      return outcome as PurchaseOutcome
    }),
    putMany: purchases.putMany.handler(async ({ input, context: { tx, services } }) => ({
      outcomes: await tellPurchases(tx, input.purchases, {
        system: systemName(input.system),
        secrets: services.secrets,
        at: services.clock.now(),
      }),
    })),
    withdraw: purchases.withdraw.handler(async ({ input, context: { tx, services } }) => {
      await withdrawPurchase(tx, { ...input, system: systemName(input.system) }, services.clock.now())
      return {}
    }),
  },
}
