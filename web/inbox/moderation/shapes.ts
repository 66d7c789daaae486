import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

export type ModerationInput = InferContractRouterInputs<Contract>['inbox']['moderation']['act']
export type ModerationAct = InferContractRouterOutputs<Contract>['inbox']['moderation']['list']['items'][number]
