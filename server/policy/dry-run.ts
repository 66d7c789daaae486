import { POLICY_VERDICTS } from '../../contract/policy-words.ts'
import type { Verdict } from './configuration.ts'
import type { Draft } from './draft.ts'
import { CHECK_IDS, type CheckId } from './finding.ts'
import type { Judgement, Policy } from './policy.ts'

/** A past answer of which two configurations say different things. */
export interface Change {
  /** Place among the answers. */
  answer: number
  before: Verdict
  after: Verdict
  /** Checks whose findings, or what is done about them, differ. */
  checks: readonly CheckId[]
}

export interface DryRun {
  answers: number
  stricter: number
  looser: number
  /** Verdicts before and after, counted. */
  before: Readonly<Record<Verdict, number>>
  after: Readonly<Record<Verdict, number>>
  /** By check: answers of which it says something, before and after. */
  byCheck: readonly { check: CheckId; before: number; after: number }[]
  changes: readonly Change[]
}

/** What would have been said of past answers. Circumstances are as each draft tells them: a past crisis does not count again. */
export function compare(answers: readonly Draft[], before: Policy, after: Policy): DryRun {
  return compareJudgements(
    answers.map((draft) => before.judge(draft)),
    answers.map((draft) => after.judge(draft)),
  )
}

/** The same of judgements that were made already, one of each configuration for every answer. */
export function compareJudgements(before: readonly Judgement[], after: readonly Judgement[]): DryRun {
  const judged = before.flatMap((one, answer) => {
    const other = after[answer]
    return other ? [[one, other] as const] : []
  })
  const changes = judged.flatMap(([one, other], answer) => {
    const checks = differingChecks(one, other)
    return one.verdict === other.verdict && checks.length === 0
      ? []
      : [{ answer, before: one.verdict, after: other.verdict, checks }]
  })
  const hardness = (verdict: Verdict): number => POLICY_VERDICTS.indexOf(verdict)
  const moved = (by: number): number =>
    changes.filter(({ before, after }) => Math.sign(hardness(after) - hardness(before)) === by).length
  return {
    answers: judged.length,
    stricter: moved(1),
    looser: moved(-1),
    before: counted(judged.map(([one]) => one)),
    after: counted(judged.map(([, other]) => other)),
    byCheck: CHECK_IDS.map((check) => ({
      check,
      before: judged.filter(([one]) => says(one, check)).length,
      after: judged.filter(([, other]) => says(other, check)).length,
    })).filter((entry) => entry.before + entry.after > 0),
    changes,
  }
}

const says = ({ findings }: Judgement, check: CheckId): boolean => findings.some((finding) => finding.check === check)

const signOf = ({ findings }: Judgement, check: CheckId): string =>
  findings
    .filter((finding) => finding.check === check)
    .map(
      ({ code, action, spans }) =>
        `${code} ${action} ${spans.map(({ part, index, from, to }) => `${part}${index}:${from}-${to}`)}`,
    )
    .join()

const differingChecks = (one: Judgement, other: Judgement): CheckId[] =>
  CHECK_IDS.filter((check) => signOf(one, check) !== signOf(other, check))

const counted = (judgements: readonly Judgement[]): Record<Verdict, number> => {
  const counts: Record<Verdict, number> = { send: 0, confirm: 0, 'four-eyes': 0, refuse: 0 }
  for (const { verdict } of judgements) counts[verdict]++
  return counts
}
