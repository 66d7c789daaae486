import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { z } from 'zod'
import type { newsOfSend } from '../../contract/inbox-threads.ts'
import type { Contract } from '../../contract/index.ts'

/** What the contract's answers are called on the screens. */
type Outputs = InferContractRouterOutputs<Contract>
type Inputs = InferContractRouterInputs<Contract>['inbox']

export type Opened = Outputs['inbox']['conversations']['get']
export type Conversation = Opened['conversation']
export type ListPage = Outputs['inbox']['conversations']['list']
export type Change = Inputs['conversations']['change']['change']
export type ChangeReport = Outputs['inbox']['conversations']['change']
export type ThreadPost = Opened['thread']['posts'][number]
export type Participant = Opened['thread']['participants'][number]
export type TimelineEntry = Opened['timeline'][number]
export type NoteEntry = Extract<TimelineEntry, { kind: 'note' }>
export type AnswerEntry = Extract<TimelineEntry, { kind: 'answer' }>
export type EventEntry = Extract<TimelineEntry, { kind: 'event' }>
export type Lease = NonNullable<Conversation['lease']>
export type Account = NonNullable<Opened['answer']>
export type Handovers = Outputs['inbox']['handovers']['get']
export type News = z.infer<typeof newsOfSend>
export type ConversationTag = Conversation['tags'][number]
export type Macro = Outputs['inbox']['macros']['list']['items'][number]
export type SavedView = Outputs['inbox']['views']['list']['items'][number]
export type Member = Outputs['accounts']['members']['list']['items'][number]
export type Team = Outputs['accounts']['teams']['list']['items'][number]
