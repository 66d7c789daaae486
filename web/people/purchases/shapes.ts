import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

type Outputs = InferContractRouterOutputs<Contract>['people']['purchases']
export type Purchase = Outputs['list']['items'][number]
export type PurchaseImport = Outputs['imports']['get']
