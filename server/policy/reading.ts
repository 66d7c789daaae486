import { baseLanguage, splitText, type Token } from '../text/index.ts'
import { CHARACTERS_READ_MAX, type Draft, PARTS_READ_MAX } from './draft.ts'
import type { Part, Span } from './finding.ts'

/** A quotation is ours no more than its author's; longer ones are an unclosed mark. */
const QUOTATION = /„[^“”"]{1,300}[“”"]|“[^“”]{1,300}”|"[^"\n]{1,300}"|»[^«»]{1,300}«|«[^«»]{1,300}»/g
/** A stop inside of 10.00 or z.B. ends none. */
const ENDS_SENTENCE = /[!?…\n\r]|\..|.\./s
/** Behind these a capital letter says nothing. */
const MAY_OPEN = /[.:;„“”"»«([•|*\-–—/]/

export interface Word {
  /** Lower case, composed, with a straight apostrophe. */
  key: string
  text: string
  from: number
  to: number
  sentence: number
  /** It may be written with a capital because of where it stands. */
  opens: boolean
  quoted: boolean
}

/** A part of the draft, split once for all checks. */
export interface Piece {
  part: Part
  index: number
  text: string
  tokens: readonly Token[]
  words: readonly Word[]
}

export interface Reading {
  draft: Draft
  /** Title, text and texts of pictures. */
  prose: readonly Piece[]
  pieces: readonly Piece[]
  /** Two letters: what was asked for, or else what was recognised, or null. */
  language: string | null
  recognised: string | null
}

export function readDraft(draft: Draft, recognise: (text: string) => string | null): Reading {
  const prose = [
    ...(draft.title ? [pieceOf('title', 0, draft.title)] : []),
    pieceOf('text', 0, draft.text),
    ...draft.alternatives.slice(0, PARTS_READ_MAX).map((text, index) => pieceOf('alternative', index, text)),
  ]
  const links = draft.links.slice(0, PARTS_READ_MAX).map((text, index) => pieceOf('link', index, text))
  const recognised = recognise([draft.title ?? '', draft.text].join('\n').slice(0, CHARACTERS_READ_MAX))
  return {
    draft,
    prose,
    pieces: [...prose, ...links],
    language: draft.language === null ? recognised : baseLanguage(draft.language),
    recognised,
  }
}

export const spanOf = (piece: Piece, from: number, to: number): Span => ({
  part: piece.part,
  index: piece.index,
  from,
  to,
})

function pieceOf(part: Part, index: number, whole: string): Piece {
  const text = whole.slice(0, CHARACTERS_READ_MAX)
  const tokens = splitText(text)
  return { part, index, text, tokens, words: wordsOf(text, tokens) }
}

function wordsOf(text: string, tokens: readonly Token[]): Word[] {
  const quotations = [...text.matchAll(QUOTATION)].map((match) => [match.index, match.index + match[0].length] as const)
  const words: Word[] = []
  let [end, sentence, quotation, opens] = [0, 0, 0, true]
  for (const token of tokens) {
    const between = text.slice(end, token.from)
    if (ENDS_SENTENCE.test(between)) {
      sentence++
      opens = true
    } else if (MAY_OPEN.test(between)) opens = true
    end = token.to
    while ((quotations[quotation]?.[1] ?? Number.POSITIVE_INFINITY) <= token.from) quotation++
    if (token.kind !== 'word') continue
    const key = token.text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[’ʼ`´]/g, "'")
    const quoted = (quotations[quotation]?.[0] ?? Number.POSITIVE_INFINITY) <= token.from
    words.push({ key, text: token.text, from: token.from, to: token.to, sentence, opens, quoted })
    opens = false
  }
  return words
}
