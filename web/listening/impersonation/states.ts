import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

export const FLAG_STATES = ['open', 'confirmed', 'dismissed'] as const
export type FlagState = (typeof FLAG_STATES)[number]
export type Flag = InferContractRouterOutputs<Contract>['listening']['impersonation']['list']['items'][number]
export type Decision = 'dismiss' | 'confirm'
