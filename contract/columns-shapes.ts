import { z } from 'zod'
import { COLUMN_WIDTH_MAX, COLUMN_WIDTH_MIN } from './column-limits.ts'
import { conversationFilters } from './inbox-conversations.ts'
import { postFilters } from './listening-posts.ts'
import { QUERY_CHARACTERS_MAX } from './listening-topics.ts'
import { id } from './pages.ts'
import { personBriefSchema } from './people.ts'

const narrowing = postFilters
  .pick({
    network: true,
    language: true,
    direction: true,
    sentiment: true,
    intent: true,
    noise: true,
    segmentId: true,
  })
  .extend({ offensive: z.boolean().optional() })

const newest = z.literal('newest').default('newest')

/** What a column shows, and in which order. */
const shown = [
  z.object({
    kind: z.literal('topic'),
    topicId: id,
    filters: narrowing,
    order: z.enum(['newest', 'useful']).default('newest'),
  }),
  z.object({
    kind: z.literal('search'),
    query: z.string().trim().min(1).max(QUERY_CHARACTERS_MAX).describe('In the listening language'),
    filters: narrowing,
    order: newest,
  }),
  z.object({ kind: z.literal('mentions'), filters: narrowing, order: newest }).describe('Said to one of our accounts'),
  z
    .object({ kind: z.literal('person'), personId: id, filters: narrowing, order: newest })
    .describe('By any account that is linked to this person now'),
  z.object({
    kind: z.literal('queue'),
    filters: conversationFilters,
    order: z.enum(['newest', 'oldest', 'waiting', 'negative', 'due']).default('newest'),
  }),
  z
    .object({ kind: z.literal('approvals'), filters: z.object({}).default({}), order: z.literal('due').default('due') })
    .describe('Texts that wait for approval, the next to end first'),
] as const

const name = z.string().trim().min(1).max(100).nullable().describe('Null: called after what it shows')
const own = { columnId: id.nullable().describe('Null: a new one'), name }

export const columnInput = z.discriminatedUnion('kind', [
  shown[0].extend(own),
  shown[1].extend(own),
  shown[2].extend(own),
  shown[3].extend(own),
  shown[4].extend(own),
  shown[5].extend(own),
])
export type ColumnInput = z.infer<typeof columnInput>

export const lookSchema = z.object({
  width: z.number().int().min(COLUMN_WIDTH_MIN).max(COLUMN_WIDTH_MAX),
  density: z.enum(['comfortable', 'compact']),
  collapsed: z.boolean(),
  muted: z.boolean().describe('Goes on, and asks for no attention'),
  paused: z.boolean().describe('Takes nothing in until it goes on, and then all that came meanwhile'),
  sound: z.boolean(),
  flows: z.boolean().describe('New posts come in by themselves while nobody reads the column'),
})
export type ColumnLook = z.infer<typeof lookSchema>

const kept = {
  columnId: id,
  name,
  topicName: z.string().nullable(),
  person: personBriefSchema.nullable(),
  look: lookSchema.describe('How the reader looks at it; nobody else does by it'),
}
export const columnSchema = z.discriminatedUnion('kind', [
  shown[0].extend(kept),
  shown[1].extend(kept),
  shown[2].extend(kept),
  shown[3].extend(kept),
  shown[4].extend(kept),
  shown[5].extend(kept),
])
export type Column = z.infer<typeof columnSchema>
