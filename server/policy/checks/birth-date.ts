import { finding } from '../finding.ts'
import { spanOf } from '../reading.ts'
import type { Check } from './check.ts'

const DATE = String.raw`(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of\s)?\p{L}{3,10}\.?,?\s(?:19|20)\d{2}|\p{L}{3,10}\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d{2})`
/** Only with the word for it: dates of travel and delivery are in every second answer. */
const BIRTH_DATE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:geboren|geb\.|geburtsdatum|geburtstag|geboortedatum|geboortedag|verjaardag|born|birth\s?day|birth\s?date|date of birth|d\.?o\.?b\.?)(?:\s|:|=|\(|is|was|ist|war|am|op|on|the|den|der){0,8}${DATE}(?![\p{L}\p{N}])`,
  'giu',
)

export const findBirthDates: Check = (reading) => {
  const spans = reading.prose.flatMap((piece) =>
    [...piece.text.matchAll(BIRTH_DATE)].map((match) => spanOf(piece, match.index, match.index + match[0].length)),
  )
  if (spans.length === 0 || reading.draft.kind === 'private') return []
  return [finding('birth-date', 'birth-date', 'medium', 'leave-out', { spans })]
}
