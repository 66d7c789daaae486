import { THEMES, vectorOf } from './background.ts'
import { type Features, idOf } from './features.ts'
import { type Model, probabilityOf, scoreOf } from './model.ts'

export const REASONS_MAX = 5
/** Posts of the background that the line is drawn on. */
const POSTS_FOR_LINE_MAX = 2_000
/** So far to either side of the line, in log-odds, the model does not decide. */
const UNSURE_WITHIN = 0.15
/** With fewer labels nothing is decided, whatever the score: one side may not have been seen yet. */
const LABELS_TO_DECIDE_MIN = 4

export type Side = 'for-us' | 'not-for-us' | 'unsure'

/** A feature that moved the score, by so much log-odds: positive speaks for "for us". */
export interface Reason {
  readonly name: string
  readonly weight: number
}

export interface Judgement {
  readonly side: Side
  readonly probability: number
  readonly score: number
  /** The strongest first. */
  readonly reasons: readonly Reason[]
}

/** What a process needs to judge: small, and read without any post. */
export interface Scorer {
  readonly model: Model
  readonly line: number
}

/**
 * Where "for us" begins, as a probability: the value at which the expected mean F1 of both sides is best over the posts of
 * the background, if the model's own probabilities are right. Where one side is rare that is not one half.
 */
export function lineOf(probabilities: readonly number[]): number {
  const sorted = probabilities.slice(0, POSTS_FOR_LINE_MAX).sort((a, b) => b - a)
  const size = sorted.length
  const expected = sorted.reduce((sum, value) => sum + value, 0)
  let [found, best, line] = [0, -1, 0.5]
  for (let taken = 0; taken < size; taken++) {
    const above = sorted[taken] as number
    if (taken > 0) {
      const rest = size - taken - (expected - found)
      const f1 = (2 * found) / (taken + expected) + (2 * rest) / (size - taken + size - expected)
      if (f1 > best) [best, line] = [f1, (above + (sorted[taken - 1] as number)) / 2]
    }
    found += above
  }
  return Math.min(0.95, Math.max(0.05, line))
}

export function judge({ model, line }: Scorer, features: Features): Judgement {
  const score = scoreOf(model, vectorOf(model.background, features))
  return {
    side: sideOf(model, line, score),
    probability: probabilityOf(score),
    score,
    reasons: reasonsFor(model, features),
  }
}

/** Without reasons, where many posts are judged and nobody reads why. */
export function judgeShortly({ model, line }: Scorer, features: Features): Pick<Judgement, 'side' | 'probability'> {
  const score = scoreOf(model, vectorOf(model.background, features))
  return { side: sideOf(model, line, score), probability: probabilityOf(score) }
}

/** What speaks loudest for and against over all posts: the weight of each feature by itself. */
export function strongest(
  { model }: Scorer,
  among: Iterable<string>,
  count: number,
): { forUs: Reason[]; notForUs: Reason[] } {
  const weighed = [...new Set(among)].map((name) => ({ name, weight: model.weights.get(idOf(name)) ?? 0 }))
  const sorted = weighed.filter(({ weight }) => weight !== 0).sort((a, b) => b.weight - a.weight)
  return {
    forUs: sorted.filter(({ weight }) => weight > 0).slice(0, count),
    notForUs: sorted
      .filter(({ weight }) => weight < 0)
      .slice(-count)
      .reverse(),
  }
}

function sideOf(model: Model, line: number, score: number): Side {
  const above = score - Math.log(line / (1 - line))
  if (model.labels < LABELS_TO_DECIDE_MIN || Math.abs(above) < UNSURE_WITHIN) return 'unsure'
  return above > 0 ? 'for-us' : 'not-for-us'
}

/** A feature's share of the score, its themes included; all shares and the intercept add up to the score. */
export function reasonsFor(model: Model, features: Features, count: number = REASONS_MAX): Reason[] {
  const vector = vectorOf(model.background, features)
  const reasons = features.ids.map((id, at) => ({
    name: features.names[at] as string,
    weight: (vector.values[at] as number) * ((model.weights.get(id) ?? 0) + vector.themeScale * themeWeight(model, id)),
  }))
  const moving = reasons.filter(({ weight }) => weight !== 0)
  return moving.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, count)
}

function themeWeight({ background, themes }: Model, id: number): number {
  const place = background.places.get(id)
  if (place === undefined) return 0
  const from = place * THEMES
  let sum = 0
  for (let theme = 0; theme < THEMES; theme++)
    sum += (background.themes[from + theme] as number) * (background.steps[theme] as number) * (themes[theme] as number)
  return sum
}
