import type { Score } from '../../../contract/people-scores.ts'

/** In the order in which they are shown; as the contract names them. */
export const SCORE_NAMES: readonly Score[] = ['value', 'influence', 'advocate', 'detractor']
