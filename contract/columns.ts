import { z } from 'zod'
import { ARRIVED_MAX, COLUMNS_MAX, SHOWN_MAX } from './column-limits.ts'
import { columnInput, columnSchema, lookSchema } from './columns-shapes.ts'
import { conversationItem } from './inbox-conversations.ts'
import { postSchema } from './listening-posts.ts'
import { spanSchema } from './listening-topics.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

const layoutHead = z.object({
  layoutId: id,
  name: z.string(),
  shared: z.boolean().describe('With everybody in the workspace; otherwise one’s own'),
  version: z.number().int(),
})
const layoutSchema = layoutHead.extend({ columns: z.array(columnSchema).describe('From left to right') })
const layoutName = z.string().trim().min(1).max(100)
const columnsInput = z.array(columnInput).max(COLUMNS_MAX)

const layouts = {
  list: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/layouts',
    summary: 'Own and shared layouts, by name',
    input: nothing,
    output: z.object({ items: z.array(layoutHead).describe('At most 100') }),
  }),
  get: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/layouts/{layoutId}',
    summary: 'One layout with its columns, as the reader looks at them',
    input: z.object({ layoutId: id }),
    output: layoutSchema,
  }),
  create: procedure({
    allow: 'posts.read',
    method: 'POST',
    path: '/layouts',
    summary: 'A new layout. A shared one needs inbox.manage',
    input: z.object({ name: layoutName, shared: z.boolean().default(false), columns: columnsInput }),
    output: layoutSchema,
  }),
  save: procedure({
    allow: 'posts.read',
    method: 'PUT',
    path: '/layouts/{layoutId}',
    summary:
      'Name, columns and their order as a whole: columns that are left out go. Conflict `layout-changed` when somebody changed it since `version`; a shared one needs inbox.manage',
    input: z.object({
      layoutId: id,
      version: z.number().int(),
      name: layoutName,
      shared: z.boolean(),
      columns: columnsInput,
    }),
    output: layoutSchema,
  }),
  remove: procedure({
    allow: 'posts.read',
    method: 'DELETE',
    path: '/layouts/{layoutId}',
    summary: 'Removes a layout; a shared one needs inbox.manage',
    input: z.object({ layoutId: id }),
    output: nothing,
  }),
}

export const columns = {
  layouts,
  look: procedure({
    allow: 'posts.read',
    method: 'PUT',
    path: '/columns/{columnId}/look',
    summary: 'How one looks at a column: width, density, whether it is collapsed, muted or paused',
    input: lookSchema.extend({ columnId: id }),
    output: nothing,
  }),
  posts: procedure({
    allow: 'posts.read',
    method: 'POST',
    path: '/layouts/{layoutId}/posts',
    summary: 'In which columns of a layout posts belong that live events told of: one question for all columns',
    input: z.object({
      layoutId: id,
      postIds: z.array(id).max(ARRIVED_MAX).describe('That were heard'),
      shownPostIds: z.array(id).max(SHOWN_MAX).default([]).describe('That are on screen and were changed'),
      countedColumnIds: z
        .array(id)
        .max(COLUMNS_MAX)
        .default([])
        .describe('Columns in which so much waits already that it is only counted'),
    }),
    output: z.object({
      matches: z
        .array(z.object({ columnId: id, postId: id, spans: z.array(spanSchema).describe('Why it matched') }))
        .describe('Newest first'),
      posts: z.array(postSchema).describe('Those that a column shows, and those of shownPostIds'),
    }),
  }),
  conversationOf: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/posts/{postId}/conversation',
    summary: 'The conversation that a post is a matter of, for whoever opens it from a column',
    input: z.object({ postId: id }),
    output: z.object({ conversationId: id.nullable().describe('Null: nobody made it a matter of the inbox') }),
  }),
  conversations: procedure({
    allow: 'inbox.read',
    method: 'POST',
    path: '/layouts/{layoutId}/conversations',
    summary: 'In which columns of a layout conversations stand that live events told of',
    input: z.object({
      layoutId: id,
      conversationIds: z.array(id).max(ARRIVED_MAX),
      shownConversationIds: z.array(id).max(SHOWN_MAX).default([]).describe('That are on screen'),
    }),
    output: z.object({
      matches: z.array(z.object({ columnId: id, conversationId: id })),
      conversations: z.array(conversationItem).describe('Those of shownConversationIds as they are now'),
    }),
  }),
}
