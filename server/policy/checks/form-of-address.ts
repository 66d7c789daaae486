import { type Finding, finding, type Span } from '../finding.ts'
import { type Piece, type Reading, spanOf, type Word } from '../reading.ts'
import type { Check } from './check.ts'

/** "ihr" is left out: it is her, their and you. */
const DU = new Set(
  `du dich dir dein deine deinem deinen deiner deines dein's euch euer eure eurem euren eurer eures
  kannst musst willst hast bist wirst möchtest könntest solltest findest darfst magst`.split(/\s+/),
)
/** Behind these, "ihr" is you. */
const VERBS_OF_IHR = new Set(
  'habt könnt seid wollt müsst dürft wisst findet möchtet solltet könntet werdet hättet braucht'.split(' '),
)
/** Inside a sentence a capital makes these formal; as its first word they may be she, her or they. */
const SIE = new Set(['sie', 'ihnen', 'ihr', 'ihre', 'ihrem', 'ihren', 'ihrer', 'ihres'])
const JE = new Set(['je', 'jij', 'jou', 'jouw', 'jezelf', "je's"])
const U = new Set(['u', 'uw', 'uzelf', 'uwe'])
const CAPITALS_MIN = 3

interface Forms {
  informal: Span[]
  formal: Span[]
}

/** Both forms in one text, or the one that the brand does not use. What is quoted is somebody else's form. */
export const findFormsOfAddress: Check = (reading, { brand }) => {
  const { language } = reading
  if (language === 'de') return judged(formsIn(reading, germanForm), brand.address.de, 'du', 'Sie')
  if (language === 'nl') return judged(formsIn(reading, dutchForm), brand.address.nl, 'je', 'u')
  return []
}

function judged(
  { informal, formal }: Forms,
  wanted: string | null,
  informalName: string,
  formalName: string,
): Finding[] {
  if (informal.length > 0 && formal.length > 0) {
    const values = { informal: informal.length, formal: formal.length, form: wanted ?? '' }
    const wrong = wanted === informalName ? formal : wanted === formalName ? informal : [...informal, ...formal]
    return [
      finding('form-of-address', 'mixed', 'medium', wanted ? 'use-form' : 'keep-one-form', { values, spans: wrong }),
    ]
  }
  const against = wanted === informalName ? formal : wanted === formalName ? informal : []
  if (against.length === 0) return []
  return [
    finding('form-of-address', 'against', 'low', 'use-form', { values: { form: wanted as string }, spans: against }),
  ]
}

type FormOf = (words: readonly Word[], at: number, piece: Piece) => keyof Forms | null

function formsIn({ prose }: Reading, formOf: FormOf): Forms {
  const forms: Forms = { informal: [], formal: [] }
  for (const piece of prose)
    piece.words.forEach((word, at) => {
      const form = word.quoted ? null : formOf(piece.words, at, piece)
      if (form) forms[form].push(spanOf(piece, word.from, word.to))
    })
  return forms
}

const germanForm: FormOf = (words, at, piece) => {
  const word = words[at] as Word
  if (DU.has(word.key)) return isDu(word) ? 'informal' : null
  if (word.key === 'ihr' && VERBS_OF_IHR.has(words[at - 1]?.key ?? '') && !isCapital(word)) return 'informal'
  if (!SIE.has(word.key) || !isCapital(word) || word.opens || isShouted(words, at)) return null
  if (word.key === 'ihr' && !isPossessive(words, at)) return null
  return isAboutTheWord(word, piece) ? null : 'formal'
}

/** "Ihr Paket" and not "Könnt Ihr euch", "Ihr Lieben": many write the plural of du with a capital. */
function isPossessive(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]
  const isPlural =
    words.some(({ key }) => /^eu(?:ch|er|re[mnrs]?)$/.test(key)) || VERBS_OF_IHR.has(words[at - 1]?.key ?? '')
  return !isPlural && next !== undefined && isCapital(next) && !/^liebe/.test(next.key)
}

/** "DIR" is a region and "DU" shouted by all capitals of the sentence; verbs count in small letters or at the beginning. */
const isDu = (word: Word): boolean => word.text !== word.text.toUpperCase() || word.text.length < 3

const isCapital = (word: Word): boolean => /^\p{Lu}/u.test(word.text)

/** In a sentence that is all in capitals, a capital says nothing. */
function isShouted(words: readonly Word[], at: number): boolean {
  const word = words[at] as Word
  if (word.text !== word.text.toUpperCase()) return false
  const around = words.slice(Math.max(0, at - CAPITALS_MIN), at + CAPITALS_MIN + 1)
  return around.every((other) => other.text === other.text.toUpperCase())
}

/** "Sie-Form": a word about the word. */
const isAboutTheWord = (word: Word, piece: Piece): boolean => piece.text.charAt(word.to) === '-'

const dutchForm: FormOf = (words, at, piece) => {
  const word = words[at] as Word
  if (JE.has(word.key)) return 'informal'
  if (!U.has(word.key)) return null
  // "U-bocht", "U2", "t.a.v. U." and single letters of lists are no address.
  const isLetter = word.key === 'u' && /[-.:)&'’]\p{L}|^[-).&]/u.test(piece.text.slice(word.to, word.to + 2))
  const isMarked = word.key === 'u' && /[-.&'’@#]/.test(piece.text.charAt(word.from - 1))
  return isLetter || isMarked ? null : 'formal'
}
