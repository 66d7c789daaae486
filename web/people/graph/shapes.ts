import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

/** What the contract's answers are called on these screens. */
type Outputs = InferContractRouterOutputs<Contract>['people']['graph']
export type Operation = Outputs['operation']
export type Preview = Outputs['preview']
export type Party = Preview['after'][number]
export type Conflict = Preview['conflicts'][number]
export type PersonField = Outputs['fields']['get']['fields'][number]
export type Candidate = PersonField['candidates'][number]
export type PreviewedAct = InferContractRouterInputs<Contract>['people']['graph']['preview']
