import { baseLanguage, termRuns, termsOf } from '../../text/index.ts'

/** Telling words of a question that are remembered; a long post is known by its beginning. */
const TERMS_MAX = 40
/** Asking by the rarest words finds the same as asking by all. */
const ASKED_TERMS_MAX = 12
const NOTHING_SILENT: ReadonlySet<string> = new Set()

/** Stems of the telling words and tags, each once, in their order. Empty where nothing tells. */
export const tellingTerms = (text: string, language: string): string[] => [...tellingWords(text, language).keys()]

/** The same, with the word as it is written there. */
export const tellingWords = (text: string, language: string): Map<string, string> =>
  new Map(
    termsOf(termRuns(text, baseLanguage(language), NOTHING_SILENT), () => true, 1)
      .slice(0, TERMS_MAX)
      .map(({ key, surface }) => [key, surface]),
  )

export interface Rarity {
  /** Remembered answers of the language. */
  answers: number
  /** In how many questions a term stands; terms that stand in none are absent. */
  byTerm: ReadonlyMap<string, number>
}

/** Inverse document frequency, smoothed: a word in every question weighs next to nothing. */
export const weightOf = (term: string, { answers, byTerm }: Rarity): number =>
  Math.log(1 + (answers + 1) / ((byTerm.get(term) ?? 0) + 0.5))

/** The rarest terms that stand in some question. */
export const askedTerms = (terms: readonly string[], rarity: Rarity): string[] =>
  terms
    .filter((term) => rarity.byTerm.has(term))
    .toSorted((one, other) => weightOf(other, rarity) - weightOf(one, rarity))
    .slice(0, ASKED_TERMS_MAX)

/**
 * How alike two questions are, 0 to 1: the share of this one's weight that stands in the other, tempered by how much of
 * the other stands in this one (their geometric mean, so that neither a long nor a short post wins by its length).
 */
export function likeness(terms: readonly string[], others: readonly string[], rarity: Rarity): number {
  const there = new Set(others)
  const shared = terms.filter((term) => there.has(term))
  if (shared.length === 0) return 0
  const weigh = (some: readonly string[]) => some.reduce((sum, term) => sum + weightOf(term, rarity), 0)
  return Math.sqrt((weigh(shared) / weigh(terms)) * (weigh(shared) / weigh(others)))
}

export interface Candidate {
  terms: readonly string[]
  /** What was answered; the same answer is suggested once. */
  text: string
}

const SUGGESTIONS_MAX = 3
/** Below this two questions share a word by chance; measured by `npm run bench suggested`. */
const LIKENESS_MIN = 0.2

/** The best of each answer, most alike first. */
export function rank<One extends Candidate>(
  terms: readonly string[],
  candidates: readonly One[],
  rarity: Rarity,
): (One & { likeness: number; shared: string[] })[] {
  const asked = new Set(terms)
  const best = new Map<string, One & { likeness: number; shared: string[] }>()
  for (const candidate of candidates) {
    const alike = likeness(terms, candidate.terms, rarity)
    const key = candidate.text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')
    if (alike < LIKENESS_MIN || alike <= (best.get(key)?.likeness ?? 0)) continue
    best.set(key, { ...candidate, likeness: alike, shared: candidate.terms.filter((term) => asked.has(term)) })
  }
  return [...best.values()].toSorted((one, other) => other.likeness - one.likeness).slice(0, SUGGESTIONS_MAX)
}
