import type { z } from 'zod'
import type { policy as contract, PolicyDocument } from '../../../contract/publishing-policy.ts'
import { compareJudgements } from '../../policy/index.ts'
import { judgePast, type Past } from './past.ts'
import type { PolicyVersion } from './versions.ts'

const CHANGES_SHOWN_MAX = 50

type DryRun = z.output<NonNullable<(typeof contract.dryRun)['~orpc']['outputSchema']>>

/** What would have been said of past texts, beside what holds now. */
export async function dryRun(past: Past, current: PolicyVersion, document: PolicyDocument): Promise<DryRun> {
  const before = await judgePast(past, current)
  const after = await judgePast(past, { ...current, document })
  const { answers, changes, byCheck, ...run } = compareJudgements(before, after)
  return {
    texts: answers,
    ...run,
    byCheck: byCheck.map((entry) => ({ ...entry })),
    changes: changes.slice(0, CHANGES_SHOWN_MAX).flatMap(({ answer, before: was, after: is, checks }) => {
      const text = past.texts[answer]
      if (!text) return []
      const { postId, publishedAt, sourceName } = text
      return [{ postId, text: text.text, publishedAt, sourceName, before: was, after: is, checks: [...checks] }]
    }),
  }
}
