import { wordKeys } from './fold.ts'
import { remembered } from './memo.ts'
import { splitText, type Token } from './split.ts'
import { isStopWord } from './stop-words.ts'
import { baseLanguage, LANGUAGES_WITH_WORD_FORMS, stem } from './word-forms.ts'

const WORD_LETTERS_MIN = 2
const TOKENS_READ_MAX = 1_000
const BLANK = 0x20

/** A word of a post as terms are made of it. `key` stands for all forms of the word in its language. */
export interface TermWord {
  readonly key: string
  readonly surface: string
  /** May begin and end a phrase, and stand alone. */
  readonly telling: boolean
}

/** The words of a text in runs that no sentence mark, handle, tag or address breaks. Tags are runs of their own. */
export function termRuns(text: string, language: string | null, silent: ReadonlySet<string>): TermWord[][] {
  const base = language === null ? null : baseLanguage(language)
  // Without word forms all languages are read alike, whatever a network states.
  const read = readerOf(base !== null && LANGUAGES_WITH_WORD_FORMS.includes(base) ? base : null)
  const runs: TermWord[][] = []
  let run: TermWord[] = []
  let end = 0
  const close = () => {
    if (run.length > 0) runs.push(run)
    run = []
  }
  for (const token of splitText(text).slice(0, TOKENS_READ_MAX)) {
    if (breaksRun(text, end, token.from)) close()
    end = token.to
    if (token.kind === 'word') run.push(wordOf(token, read, silent))
    else close()
    if (token.kind === 'tag') runs.push([tagOf(token, silent)])
  }
  close()
  return runs
}

/** Most words stand one blank apart. */
const breaksRun = (text: string, from: number, to: number): boolean =>
  to > from && !(to === from + 1 && text.charCodeAt(from) === BLANK) && /[^\s'’"“”„«»*_-]/.test(text.slice(from, to))

function wordOf({ text }: Token, read: (text: string) => ReadWord, silent: ReadonlySet<string>): TermWord {
  const word = read(text)
  return word.telling && silent.has(word.folded) ? { ...word, telling: false } : word
}

interface ReadWord extends TermWord {
  readonly folded: string
}

/** As with stems: most words of a stream are the same few thousand. */
const WORDS_REMEMBERED_MAX = 10_000
const readers = new Map<string | null, (text: string) => ReadWord>()

function readerOf(language: string | null): (text: string) => ReadWord {
  const known = readers.get(language)
  if (known) return known
  const reader = remembered(WORDS_REMEMBERED_MAX, (text): ReadWord => {
    const surface = text.toLowerCase().replace(/['’]s$/, '')
    const folded = wordKeys(surface).keys[0] ?? surface
    const telling = folded.length >= WORD_LETTERS_MIN && /\p{L}/u.test(folded) && !isStopWord(folded)
    return { key: language === null ? folded : stem(language, folded), surface, telling, folded }
  })
  readers.set(language, reader)
  return reader
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
      let { key, surface } = first
      let repeatsOne = true
      for (let to = from; to < Math.min(run.length, from + wordsMax); to++) {
        const last = run[to] as TermWord
        if (to > from) {
          key += ` ${last.key}`
          surface += ` ${last.surface}`
          repeatsOne &&= last.key === first.key
        }
        if (!last.telling || !isKnown(last.key) || (to > from && repeatsOne)) continue
        if (!terms.has(key)) terms.set(key, { key, surface, words: to - from + 1 })
      }
    }
  }
  return [...terms.values()]
}
