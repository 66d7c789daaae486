import type { InferContractRouterOutputs } from '@orpc/contract'
import type { z } from 'zod'
import type { Contract } from '../../contract/index.ts'
import type { postSchema } from '../../contract/listening-posts.ts'
import type { TOPIC_KINDS as KINDS, queryFaultSchema, spanSchema } from '../../contract/listening-topics.ts'
import type { authorBriefSchema } from '../../contract/people.ts'

/** What the contract's answers are called on the screens. */
export type Post = z.infer<typeof postSchema>
export type PostSpan = z.infer<typeof spanSchema>
export type QueryFault = z.infer<typeof queryFaultSchema>
export type Author = z.infer<typeof authorBriefSchema>

type Outputs = InferContractRouterOutputs<Contract>['listening']
export type FoundPost = Outputs['posts']['search']['items'][number]
export type ThreadPost = Outputs['posts']['thread']['items'][number]
export type Topic = Outputs['topics']['get']
export type TopicVersion = Outputs['topics']['versions']['items'][number]
export type Source = Outputs['sources']['get']
export type Network = Outputs['sources']['networks']['items'][number]
export type SourceCheck = Outputs['sources']['check']
export type Import = Outputs['imports']['get']
export type Inspection = Outputs['imports']['inspect']
export type Problem = NonNullable<Import['problem']>

export type TopicKind = (typeof KINDS)[number]
export const TOPIC_KINDS: readonly TopicKind[] = ['brand', 'competitor', 'category', 'campaign', 'people']
