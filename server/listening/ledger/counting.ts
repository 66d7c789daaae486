import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { KeepOptions, NewlyStored } from '../newly-stored.ts'
import { addToDay } from './days.ts'

/** Of a stream a workspace is counted what it keeps: what the whole network said is the installation's figure. */
export async function countKept(
  tx: WorkspaceTransaction,
  posts: readonly NewlyStored[],
  { sourceId, origin, heardAt }: KeepOptions,
): Promise<void> {
  if (!sourceId) return
  const kept = posts.length
  const matched = posts.filter(({ candidate }) => candidate.topics.length > 0).length
  await addToDay(tx, sourceId, heardAt, { kept, matched, heard: origin === 'stream' ? kept : 0 })
}
