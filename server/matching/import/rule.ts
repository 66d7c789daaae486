import type { Range } from '../query.ts'

/** A rule of another product: a tree of its operators, with the place of each part in the rule's text. */
export type RuleNode = Range &
  (
    | { kind: 'and' | 'or'; parts: RuleNode[] }
    | { kind: 'not'; part: RuleNode }
    /** At most `between` words stand between the two. */
    | { kind: 'near'; ordered: boolean; between: number; left: RuleNode; right: RuleNode }
    | { kind: 'leaf'; carried: Carried }
  )

/** What a word, phrase or field of theirs is in our language. */
export interface Carried {
  /** Null: we have nothing for it. */
  text: string | null
  /** How it meets posts beside the original: of a leaf that is left out, this does not count. */
  change: 'same' | 'rewritten' | 'wider' | 'narrower'
  /** Why it changed or was left out: a code of RULE_NOTES. */
  code: RuleNoteCode | null
  /** It stands at a place of the text, so that something can be near it. */
  placed: boolean
}

/** The dialect decides what a leaf means; reading.ts knows where it begins and ends. */
export interface Dialect {
  name: 'brandwatch' | 'x'
  /** <<<comments>>> and braces around exact spellings are read. */
  comments: boolean
  word(text: string): Carried
  phrase(text: string): Carried
  exact(text: string): Carried
  field(name: string, value: string): Carried
}

export const RULE_NOTE_CODES = [
  'comment',
  'field-unknown',
  'field-has-no-match',
  'share-not-heard',
  'title-anywhere',
  'link-or-address',
  'address-contains',
  'answer-or-comment',
  'mention-instead-of-answer',
  'site-of-network',
  'media-of-any-kind',
  'group-by-address',
  'sign-left-out',
  'accents-do-not-count',
  'words-near',
  'near-spread',
  'near-without-place',
  'wildcard-too-broad',
  'not-readable',
  'brackets-repaired',
  'only-left-out',
  'too-large',
] as const
export type RuleNoteCode = (typeof RULE_NOTE_CODES)[number]

export interface RuleNote extends Range {
  code: RuleNoteCode
  did: 'rewritten' | 'narrowed' | 'widened' | 'left-out' | 'refused'
  became: string | null
}

export const same = (text: string, placed = true): Carried => ({ text, change: 'same', code: null, placed })
export const leftOut = (code: RuleNoteCode): Carried => ({ text: null, change: 'same', code, placed: false })
export const filter = (text: string): Carried => same(text, false)
export const changed = (
  text: string,
  change: 'rewritten' | 'wider' | 'narrower',
  code: RuleNoteCode,
  placed = false,
): Carried => ({ text, change, code, placed })

/** As spelt, without word forms: what these products mean by a word. Our quotation marks cannot stand inside. */
export const asSpelt = (text: string): string =>
  /^[#@]/.test(text) ? text : `"${text.replace(/["“”„‟«»]/g, ' ').trim()}"`
