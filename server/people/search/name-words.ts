import { splitText, wordKeys } from '../../text/index.ts'

/** Words of one name that keys are made of; whoever writes a sentence into the name is found by its beginning. */
export const WORDS_OF_NAME_MAX = 6
const WORD_LETTERS_MAX = 40

/** They stand in too many names to find anybody by, and are left out as often as not. */
const PARTICLES = new Set(
  'de den der des het van von vom zu zum zur te ten ter la le les di da del della du dos el al y und and en the dr prof ing dipl mr mrs ms herr frau dhr mevr'.split(
    ' ',
  ),
)

/**
 * The words of a name as they are compared: no case, no accents, ae oe ue read as umlauts (Mueller, Müller and Muller are
 * one word). Particles and titles are left out where anything else is there.
 */
export function nameWords(name: string): string[] {
  const words = splitText(name)
    .filter(({ kind }) => kind === 'word')
    .flatMap(({ text }) => text.split(/[^\p{L}\p{N}'’]+/u))
    .filter((text) => text !== '')
    .map((text) => {
      const { keys, german } = wordKeys(text)
      return (german ?? keys[0] ?? '').slice(0, WORD_LETTERS_MAX)
    })
    .filter((word) => word !== '')
  const telling = words.filter((word) => !PARTICLES.has(word))
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, WORDS_OF_NAME_MAX)
}

const PAIR = ' '

/** Under which a name is found: any two of its words in either order; its only word. */
export function keysOfName(name: string): string[] {
  const words = nameWords(name)
  if (words.length === 1) return words
  return words.flatMap((one) => words.flatMap((other) => (one === other ? [] : [pairKey(one, other)])))
}

export const pairKey = (one: string, other: string): string => `${one}${PAIR}${other}`

export const wordsOfKey = (key: string): string[] => key.split(PAIR)

/** Everything whose first word is this one lies in [word, firstWordEnd(word)). */
export const firstWordEnd = (word: string): string => `${word}!`
