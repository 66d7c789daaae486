import { dataFolder } from '../scripts/data-folder.ts'
import { askedTerms, likeness, type Rarity, rank, tellingTerms } from '../server/inbox/suggested/similarity.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { englishAnswers } from './policy-answers.ts'

/**
 * How often a suggested answer says what the team then really said: on public answers of brands to customers, each
 * question asked of the other answers of the same brand, of which there are some dozens. A hit: what was suggested and what
 * was said are alike by the same measure as questions are, so that polite words which stand everywhere count for little.
 * Beside it an answer of that brand that was picked without looking at the question.
 */
const PAIRS_MIN = 30
const HIT_LIKENESS_MIN = 0.4

interface Pair {
  account: string
  text: string
  terms: readonly string[]
  answerTerms: readonly string[]
}

export async function measure({ say }: BenchOptions): Promise<Measured> {
  const folder = dataFolder()
  if (!folder) {
    say('Skipped: there is no folder of public data (RAPPORT_DATA).')
    return { figures: {}, targets: [] }
  }
  const brands = [...Map.groupBy(pairsOf(folder), ({ account }) => account).values()].filter(
    (pairs) => pairs.length >= PAIRS_MIN,
  )
  const started = process.cpuUsage().user
  const asked = brands.flatMap((pairs) => pairs.map((pair, at) => judge(pair, at, pairs)))
  const seconds = (process.cpuUsage().user - started) / 1e6
  const suggested = asked.filter((one) => one !== null)
  const percent = (values: readonly number[]) => Math.round((1_000 * sum(values)) / Math.max(1, values.length)) / 10
  const hits = (values: readonly number[]) => values.map((value) => (value >= HIT_LIKENESS_MIN ? 1 : 0))
  const [first, blind] = [suggested.map((one) => one.first), suggested.map((one) => one.blind)]
  return {
    figures: {
      brands: brands.length,
      questions: asked.length,
      'with a suggestion percent': percent(asked.map((one) => (one ? 1 : 0))),
      'first is a hit percent': percent(hits(first)),
      'one of three is a hit percent': percent(hits(suggested.map((one) => one.best))),
      'picked blind is a hit percent': percent(hits(blind)),
      'first likeness percent': percent(first),
      'picked blind likeness percent': percent(blind),
      'likeness times blind': Math.round((100 * sum(first)) / sum(blind)) / 100,
      'questions ranked/s': Math.round(asked.length / seconds),
    },
    targets: [{ figure: 'likeness times blind', atLeast: 1.5 }],
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

/** How alike to what was really said are the first suggestion, the best of all, and one picked blind; null: none was made. */
function judge(pair: Pair, at: number, pairs: readonly Pair[]): { first: number; best: number; blind: number } | null {
  const others = pairs.filter((other) => other !== pair)
  const rarity = rarityOf(others.map(({ terms }) => terms))
  const asked = new Set(askedTerms(pair.terms, rarity))
  const found = rank(
    pair.terms,
    others.filter(({ terms }) => terms.some((term) => asked.has(term))),
    rarity,
  )
  if (found.length === 0) return null
  const answers = rarityOf(others.map(({ answerTerms }) => answerTerms))
  const toTruth = (one: Pair) => likeness(pair.answerTerms, one.answerTerms, answers)
  const alike = found.map(toTruth)
  return { first: alike[0] ?? 0, best: Math.max(...alike), blind: toTruth(others[(at + 7) % others.length] as Pair) }
}

function rarityOf(texts: readonly (readonly string[])[]): Rarity {
  const byTerm = new Map<string, number>()
  for (const terms of texts) for (const term of terms) byTerm.set(term, (byTerm.get(term) ?? 0) + 1)
  return { answers: texts.length, byTerm }
}

const HANDLES = /@\w+/g
const SIGN_OFF = /\s*[-^*/]\s?\p{L}{1,8}\s*$/u

function pairsOf(folder: string): Pair[] {
  return englishAnswers(folder).flatMap(({ account, draft }) => {
    const terms = tellingTerms((draft.answered?.text ?? '').replace(HANDLES, ''), 'en')
    const text = draft.text.replace(HANDLES, '').replace(SIGN_OFF, '')
    const answerTerms = tellingTerms(text, 'en')
    return terms.length >= 2 && answerTerms.length >= 3 ? [{ account, text, terms, answerTerms }] : []
  })
}
