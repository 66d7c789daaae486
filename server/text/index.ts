export { WORD_CHARACTERS_MAX, type WordKeys, wordKeys } from './fold.ts'
export { loadLanguageRecogniser } from './language.ts'
export {
  EMOJI,
  HANDLE,
  splitInto,
  splitText,
  TAG,
  type Token,
  type TokenKind,
  TokenPlaces,
  URL_TOKEN,
  WORD,
} from './split.ts'
export { baseLanguage, LANGUAGES_WITH_WORD_FORMS, stem, stemHead } from './word-forms.ts'
