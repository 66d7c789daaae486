/**
 * Words that a slip of the keys turns into each other are found by what is left of both when letters are left out: one
 * index look for each, whatever the alphabet (SymSpell: W. Garbe, 2012, "1000x faster spelling correction by deletes";
 * deletion neighbourhoods: Bocek, Hunt, Stiller 2007). A letter too many, too few, wrong or swapped costs one deletion on
 * each side. Words that sound alike meet by their code in Kölner Phonetik (Postel 1969), which serves Dutch names too.
 */
const LONG_WORD_LETTERS = 6
/** What stands after these letters does not decide whether two words may be the same. Bounds the keys of a word to 29. */
const PREFIX_LETTERS = 7
/** Shorter words are typed whole: too many others are one letter away. */
const SHORTEST_LETTERS = 3

/** How many slips a word may hold. */
export const slipsOf = (word: string): number =>
  word.length < SHORTEST_LETTERS ? 0 : word.length < LONG_WORD_LETTERS ? 1 : 2

/** Two words that are no more slips apart than each of them may hold share a key. */
export function neighbourKeys(word: string): string[] {
  const prefix = word.slice(0, PREFIX_LETTERS)
  const keys = new Set([prefix])
  let last = [prefix]
  for (let deletions = 0; deletions < slipsOf(word); deletions++) {
    const next = new Set(last.flatMap(withoutOneLetter))
    for (const key of next) keys.add(key)
    last = [...next]
  }
  const sound = soundOf(word)
  return [...keys, ...(sound === '' ? [] : [`#${sound}`])]
}

const withoutOneLetter = (text: string): string[] =>
  text.length < 2 ? [] : Array.from({ length: text.length }, (_, at) => text.slice(0, at) + text.slice(at + 1))

/** Kölner Phonetik; empty for words of fewer than two sounds, which tell nothing. */
export function soundOf(word: string): string {
  const letters = word
    .replaceAll('ph', 'f')
    .replaceAll('ij', 'i')
    .replace(/[^a-z]/g, '')
  let code = ''
  for (let at = 0; at < letters.length; at++) code += digitOf(letters, at)
  const said = code.replace(/(.)\1+/g, '$1')
  const sound = said.slice(0, 1) + said.slice(1).replaceAll('0', '')
  return sound.length < 2 ? '' : sound
}

function digitOf(letters: string, at: number): string {
  const letter = letters.charAt(at)
  const before = letters.charAt(at - 1)
  const after = letters.charAt(at + 1)
  if ('aeiouyj'.includes(letter)) return '0'
  if (letter === 'h') return ''
  if ('bp'.includes(letter)) return '1'
  if ('dt'.includes(letter)) return after !== '' && 'csz'.includes(after) ? '8' : '2'
  if ('fvw'.includes(letter)) return '3'
  if ('gkq'.includes(letter)) return '4'
  if (letter === 'x') return before !== '' && 'ckq'.includes(before) ? '8' : '48'
  if (letter === 'l') return '5'
  if ('mn'.includes(letter)) return '6'
  if (letter === 'r') return '7'
  if (letter !== 'c') return '8'
  return soundOfC(at === 0, before, after)
}

const soundOfC = (first: boolean, before: string, after: string): string => {
  if (first) return after !== '' && 'ahkloqrux'.includes(after) ? '4' : '8'
  if (before !== '' && 'sz'.includes(before)) return '8'
  return after !== '' && 'ahkoqux'.includes(after) ? '4' : '8'
}
