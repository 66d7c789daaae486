import type { PLAYBOOK_TEMPLATES } from '../../contract/crisis-prepared.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'

const PLAYBOOKS_MAX = 100

export interface Step {
  key: string
  text: string
  who: string
}
interface PlaybookInput {
  name: string
  situation: string
  steps: Step[]
}

export async function listPlaybooks(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('playbook')
    .select(['playbook_id', 'version', 'name', 'situation', 'steps'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .limit(PLAYBOOKS_MAX)
    .execute()
  return rows.map(({ playbook_id, steps, ...row }) => ({
    ...row,
    playbookId: playbook_id,
    steps: steps as unknown as Step[],
  }))
}

export async function stepsOfPlaybook(tx: WorkspaceTransaction, playbookId: string): Promise<Step[]> {
  const known = (await listPlaybooks(tx)).find((one) => one.playbookId === playbookId)
  if (!known) throw new NotFound('playbook-unknown')
  return known.steps
}

export async function createPlaybook(
  tx: WorkspaceTransaction,
  { name, situation, steps, template }: PlaybookInput & { template: (typeof PLAYBOOK_TEMPLATES)[number] | null },
): Promise<string> {
  if ((await listPlaybooks(tx)).length >= PLAYBOOKS_MAX)
    throw new Invalid('too-many-playbooks', { playbooksMax: PLAYBOOKS_MAX })
  const playbookId = newId()
  await tx.sql
    .insertInto('playbook')
    .values({
      workspace_id: tx.workspaceId,
      playbook_id: playbookId,
      name,
      situation,
      template,
      steps: JSON.stringify(steps),
    })
    .execute()
  tx.record({ type: 'playbook.created', subjects: { playbookId } })
  return playbookId
}

export async function changePlaybook(
  tx: WorkspaceTransaction,
  { playbookId, version, name, situation, steps }: PlaybookInput & { playbookId: string; version: number },
): Promise<number> {
  const row = await lockPlaybook(tx, playbookId)
  if (row.version !== version) throw new Conflict('playbook-changed', { version: row.version })
  await tx.sql
    .updateTable('playbook')
    .set({ version: version + 1, name, situation, steps: JSON.stringify(steps) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('playbook_id', '=', playbookId)
    .execute()
  tx.record({ type: 'playbook.changed', subjects: { playbookId } })
  return version + 1
}

export async function removePlaybook(tx: WorkspaceTransaction, playbookId: string, now: Date): Promise<void> {
  await lockPlaybook(tx, playbookId)
  await tx.sql
    .updateTable('playbook')
    .set({ removed_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('playbook_id', '=', playbookId)
    .execute()
  tx.record({ type: 'playbook.removed', subjects: { playbookId } })
}

async function lockPlaybook(tx: WorkspaceTransaction, playbookId: string): Promise<{ version: number }> {
  const row = await tx.sql
    .selectFrom('playbook')
    .select('version')
    .where('workspace_id', '=', tx.workspaceId)
    .where('playbook_id', '=', playbookId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('playbook-unknown')
  return row
}
