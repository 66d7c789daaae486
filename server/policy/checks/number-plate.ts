import { finding } from '../finding.ts'
import { spanOf } from '../reading.ts'
import type { Check } from './check.ts'

/** B-AB 1234, B-AB 12E; not IC-E 123: the hyphen behind the district is asked for, and one or two letters. */
const GERMAN = /(?<![\p{L}\p{N}-])[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?(?![\p{L}\p{N}-])/gu
/** Side codes 4 to 14 of the Dutch register: three groups, letters and digits. */
const DUTCH =
  /(?<![\p{L}\p{N}-])(?:[A-Z]{2}-\d{2}-[A-Z]{2}|\d{2}-[A-Z]{2}-[A-Z]{2}|[A-Z]{2}-[A-Z]{2}-\d{2}|\d{2}-[A-Z]{3}-\d|\d-[A-Z]{3}-\d{2}|[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}|[A-Z]{3}-\d{2}-[A-Z]|[A-Z]-\d{2}-[A-Z]{3}|\d-[A-Z]{2}-\d{3}|\d{3}-[A-Z]{2}-\d)(?![\p{L}\p{N}-])/gu
const NAMED =
  /(?<![\p{L}\p{N}])(?:kennzeichen|nummernschild|kenteken|(?:number|licen[cs]e) plate|registration(?: number)?|reg\.? no\.?)(?:\s|:|is|ist){0,4}([A-Z\d](?:[ -]?[A-Z\d]){4,8})(?![\p{L}\p{N}])/giu

export const findNumberPlates: Check = (reading) => {
  if (reading.draft.kind === 'private') return []
  const spans = reading.prose.flatMap((piece) => [
    ...[...piece.text.matchAll(GERMAN), ...piece.text.matchAll(DUTCH)].map((match) =>
      spanOf(piece, match.index, match.index + match[0].length),
    ),
    ...[...piece.text.matchAll(NAMED)]
      .filter((match) => /\d/.test(match[1] as string))
      .map((match) => spanOf(piece, match.index, match.index + match[0].length)),
  ])
  return spans.length > 0 ? [finding('number-plate', 'number-plate', 'low', 'leave-out', { spans })] : []
}
