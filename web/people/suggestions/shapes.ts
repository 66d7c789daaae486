import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

type Outputs = InferContractRouterOutputs<Contract>['people']['suggestions']
export type Suggestion = Outputs['list']['items'][number]
export type Side = Suggestion['one']
export type Reason = Suggestion['reasons'][number]
export type Policy = Outputs['policy']
export type Answer = 'confirm' | 'refuse' | 'putOff'
