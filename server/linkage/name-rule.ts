import type { Topic } from './levels.ts'

/**
 * The hard rule: among accounts, a name that agrees never suffices. Something of another kind must speak for it too, by
 * itself: an equal handle that says more than the name, a site, a city, a picture. That a handle follows from the other
 * account's name is the name once more.
 */
export const NAME_TOPICS: readonly Topic[] = ['given', 'surname', 'name', 'handle-name']
/** A probability of a quarter: below every line from which something is suggested. */
export const NAME_ALONE_WEIGHT_MAX = -1.6
const SECOND_EVIDENCE_BITS_MIN = 1

export const isSecondEvidence = (topic: Topic, weight: number): boolean =>
  weight >= SECOND_EVIDENCE_BITS_MIN && !NAME_TOPICS.includes(topic)
