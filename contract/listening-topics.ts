import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

export const TOPIC_KINDS = ['brand', 'competitor', 'category', 'campaign', 'people'] as const
export const QUERY_CHARACTERS_MAX = 8_000

const name = z.string().trim().min(1).max(120)
const query = z.string().trim().min(1).max(QUERY_CHARACTERS_MAX)
const languages = z
  .array(z.string().regex(/^[a-z]{2,3}$/))
  .min(1)
  .max(12)
  .describe('Languages whose word forms count')

/** A fault in a query, with its sentence in the language asked for. */
export const queryFaultSchema = z.object({
  code: z.string(),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  start: z.number().int().describe('Position in the query, in UTF-16 units'),
  end: z.number().int(),
  mend: z.string().nullable().describe('The query as it was probably meant'),
})

/** A part of a text that made it match, in UTF-16 units. */
export const spanSchema = z.object({
  field: z.enum(['title', 'text']),
  start: z.number().int(),
  end: z.number().int(),
})

const topicSchema = z.object({
  topicId: id,
  name: z.string(),
  kind: z.enum(TOPIC_KINDS),
  query: z.string(),
  languages: z.array(z.string()),
  version: z.number().int(),
  state: z.enum(['active', 'paused']),
  opensConversations: z
    .boolean()
    .describe('Whether a mention opens a conversation in the inbox, or is only listened to'),
  createdAt: z.date(),
  lookback: z
    .object({ done: z.boolean(), searchedFrom: z.date().nullable(), found: z.number().int() })
    .describe('Search for mentions among the posts stored before the topic had its present query'),
  mentions7d: z.number().int().describe('Mentions of the last seven days; 10,000 means at least so many'),
  lastMentionAt: z.date().nullable(),
})

const topicPath = z.object({ topicId: id })

export const topics = {
  list: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics',
    summary: 'Topics of the workspace by name',
    input: nothing,
    output: z.object({ items: z.array(topicSchema) }),
  }),
  get: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics/{topicId}',
    summary: 'One topic',
    input: topicPath,
    output: topicSchema,
  }),
  versions: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics/{topicId}/versions',
    summary: 'Earlier queries of a topic, newest first, with the reason of each change',
    input: topicPath.extend(page.shape),
    output: pageOf(
      z.object({
        version: z.number().int(),
        query: z.string(),
        languages: z.array(z.string()),
        reason: z.string(),
        changedBy: id.nullable(),
        changedAt: z.date(),
      }),
    ),
  }),
  create: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics',
    summary: 'A new topic; mentions among stored posts are looked for at once',
    input: z.object({
      name,
      kind: z.enum(TOPIC_KINDS).default('brand'),
      query,
      languages: languages.optional().describe('Absent: the languages of the workspace'),
      opensConversations: z.boolean().default(true),
    }),
    output: z.object({ topicId: id }),
  }),
  update: procedure({
    allow: 'topics.manage',
    method: 'PATCH',
    path: '/topics/{topicId}',
    summary: 'Changes a topic; another query or language makes a new version, with its reason',
    input: topicPath.extend({
      name: name.optional(),
      kind: z.enum(TOPIC_KINDS).optional(),
      query: query.optional(),
      languages: languages.optional(),
      opensConversations: z.boolean().optional(),
      reason: z.string().trim().max(500).default(''),
      againstVersion: z.number().int().optional().describe('Refused when the topic has moved on since'),
    }),
    output: z.object({ version: z.number().int() }),
  }),
  pause: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/{topicId}/pause',
    summary: 'Stops matching until resumed; mentions stay',
    input: topicPath,
    output: nothing,
  }),
  resume: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/{topicId}/resume',
    summary: 'Matches again, and looks for what was missed among stored posts',
    input: topicPath,
    output: nothing,
  }),
  remove: procedure({
    allow: 'topics.manage',
    method: 'DELETE',
    path: '/topics/{topicId}',
    summary: 'Removes a topic and its mentions; posts stay as long as their retention says',
    input: topicPath,
    output: nothing,
  }),
  checkQuery: procedure({
    allow: 'topics.read',
    method: 'POST',
    path: '/topics/check',
    summary: 'Says what is wrong with a query, or what it finds among the stored posts of the last 30 days',
    input: z.object({
      query: z.string().max(QUERY_CHARACTERS_MAX),
      languages: languages.optional(),
      textLanguage: z.enum(['en', 'de', 'nl']).default('en').describe('Of the messages'),
    }),
    output: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(false), faults: z.array(queryFaultSchema) }),
      z.object({
        ok: z.literal(true),
        warnings: z.array(queryFaultSchema),
        preview: z.object({
          from: z.date().describe('Posts published since then were searched'),
          matches: z.number().int(),
          atLeast: z.boolean().describe('True when the search stopped at its limit: there may be more'),
          samples: z
            .array(
              z.object({
                postId: id,
                network: z.string(),
                handle: z.string().nullable(),
                title: z.string().nullable(),
                text: z.string(),
                publishedAt: z.date(),
                spans: z.array(spanSchema),
              }),
            )
            .describe('The ten newest'),
        }),
      }),
    ]),
  }),
  propose: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/propose',
    summary: 'A query for a brand name, as a start',
    input: z.object({ brand: z.string().trim().min(1).max(200), languages: languages.optional() }),
    output: z.object({ name: z.string(), query: z.string(), languages: z.array(z.string()) }),
  }),
}
