import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'

export async function addRemark(
  tx: WorkspaceTransaction,
  approvalId: string,
  text: string,
  by: { kind: 'member' | 'bot' | 'guest'; id: string },
): Promise<void> {
  await tx.sql
    .insertInto('approval_remark')
    .values({
      workspace_id: tx.workspaceId,
      remark_id: newId(),
      approval_id: approvalId,
      text,
      by_kind: by.kind,
      by_id: by.id,
    })
    .execute()
}
