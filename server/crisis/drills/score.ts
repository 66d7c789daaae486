import type { ScoreCard } from '../../../contract/crisis-drills.ts'

/** Minutes to the first answer: full marks up to the first, none from the second on. */
const SPEED_MINUTES = { full: 5, none: 30 }
/** A crisis that is declared later than this counts half. */
const DECLARED_MINUTES = 15
/** What each part is worth; together 100. docs/crisis.md explains them. */
const WEIGHTS = { speed: 25, reach: 35, rules: 15, calm: 15, lead: 10 } as const

/**
 * Marks for the team from what the card holds. Pure. A storm in which nobody answered anything has earned none for how it
 * was answered.
 */
export function scored(card: Omit<ScoreCard, 'score' | 'parts'>): ScoreCard {
  const said = card.tone.positive + card.tone.neutral + card.tone.negative
  const parts = {
    speed: card.firstAnswerMinutes === null ? 0 : falling(card.firstAnswerMinutes, SPEED_MINUTES),
    reach: share(card.musts - card.mustsMissed, card.musts),
    rules: said === 0 ? 0 : 1 - card.answersWithBreach / said,
    calm: said === 0 ? 0 : (share(card.trolls - card.trollsFed, card.trolls) + (1 - card.tone.negative / said)) / 2,
    lead: (declared(card.crisisDeclaredMinutes) + (card.stepCount === 0 ? 0 : card.stepsDone / card.stepCount)) / 2,
  }
  const score = Object.entries(WEIGHTS).reduce(
    (sum, [part, weight]) => sum + weight * parts[part as keyof typeof WEIGHTS],
    0,
  )
  return { ...card, parts, score: Math.round(score) }
}

const falling = (minutes: number, { full, none }: typeof SPEED_MINUTES): number =>
  Math.min(1, Math.max(0, (none - minutes) / (none - full)))
const share = (some: number, all: number): number => (all === 0 ? 1 : some / all)
const declared = (minutes: number | null): number => {
  if (minutes === null) return 0
  return minutes <= DECLARED_MINUTES ? 1 : 0.5
}
