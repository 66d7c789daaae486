import type { PurchaseImportSettings, PurchaseRehearsal } from '../../../contract/people-purchases.ts'
import { FILE_START } from '../../connectors/index.ts'
import { type ImportProblem, type ImportRow, rehearseFile } from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { contactProblem } from '../contacts/reading.ts'
import { type ReadPurchase, readPurchases } from './file.ts'
import type { PurchaseRow } from './reading.ts'
import { rehearsePurchases, type TellPurchase } from './telling.ts'

const SAMPLES_EACH_MAX = 5

/** What would become of each row of a file of orders or contracts, as if the rows before it had been taken in. */
export function rehearsePurchaseFile(
  services: Services,
  row: ImportRow,
  settings: PurchaseImportSettings,
  signal: AbortSignal,
): Promise<void> {
  const result: PurchaseRehearsal = {
    rows: 0,
    whole: true,
    rejected: 0,
    counts: { created: 0, updated: 0, unchanged: 0 },
    samples: [],
  }
  const told = new Map<string, PurchaseRow>()
  const telling = { system: settings.system, secrets: services.secrets, at: services.clock.now() }
  const look = async (tx: WorkspaceTransaction, batch: readonly ReadPurchase[]) => {
    const changes = batch.flatMap(({ row: read }) => (read.kind === 'purchase' ? [read.change] : []))
    const outcomes = (await rehearsePurchases(tx, changes, telling, told)).values()
    for (const { line, row: read } of batch) {
      result.rows++
      if (read.kind === 'rejected') note(result, { line, title: read.raw, problem: read.problem, outcome: 'refused' })
      if (read.kind !== 'purchase') continue
      const { outcome, problem } = outcomes.next().value ?? { outcome: 'refused' as const, problem: null }
      const isTaken = outcome === 'created' || outcome === 'updated' || outcome === 'unchanged'
      note(result, {
        line,
        title: titleOf(read.change),
        problem: isTaken ? null : contactProblem(problem?.code ?? outcome, problem?.params),
        outcome: isTaken ? outcome : 'refused',
      })
    }
  }
  return rehearseFile(
    services,
    row,
    readPurchases(row.file_path, settings, FILE_START),
    {
      rows: () => result.rows,
      refusal: ({ row: read }) => (read.kind === 'refused' ? read.problem : null),
      look,
      result: async (whole) => ({ ...result, whole }),
    },
    signal,
  )
}

const titleOf = ({ externalId, title }: TellPurchase): string => (title ? `${externalId}: ${title}` : externalId)

interface Noted {
  line: number | null
  title: string
  problem: ImportProblem | null
  outcome: PurchaseRehearsal['samples'][number]['outcome']
}

function note(result: PurchaseRehearsal, { line, title, problem, outcome }: Noted): void {
  if (outcome === 'refused') result.rejected++
  else result.counts[outcome]++
  if (result.samples.filter((sample) => sample.outcome === outcome).length >= SAMPLES_EACH_MAX) return
  result.samples.push({ line: line ?? 0, outcome, title: title.slice(0, 100), problem })
}
