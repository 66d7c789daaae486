import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

/** What the contract's answers are called on the screens of sorting. */
type Triage = InferContractRouterOutputs<Contract>['listening']['triage']

export type Learned = Triage['state']
export type QueuedPost = Triage['queue']['items'][number]
export type SortReport = Triage['sort']
export type Verdict = NonNullable<SortReport['items'][number]['verdict']>
export type Side = Verdict['side']
export type Judgement = NonNullable<QueuedPost['judgement']>
export type Reason = Judgement['reasons'][number]
export type PostJudgement = Triage['judgements']['items'][number]

export const REASONS = ['other-meaning', 'other-place', 'advertising', 'press', 'job', 'spam', 'other'] as const
export type VerdictReason = (typeof REASONS)[number]

export const ORDERS = ['unsure', 'newest', 'most-useful', 'least-useful'] as const
export type QueueOrder = (typeof ORDERS)[number]
