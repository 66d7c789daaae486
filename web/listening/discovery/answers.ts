import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

/** What discovery answers, as the screens call it. */
type Outputs = InferContractRouterOutputs<Contract>['listening']['discovery']
export type Rising = Outputs['rising']
export type RisingTerm = Rising['items'][number]
export type Voice = Outputs['voices']['items'][number]
export type Talk = Outputs['talks']['items'][number]
export type Suggestions = Outputs['suggestions']
export type Exclusion = Suggestions['exclusions'][number]
export type Keyword = Suggestions['keywords'][number]

export const PERIODS = ['day', 'week'] as const
export type Period = (typeof PERIODS)[number]

/** What is looked at: one topic or everything, in a period. */
export interface Looked {
  topicId?: string
  period: Period
}
