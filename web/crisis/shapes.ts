import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../contract/index.ts'

type Outputs = InferContractRouterOutputs<Contract>['crisis']
export type Crisis = Outputs['get']
export type CrisisSummary = Outputs['list']['items'][number]
export type Proposal = Outputs['proposals']['list']['items'][number]
export type Playbook = Outputs['playbooks']['list']['items'][number]
export type Statement = Outputs['statements']['list']['items'][number]
export type Drill = Outputs['drills']['list']['items'][number]
export type DrillWithBefore = Outputs['drills']['get']
export type Card = NonNullable<Drill['card']>
