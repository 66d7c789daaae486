import type { PolicyCheck } from '../../../contract/policy-words.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Judged } from './judging.ts'

/**
 * Counts a finding as a false alarm: only one that the policy really has of this text, and once for a text and finding
 * whoever clicks. Neither the text nor who said so is kept.
 */
export async function reportFalseAlarm(
  tx: WorkspaceTransaction,
  { judgement, saidHash, policyVersion }: Judged,
  { check, code }: { check: PolicyCheck; code: string },
): Promise<boolean> {
  if (!judgement.findings.some((finding) => finding.check === check && finding.code === code)) return false
  const { numInsertedOrUpdatedRows } = await tx.sql
    .insertInto('finding_report')
    .values({
      workspace_id: tx.workspaceId,
      said_hash: saidHash,
      check_id: check,
      code,
      policy_version: policyVersion,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'check_id', 'said_hash', 'code']).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) return false
  tx.record({ type: 'policy.false-alarm-reported', subjects: {}, codes: { check, code } })
  return true
}
