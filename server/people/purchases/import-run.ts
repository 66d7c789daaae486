import type { PurchaseImportSettings } from '../../../contract/people-purchases.ts'
import { PURCHASE_IMPORT_SETTINGS } from '../../../contract/people-purchases.ts'
import {
  type BatchOutcome,
  createImport,
  describeFile,
  type ImportProblem,
  type ImportRow,
  importsLoop,
  LEASE_SECONDS,
  type Rejection,
  readImport,
  runFile,
  startImport,
} from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { type Actor, SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { contactProblem } from '../contacts/reading.ts'
import { type ReadPurchase, readPurchases } from './file.ts'
import { rehearsePurchaseFile } from './rehearsal.ts'
import { tellPurchases } from './telling.ts'

const BATCH_ROWS = 200

export const NO_PURCHASES = { created: 0, updated: 0, unchanged: 0 }
export type PurchaseCounts = typeof NO_PURCHASES

export const purchaseImportLoop = importsLoop('people.purchase-imports', ['purchases'], (services, taken, signal) =>
  runPurchaseImport(services, taken.workspaceId, taken.importId, signal),
)

export function requirePurchaseSettings(given: unknown): PurchaseImportSettings {
  const parsed = PURCHASE_IMPORT_SETTINGS.safeParse(given)
  if (parsed.success) return parsed.data
  throw new Invalid('contact-settings-missing', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
}

export interface PurchaseImportOutcome {
  state: ImportRow['state']
  problem: ImportProblem | null
  rows: number
  rejected: number
  counts: PurchaseCounts
}

/** For the command line: reads the file where it lies, to the end, in this process. */
export async function importPurchases(
  services: Services,
  given: { workspaceId: string; file: string; actor: Actor; settings: PurchaseImportSettings },
): Promise<PurchaseImportOutcome> {
  const { workspaceId, actor, settings } = given
  const described = await describeFile(given.file)
  const importId = await services.database.inWorkspace(workspaceId, actor, async (tx) => {
    const id = await createImport(tx, 'purchases', described, services.clock.now())
    await startImport(tx, id, 'purchases', { settings, leaseSeconds: LEASE_SECONDS })
    return id
  })
  const ended = await runPurchaseImport(services, workspaceId, importId, new AbortController().signal)
  return {
    state: ended.state,
    problem: ended.failure as ImportProblem | null,
    rows: Number(ended.rows),
    rejected: Number(ended.rejected),
    counts: { ...NO_PURCHASES, ...(ended.counts as Partial<PurchaseCounts>) },
  }
}

export async function runPurchaseImport(
  services: Services,
  workspaceId: string,
  importId: string,
  signal: AbortSignal,
): Promise<ImportRow> {
  const row = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => readImport(tx, importId, 'purchases'))
  const settings = requirePurchaseSettings(row.settings)
  if (row.rehearsed) {
    await rehearsePurchaseFile(services, row, settings, signal)
    return services.database.inWorkspace(workspaceId, SYSTEM, (tx) => readImport(tx, importId, 'purchases'))
  }
  return runFile(
    services,
    { workspaceId, importId },
    {
      kind: 'purchases',
      rowsMax: BATCH_ROWS,
      read: (file, from) => readPurchases(file.file_path, settings, from),
      refusal: ({ row: last }: ReadPurchase) => (last.kind === 'refused' ? last.problem : null),
      take: (tx, current, batch) => takeBatch(services, tx, current, settings, batch),
    },
    signal,
  )
}

async function takeBatch(
  services: Services,
  tx: WorkspaceTransaction,
  current: ImportRow,
  { system }: PurchaseImportSettings,
  batch: ReadPurchase[],
): Promise<BatchOutcome> {
  const counts: PurchaseCounts = { ...NO_PURCHASES, ...(current.counts as Partial<PurchaseCounts>) }
  const kept: Rejection[] = []
  const told = batch.flatMap(({ line, row }) =>
    row.kind === 'purchase' ? [{ line: line ?? 0, change: row.change, raw: row.raw }] : [],
  )
  for (const { line, row } of batch)
    if (row.kind === 'rejected') kept.push({ line: line ?? 0, problem: row.problem, column: null, raw: row.raw })
  const outcomes = await tellPurchases(
    tx,
    told.map(({ change }) => change),
    { system, secrets: services.secrets, at: services.clock.now(), importId: current.import_id },
  )
  for (const [index, { outcome, problem }] of outcomes.entries()) {
    if (outcome === 'created' || outcome === 'updated' || outcome === 'unchanged') counts[outcome]++
    else {
      const { line, raw } = told[index] as (typeof told)[number]
      kept.push({ line, problem: contactProblem(problem?.code ?? outcome, problem?.params), column: null, raw })
    }
  }
  return { taken: batch.length, work: batch.length, rejected: kept.length, kept, counts: { ...counts } }
}
