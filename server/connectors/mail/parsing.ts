import { type ParsedMail, simpleParser } from 'mailparser'

const HTML_CHARACTERS_MAX = 500_000

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
