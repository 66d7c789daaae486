import { ORPCError } from '@orpc/client'
import type { PolicyJudgement } from '../../../contract/publishing-policy.ts'

/** Why the policy let something not go, and what it says of it. */
export interface Stopped {
  code: 'policy-confirm' | 'policy-four-eyes' | 'policy-refused'
  judgement: PolicyJudgement
}

/** What a refused send carries; null: it was refused for something else. */
export function stoppedBy(error: unknown): Stopped | null {
  if (!(error instanceof ORPCError)) return null
  const data = error.data as { code?: string; news?: PolicyJudgement } | undefined
  if (!data?.news || !data.code?.startsWith('policy-')) return null
  return { code: data.code as Stopped['code'], judgement: data.news }
}
