/**
 * Light colours for a query while it is typed. What a query means is the server's to say (server/matching): here only
 * the look of each piece decides, so that even half a query has its colours.
 */
export type PieceKind = 'operator' | 'phrase' | 'exact' | 'field' | 'tag' | 'wildcard' | 'bracket' | 'word' | 'blank'

export interface Piece {
  kind: PieceKind
  text: string
  /** In UTF-16 units, as faults count. */
  start: number
}

/** Quotation marks of every shape open and close a phrase; an unclosed one reaches to the end. */
const PIECES = new RegExp(
  [
    String.raw`(?<blank>\s+)`,
    '(?<phrase>["“”„‟«»][^"“”„‟«»]*["“”„‟«»]?)',
    String.raw`(?<exact>\{[^}]*\}?)`,
    '(?<bracket>[()])',
    String.raw`(?<operator>(?:AND|OR|NOT|O?NEAR(?:\/[^\s()"“”„‟«»{}]*)?)(?=[\s()]|$)|-(?=[^\s)-]))`,
    '(?<field>(?:author|source|network|lang|site|url|followers|date|is|has):)',
    String.raw`(?<tag>[#@][^\s()"“”„‟«»{}]*)`,
    String.raw`(?<word>[^\s()"“”„‟«»{}]+)`,
    '(?<rest>[^])',
  ].join('|'),
  'giu',
)

/** Colours, brackets and completion ask for the same text at every letter. */
let painted: { query: string; pieces: readonly Piece[] } = { query: '', pieces: [] }

export function paintQuery(query: string): readonly Piece[] {
  if (painted.query !== query) painted = { query, pieces: cut(query) }
  return painted.pieces
}

function cut(query: string): Piece[] {
  const pieces: Piece[] = []
  for (const match of query.matchAll(PIECES)) {
    const found = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)
    pieces.push({ kind: kindOf(found?.[0] ?? 'word', match[0], pieces.at(-1)), text: match[0], start: match.index })
  }
  return pieces
}

function kindOf(group: string, text: string, before: Piece | undefined): PieceKind {
  // A minus excludes only at the beginning of a part; within a word it is a hyphen.
  const begins = !before || ['blank', 'bracket', 'operator'].includes(before.kind)
  if (group === 'operator') {
    const [word = ''] = text.split('/')
    const isOperator = begins && (text === '-' || word === word.toUpperCase())
    return isOperator ? 'operator' : 'word'
  }
  if (group === 'rest') return 'word'
  if (group === 'word') return /[*?]/.test(text) ? 'wildcard' : 'word'
  if (group === 'field' && !begins) return 'word'
  return group as PieceKind
}

/** Cuts pieces where faults begin and end, so that the faulty part can be underlined. */
export function markFaults(pieces: readonly Piece[], faults: readonly { start: number; end: number }[]) {
  const cuts = [...new Set(faults.flatMap(({ start, end }) => [start, end]))].sort((one, other) => one - other)
  return pieces.flatMap((piece) => {
    const end = piece.start + piece.text.length
    const edges = [piece.start, ...cuts.filter((cut) => cut > piece.start && cut < end), end]
    return edges.slice(0, -1).map((start, index) => ({
      ...piece,
      start,
      text: piece.text.slice(start - piece.start, (edges[index + 1] ?? end) - piece.start),
      faulty: faults.some((fault) => fault.start <= start && start < Math.max(fault.end, fault.start + 1)),
    }))
  })
}
