import type { InferContractRouterInputs } from '@orpc/contract'
import type { Column, ColumnLook } from '../../contract/columns-shapes.ts'
import type { Contract } from '../../contract/index.ts'
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
export type PostColumn = Exclude<Column, { kind: 'queue' }>
export type QueueColumn = Extract<Column, { kind: 'queue' }>

/** What stands in a column: a post or a conversation, under one id. */
export type Item = { id: string; post: FoundPost } | { id: string; conversation: Conversation }

/** What is open beside the columns. */
export interface OpenBeside {
  kind: 'post' | 'conversation'
  id: string
}
