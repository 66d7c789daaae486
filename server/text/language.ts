import { splitText } from './split.ts'

/** Fewer letters say too little: "ok" would be Polish. */
const LETTERS_MIN = 12
/** Letters read at most; more change nothing but the time. */
const CHARACTERS_READ_MAX = 1_000
/**
 * How far the best language must stand before the second. On 1,839 tweets each, this answers for 87 to 99 % of them and
 * is right in 99 % or more (German: 96, where the set itself holds English and Dutch tweets).
 */
const MARGIN_MIN = 0.05

/**
 * Loads the recogniser, which answers with a two-letter code or null: too short, or not sure. It is loaded on demand
 * because its tables take 90 MB; the small and large sets of eld take 160 and 460 MB and are not better on posts.
 * Its own isReliable() is not used: it compares a score with a language's number.
 */
export async function loadLanguageRecogniser(): Promise<(text: string) => string | null> {
  const { eld } = await import('eld/extrasmall')
  return (text) => {
    const words = wordsOnly(text)
    if (letterCount(words) < LETTERS_MIN) return null
    const result = eld.detect(words)
    if (!result.language) return null
    const [best = 0, second = 0] = Object.values(result.getScores()).sort((a, b) => b - a)
    return best - second < MARGIN_MIN ? null : result.language
  }
}

/** Addresses, handles and tags are not written in the language of the post. */
function wordsOnly(text: string): string {
  return splitText(text.slice(0, CHARACTERS_READ_MAX))
    .filter((token) => token.kind === 'word')
    .map((token) => token.text)
    .join(' ')
}

function letterCount(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
