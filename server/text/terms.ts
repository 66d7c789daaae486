import { wordKeys } from './fold.ts'
import { splitText, type Token } from './split.ts'
import { isStopWord } from './stop-words.ts'
import { baseLanguage, stem } from './word-forms.ts'

const WORD_LETTERS_MIN = 2
const TOKENS_READ_MAX = 1_000

/** A word of a post as terms are made of it. `key` stands for all forms of the word in its language. */
export interface TermWord {
  key: string
  surface: string
  /** May begin and end a phrase, and stand alone. */
  telling: boolean
}

/** The words of a text in runs that no sentence mark, handle, tag or address breaks. Tags are runs of their own. */
export function termRuns(text: string, language: string | null, silent: ReadonlySet<string>): TermWord[][] {
  const base = language === null ? null : baseLanguage(language)
  const runs: TermWord[][] = []
  let run: TermWord[] = []
  let end = 0
  const close = () => {
    if (run.length > 0) runs.push(run)
    run = []
  }
  for (const token of splitText(text).slice(0, TOKENS_READ_MAX)) {
    if (/[^\s'’"“”„«»*_-]/.test(text.slice(end, token.from))) close()
    end = token.to
    if (token.kind === 'word') run.push(wordOf(token, base, silent))
    else close()
    if (token.kind === 'tag') runs.push([tagOf(token, silent)])
  }
  close()
  return runs
}

function wordOf({ text }: Token, language: string | null, silent: ReadonlySet<string>): TermWord {
  const surface = text.toLowerCase().replace(/['’]s$/, '')
  const folded = wordKeys(surface).keys[0] ?? surface
  const telling =
    folded.length >= WORD_LETTERS_MIN && /\p{L}/u.test(folded) && !silent.has(folded) && !isStopWord(folded)
  return { key: language === null ? folded : stem(language, folded), surface, telling }
}

function tagOf({ text }: Token, silent: ReadonlySet<string>): TermWord {
  const surface = text.toLowerCase()
  const folded = wordKeys(surface.slice(1)).keys[0] ?? surface
  return { key: `#${folded}`, surface, telling: !silent.has(folded) }
}

const PHRASE_WORDS_MAX = 3

export interface Term {
  key: string
  surface: string
  words: number
}

/** Words and phrases of up to `wordsMax` words, each once. A phrase begins and ends with a telling word. */
export function termsOf(
  runs: TermWord[][],
  isKnown: (key: string) => boolean,
  wordsMax: number = PHRASE_WORDS_MAX,
): Term[] {
  const terms = new Map<string, Term>()
  for (const run of runs) {
    for (let from = 0; from < run.length; from++) {
      const first = run[from] as TermWord
      if (!first.telling || !isKnown(first.key)) continue
      for (let to = from; to < Math.min(run.length, from + wordsMax); to++) {
        const last = run[to] as TermWord
        if (!last.telling || !isKnown(last.key)) continue
        const words = run.slice(from, to + 1)
        if (words.length > 1 && words.every((word) => word.key === first.key)) continue
        const key = words.map((word) => word.key).join(' ')
        if (!terms.has(key))
          terms.set(key, { key, surface: words.map((word) => word.surface).join(' '), words: words.length })
      }
    }
  }
  return [...terms.values()]
}
