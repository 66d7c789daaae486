/** Markup made from texts of strangers: everything that is put into a template is escaped unless it is markup already. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Piece = Markup | string | number | null | undefined | false | readonly Piece[]

export function html(fixed: TemplateStringsArray, ...pieces: Piece[]): Markup {
  return new Markup(fixed.map((text, at) => text + (at < pieces.length ? markupOf(pieces[at]) : '')).join(''))
}

function markupOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return ''
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'object') return piece.map(markupOf).join('')
  return escaped(String(piece))
}

/** Controls are no text, and marks that turn the direction of writing would turn the report's own words. */
const UNWELCOME = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNWELCOME, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
