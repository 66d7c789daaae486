import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/**
 * How many open conversations lie with each of them (conversation_member): whoever hands out work weighs by it. It is shown
 * nowhere (docs/decisions/0009-work-is-found-not-counted.md).
 */
export async function openByMember(tx: WorkspaceTransaction, memberIds: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ member_id: string; open: number }>`
    select assigned_member_id as member_id, count(*)::int as open from conversation
    where workspace_id = ${tx.workspaceId} and assigned_member_id = any(${memberIds}::uuid[]) and state = 'open'
    group by assigned_member_id`.execute(tx.sql)
  return new Map(rows.map((row) => [row.member_id, row.open]))
}
