import { baseLanguage } from '../../text/index.ts'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/**
 * Another language than the one asked for. The recogniser answers only when it is sure; of so few letters even that is
 * not taken, because names and products are in no language.
 */
export const findOtherLanguage: Check = ({ draft, prose, recognised }, _brand, { languageLettersMin }) => {
  if (draft.language === null || recognised === null || recognised === baseLanguage(draft.language)) return []
  const letters = prose
    .filter((piece) => piece.part !== 'alternative')
    .reduce((sum, { words }) => sum + words.reduce((count, word) => count + word.text.length, 0), 0)
  if (letters < languageLettersMin) return []
  const values = { wanted: baseLanguage(draft.language), found: recognised }
  return [finding('language', 'other-language', 'medium', 'write-in-language', { values })]
}
