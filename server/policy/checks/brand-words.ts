import { type Finding, finding, type Span } from '../finding.ts'
import { nameKey } from '../known.ts'
import { type Piece, spanOf } from '../reading.ts'
import type { Check } from './check.ts'
import { isWordPart } from './digit-runs.ts'

const SIGNATURE_REACH = 80

/** Words and claims that are banned, by queries in the listening language. */
export const findClaims: Check = (reading, brand) =>
  brand.claims.flatMap((claim) => {
    const applies = claim.topics.length === 0 || claim.topics.some((topic) => reading.draft.topics.includes(topic))
    const spans = applies ? claim.matches(reading) : null
    return spans ? [finding('claim', 'claim', claim.risk, 'say-otherwise', { values: { rule: claim.id }, spans })] : []
  })

/** A text of another brand of the same owner. What the customer brought up, or what is said beside our own name, is weaker. */
export const findOtherBrands: Check = (reading, { brand }) => {
  const asked = nameKey(reading.draft.answered?.text ?? '')
  return brand.others.flatMap((other) => {
    const finds: readonly (readonly [Finding<'other-brand'>['code'], readonly string[]])[] = [
      ['signature', other.signatures],
      ['handle', other.handles],
      ['hashtag', other.hashtags.map((tag) => `#${tag.replace(/^#/, '')}`)],
      ['name', [other.name]],
    ]
    return finds.flatMap(([code, names]) => {
      const open = names.filter((name) => !asked.includes(nameKey(name).replace(/^[@#]/, '')))
      const spans = reading.prose.flatMap((piece) => open.flatMap((name) => placesOf(piece, code, name, brand.name)))
      if (spans.length === 0) return []
      const risk = code === 'signature' ? 'high' : code === 'name' ? 'low' : 'medium'
      return [finding('other-brand', code, risk, 'use-other-account', { values: { brand: other.name }, spans })]
    })
  })
}

function placesOf(piece: Piece, code: string, name: string, own: string): Span[] {
  if (code === 'handle' || code === 'hashtag') {
    const key = nameKey(name).replace(/^@/, '')
    return piece.tokens
      .filter(
        (token) =>
          token.kind === (code === 'handle' ? 'handle' : 'tag') && nameKey(token.text).replace(/^@/, '') === key,
      )
      .map((token) => spanOf(piece, token.from, token.to))
  }
  if (code === 'signature') return signatureIn(piece, name)
  const owns = runsOf(piece, own).filter((run) => nameKey(own).includes(nameKey(name)) && run.length > 0)
  return runsOf(piece, name)
    .filter((run) => !owns.some((ours) => ours[0] <= run[0] && run[1] <= ours[1]))
    .map(([from, to]) => spanOf(piece, from, to))
}

/**
 * Signatures may hold marks (^KB, "Dein Kontor-Team"): they are sought as written, in the last 80 characters. Lower case is
 * compared piece by piece, because some letters (İ) are longer in it and would move what follows.
 */
function signatureIn(piece: Piece, signature: string): Span[] {
  const { text } = piece
  const wanted = signature.toLowerCase()
  const tail = Math.max(0, text.length - Math.max(SIGNATURE_REACH, signature.length * 2))
  for (let at = text.length - signature.length; wanted !== '' && at >= tail; at--) {
    const to = at + signature.length
    if (text.slice(at, to).toLowerCase() === wanted && !isWordPart(text, to) && !isWordPart(text, at - 1))
      return [spanOf(piece, at, to)]
  }
  return []
}

function runsOf(piece: Piece, name: string): [from: number, to: number][] {
  const keys = nameKey(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const words = piece.words.map((word) => nameKey(word.text).replace(/'s$/, ''))
  if (keys.length === 0) return []
  return words.flatMap((_, at) => {
    const fits = keys.every((key, place) => words[at + place] === key)
    const [first, last] = [piece.words[at], piece.words[at + keys.length - 1]]
    return fits && first && last ? [[first.from, last.to] as [number, number]] : []
  })
}
