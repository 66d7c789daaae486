import { type ParsedMail, simpleParser } from 'mailparser'

const HTML_CHARACTERS_MAX = 500_000
const ID_CHARACTERS_MAX = 400

/** Markup that the library cannot make text of (too long, too deep) hides no letter: our own reader takes any. */
export const parseLetter = (source: Buffer): Promise<ParsedMail> =>
  parsed(source).catch(() => parsed(source, { skipHtmlToText: true }))

const parsed = (source: Buffer, more: { skipHtmlToText?: true } = {}): Promise<ParsedMail> =>
  simpleParser(source, {
    skipImageLinks: true,
    skipTextToHtml: true,
    maxHtmlLengthToParse: HTML_CHARACTERS_MAX,
    ...more,
  })

/** A Message-ID without its brackets; null where it is none. */
export const bareId = (id: string | undefined): string | null => {
  const inside = id?.trim().replace(/^<|>$/g, '') ?? ''
  return inside === '' || inside.length > ID_CHARACTERS_MAX || /[\s<>\0]/.test(inside) ? null : inside
}
