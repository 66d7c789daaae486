import type { PolicyJudgement } from '../../../contract/publishing-policy.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { type Judged, presentJudged } from './judging.ts'
import type { Saying } from './saying.ts'

/** How a text was let go: nothing was found that matters, its author saw the findings, or somebody else approved it. */
export type Clearance = null | 'confirmed' | 'approved'

/**
 * Says whether it may go at once, or throws what stands in the way with the findings: `policy-refused`, `policy-four-eyes`,
 * `policy-confirm`. A bot confirms nothing: where a member would look once more, a person has to approve.
 */
export function clear(judged: Judged, saying: Saying, confirmed: string | undefined): Clearance {
  const { verdict } = judged.judgement
  if (verdict === 'send') return null
  const mayConfirm = verdict === 'confirm' && saying.memberId !== null
  if (mayConfirm && confirmed === judged.confirm) return 'confirmed'
  const code = verdict === 'refuse' ? 'policy-refused' : mayConfirm ? 'policy-confirm' : 'policy-four-eyes'
  throw new Conflict(code, { findings: judged.judgement.findings.length }, presentJudged(judged))
}

/** Refuses what no approval can let go either. */
export function refuseRefused(judged: Judged): void {
  if (judged.judgement.verdict === 'refuse')
    throw new Conflict('policy-refused', { findings: judged.judgement.findings.length }, presentJudged(judged))
}

/** Kept with what it was said of; the text itself stands elsewhere. */
export async function keepJudgement(
  tx: WorkspaceTransaction,
  judged: Judged,
  saying: Saying,
  clearance: Clearance,
): Promise<string> {
  const judgementId = newId()
  const { findings, always } = presentJudged(judged)
  await tx.sql
    .insertInto('judgement')
    .values({
      workspace_id: tx.workspaceId,
      judgement_id: judgementId,
      policy_version: judged.policyVersion,
      source_id: saying.sourceId,
      kind: saying.kind,
      origin: saying.origin,
      verdict: judged.judgement.verdict,
      findings: JSON.stringify({ findings, always }),
      said_hash: judged.saidHash,
      clearance,
    })
    .execute()
  return judgementId
}

/** A second person let it go. The caller holds the approval's row. */
export async function approveJudgement(tx: WorkspaceTransaction, judgementId: string): Promise<void> {
  await tx.sql
    .updateTable('judgement')
    .set({ clearance: 'approved' })
    .where('workspace_id', '=', tx.workspaceId)
    .where('judgement_id', '=', judgementId)
    .execute()
}

export type KeptJudgement = Omit<PolicyJudgement, 'confirm'> & Pick<Saying, 'kind' | 'origin'> & { saidHash: string }

export async function loadJudgements(
  tx: WorkspaceTransaction,
  judgementIds: readonly string[],
): Promise<Map<string, KeptJudgement>> {
  if (judgementIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('judgement')
    .select(['judgement_id', 'verdict', 'findings', 'policy_version', 'said_hash', 'kind', 'origin'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('judgement_id', 'in', [...judgementIds])
    .execute()
  return new Map(
    rows.map((row) => {
      const { findings, always } = row.findings as unknown as Pick<PolicyJudgement, 'findings' | 'always'>
      return [
        row.judgement_id,
        {
          verdict: row.verdict,
          findings,
          always,
          version: row.policy_version,
          saidHash: row.said_hash,
          kind: row.kind,
          origin: row.origin,
        },
      ]
    }),
  )
}
