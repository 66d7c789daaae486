import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Sleep } from '../platform/procedures.ts'
import { needsOf } from './needs.ts'
import { readSettings } from './settings.ts'
import { anyTitle } from './titles.ts'

/**
 * Why speaking sleeps for a member: something that they need is overdue and the gate is closed. Null: it does not. Asked
 * before each thing that is said, so an open gate costs one row by its key.
 */
export async function guidelinesAsleep(tx: WorkspaceTransaction, memberId: string): Promise<Sleep | null> {
  if (!(await readSettings(tx)).gate) return null
  const { members } = await needsOf(tx, new Date(), [memberId])
  const overdue = members[0]?.needs.find(({ standing }) => standing === 'overdue')
  if (!overdue) return null
  return {
    reason: overdue.kind === 'guideline' ? 'guideline-unacknowledged' : 'training-missing',
    params: { what: anyTitle(overdue.titles), aboutId: overdue.aboutId },
  }
}
