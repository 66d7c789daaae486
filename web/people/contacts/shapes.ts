import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

type Outputs = InferContractRouterOutputs<Contract>['people']['contacts']
export type ContactImport = Outputs['imports']['get']
export type ContactInspection = Outputs['imports']['inspect']
export type Rehearsal = NonNullable<ContactImport['rehearsal']>
export type RehearsalSample = Rehearsal['samples'][number]
export type Proposal = Outputs['proposals']['items'][number]
export type Reason = Proposal['candidates'][number]['reasons'][number]
/** What a whole file is taken in with; the server checks what is missing. */
export type Settings = ContactImport['settings']
