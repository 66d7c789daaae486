export { WORD_CHARACTERS_MAX, type WordKeys, wordKeys } from './fold.ts'
export { loadLanguageRecogniser } from './language.ts'
export { splitText, type Token, type TokenKind } from './split.ts'
export { baseLanguage, LANGUAGES_WITH_WORD_FORMS, stem } from './word-forms.ts'
