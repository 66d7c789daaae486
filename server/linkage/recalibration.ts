import type { Answer, AnswerCounts, Model, UnitModel } from './model.ts'

/** For how many pairs the learned shares stand at least and at most when answers are added to them. */
const MATCHES_MIN = 30
const MATCHES_MAX = 300
/** Refused pairs were worth suggesting, so they are not pairs at random: many are needed to move u. */
const OTHERS = 2_000
/** Answers that are imagined to be as expected, so that the first few do not move the prior by much. */
const EXPECTED_ANSWERS = 5

/**
 * The model as people's answers shift it: confirmed pairs count towards m, refused ones towards u, and the prior moves by how
 * often they confirmed against what was shown to them. Answers are added to those that the model has; their order does not
 * matter.
 */
export function recalibrated(model: Model, answers: readonly Answer[]): Model {
  const counts = added(model, answers)
  return {
    ...model,
    answers: counts,
    prior: model.learnedPrior + shift(counts),
    units: model.units.map((unit, at) => shifted(unit, counts.confirmed[at] ?? [], counts.refused[at] ?? [])),
  }
}

function added({ answers: before, units }: Model, answers: readonly Answer[]): AnswerCounts {
  const fresh = (from: AnswerCounts['confirmed']): number[][] =>
    units.map(({ m }, at) => m.map((_, level) => from[at]?.[level] ?? 0))
  const [confirmed, refused] = [fresh(before.confirmed), fresh(before.refused)]
  let [confirmations, refusals, expected] = [before.confirmations, before.refusals, before.expected]
  for (const answer of answers) {
    for (const [at, row] of (answer.confirmed ? confirmed : refused).entries()) {
      const level = answer.levels[at] ?? 0
      if (level > 0 && level < row.length) row[level] = (row[level] as number) + 1
    }
    if (answer.confirmed) confirmations++
    else refusals++
    expected += answer.probability
  }
  return { confirmed, refused, confirmations, refusals, expected }
}

function shift({ confirmations, refusals, expected }: AnswerCounts): number {
  const answers = confirmations + refusals
  if (answers === 0) return 0
  const rate = expected / answers
  const [likely, unlikely] = [EXPECTED_ANSWERS * rate, EXPECTED_ANSWERS * (1 - rate)]
  const said = (confirmations + likely + 0.5) / (refusals + unlikely + 0.5)
  const shown = (expected + likely + 0.5) / (answers - expected + unlikely + 0.5)
  return Math.log2(said / shown)
}

function shifted(unit: UnitModel, confirmed: readonly number[], refused: readonly number[]): UnitModel {
  const matches = Math.max(MATCHES_MIN, Math.min(MATCHES_MAX, unit.weight))
  return {
    ...unit,
    m: blended(unit.learned.m, matches, confirmed),
    u: blended(unit.learned.u, OTHERS, refused),
  }
}

function blended(shares: readonly number[], weight: number, counts: readonly number[]): number[] {
  let total = weight
  for (const [level, count] of counts.entries()) if (level > 0) total += count
  return shares.map((share, level) => (level === 0 ? 1 : (share * weight + (counts[level] ?? 0)) / total))
}
