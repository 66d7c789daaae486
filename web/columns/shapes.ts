import type { InferContractRouterInputs } from '@orpc/contract'
import type { Column, ColumnLook } from '../../contract/columns-shapes.ts'
import type { Contract } from '../../contract/index.ts'
import type { Approval } from '../../contract/publishing-approvals.ts'
import type { Conversation } from '../inbox/shapes.ts'
import type { FoundPost } from '../listening/shapes.ts'

/** What the contract's answers are called on the screens. */
export type { Column, ColumnLook }
export interface Layout {
  layoutId: string
  name: string
  shared: boolean
  version: number
  columns: Column[]
}
export type ColumnInput = InferContractRouterInputs<Contract>['columns']['layouts']['create']['columns'][number]
export type PostColumn = Exclude<Column, { kind: 'queue' | 'approvals' }>
export type QueueColumn = Extract<Column, { kind: 'queue' }>

/** What stands in a column: a post, a conversation or an approval, under one id. */
export type Item =
  | { id: string; post: FoundPost }
  | { id: string; conversation: Conversation }
  | { id: string; approval: Approval }

/** What is open beside the columns. */
export interface OpenBeside {
  kind: 'post' | 'conversation'
  id: string
}
