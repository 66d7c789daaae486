import { remembered } from './memo.ts'

/** A longer run of letters is one word still, but only its beginning tells it apart. */
export const WORD_CHARACTERS_MAX = 100
const WORDS_REMEMBERED_MAX = 20_000
/** Shorter words are never read as written with an umlaut: "due" is not "dü", "toe" is not "tö". */
const GERMAN_KEY_LETTERS_MIN = 4

/**
 * Two words meet when they share a key.
 *
 * Every word has its plain key: lower case, no accents, ligatures and look-alike letters written out, ß as ss, no
 * apostrophe. A word written with ä ö ü has a second key with ae oe ue. A word written with ae oe ue has a German key
 * with a o u, which counts only where German is being read, because "goed" is not "god" in Dutch and "poet" is not
 * "pot" in English. So München {munchen, muenchen}, Muenchen {muenchen; German: munchen} and Munchen {munchen} meet.
 *
 * The German key follows the rule of Snowball's German2 stemmer and Lucene's GermanNormalizationFilter: "ue" after a
 * vowel or q stays (neue, Frauen, Quelle). Known false meetings: schön and schon, in German Poet and Pott's stem "pot".
 */
export interface WordKeys {
  readonly keys: readonly string[]
  readonly german: string | null
}

export const wordKeys: (word: string) => WordKeys = remembered(WORDS_REMEMBERED_MAX, (word) => {
  const lower = /^[a-z0-9]+$/.test(word) ? word : decomposed(word)
  const plain = shortened(withoutMarks(lower))
  const spelled = shortened(withoutMarks(lower.replace(/([aou])\u0308/g, '$1e').replaceAll('ø', 'oe')))
  const german = readAsGerman(plain)
  return {
    keys: spelled === plain ? [plain] : [plain, spelled],
    german: german === plain || plain.length < GERMAN_KEY_LETTERS_MIN ? null : german,
  }
})

/** NFKD also undoes full-width and mathematical letters, with which posts are dressed up or hidden. */
function decomposed(word: string): string {
  return word
    .replace(UNSEEN, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/и\u0306/g, 'й')
}

const LETTERS_WRITTEN_OUT: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
}

/** Accents of Latin, Greek and Cyrillic; vowel points of Arabic and Hebrew; enclosing marks and variation selectors. */
const MARKS = /[\u0300-\u036f]|[\u064b-\u0652]|\u0670|[\u0591-\u05c7]|[\u20d0-\u20ff]|[\ufe00-\ufe0f]/g
/** Apostrophes, and characters that are not seen. */
const UNSEEN = /['’ʼ`´\s\u00ad\u200b\u200c\u2060\ufeff]|\u200d/g

function withoutMarks(lower: string): string {
  if (/^[a-z0-9]+$/.test(lower)) return lower
  return lower
    .replace(MARKS, '')
    .replace(UNSEEN, '')
    .replace(/[ßæœøłđðþħıς]/g, (letter) => LETTERS_WRITTEN_OUT[letter] ?? letter)
    .normalize('NFC')
}

function shortened(key: string): string {
  return key.length > WORD_CHARACTERS_MAX ? key.slice(0, WORD_CHARACTERS_MAX) : key
}

function readAsGerman(plain: string): string {
  return plain.replace(/([ao])e/g, '$1').replace(/(^|[^aeiouyq])ue/g, '$1u')
}
