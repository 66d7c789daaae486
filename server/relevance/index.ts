export { vectorOf } from './background.ts'
export { type Features, featuresOf } from './features.ts'
export type { Judgement, Reason, Side } from './judgement.ts'
export type { Label } from './model.ts'
export { type Candidate, nextToAsk } from './next-to-ask.ts'
export { packed, STATE_VERSION, unpacked } from './state.ts'
export {
  arranged,
  beginTopic,
  judgementOf,
  retrained,
  switched,
  type TopicRelevance,
  withHint,
  withLabel,
  withoutLabel,
} from './topic-relevance.ts'
