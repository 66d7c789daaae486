export { type Because, becauseOf } from './because.ts'
export { describeError, describeWarning, type TextLanguage } from './error-texts.ts'
export { evaluate, type Match, type Span } from './evaluate.ts'
export { type Explanation, explain, type Reason } from './explain.ts'
export { globFits } from './glob.ts'
export { carryOver } from './import/carry-over.ts'
export { describeNote } from './import/note-texts.ts'
export { dialectOf, listRules } from './import/rule-list.ts'
export { INDEX_LANGUAGES, indexTerms, OVERFLOW_TERM, TERMS_PER_POST_MAX } from './index-terms.ts'
export { CompiledQuery } from './matcher/compiled-query.ts'
export { Matcher } from './matcher/matcher.ts'
export { PostFeatures } from './matcher/post-features.ts'
export { type ParseResult, parse } from './parser.ts'
export type { MatchablePost } from './post.ts'
export { type PreparedPost, prepare } from './prepare.ts'
export { type Price, priceOf } from './price.ts'
export { print } from './print.ts'
export { proposeTopic } from './propose-topic.ts'
export {
  type ErrorCode,
  type Mend,
  QUERY_CHARACTERS_MAX,
  type Query,
  type QueryError,
  type QueryWarning,
  type WarningCode,
} from './query.ts'
export { relaxed } from './relaxed.ts'
export { type RequiredTerm, type RequiredTerms, requiredTerms } from './required-terms.ts'
export { type FilledTemplate, fillTemplate, type TemplateInput } from './topic-template.ts'
export { differenceOf } from './version-difference.ts'
export { handleKeys } from './words.ts'
