import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

type Outputs = InferContractRouterOutputs<Contract>['people']['organisations']
export type Organisation = Outputs['get']
export type Membership = Organisation['members'][number]
export type MembershipProposal = Outputs['ofPerson']['proposals'][number]
