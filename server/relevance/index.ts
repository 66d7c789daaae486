export {
  BACKGROUND_POSTS_MAX,
  type Background,
  emptyBackground,
  learningBackground,
  type Vector,
  vectorOf,
} from './background.ts'
export { type Features, featuresOf, idOf, wordingOf } from './features.ts'
export { type Judgement, judge, judgeShortly, type Reason, type Scorer, type Side, strongest } from './judgement.ts'
export type { Label } from './model.ts'
export { CANDIDATES_MAX, nextToAsk } from './next-to-ask.ts'
export { packedBackground, packedScorer, unpackedBackground, unpackedScorer } from './state.ts'
export {
  arranged,
  beginTopic,
  HINTS_MAX,
  judgementOf,
  LABELS_MAX,
  labelsFrom,
  POSTS_KEPT_MAX,
  retrained,
  switched,
  type TopicRelevance,
  withHint,
  withLabel,
  withoutLabel,
} from './topic-relevance.ts'
