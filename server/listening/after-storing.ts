import type { WorkspaceTransaction } from '../platform/database.ts'
import { countStored } from './discovery/entries.ts'
import { countKept } from './ledger/counting.ts'
import type { KeepOptions, NewlyStored } from './newly-stored.ts'
import { judgeNew } from './triage/judging.ts'

/** What follows once new posts stand in their tables, in the same transaction and in this order: counting, grouping, judging. */
type Step = (tx: WorkspaceTransaction, posts: readonly NewlyStored[], options: KeepOptions) => Promise<void>
const steps: Step[] = [countKept, countStored, judgeNew]

export async function afterStoring(
  tx: WorkspaceTransaction,
  posts: readonly NewlyStored[],
  options: KeepOptions,
): Promise<void> {
  if (posts.length === 0) return
  for (const step of steps) await step(tx, posts, options)
}
