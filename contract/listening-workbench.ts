import { z } from 'zod'
import { QUERY_CHARACTERS_MAX, queryFaultSchema, TOPIC_KINDS } from './listening-topics.ts'
import {
  figureSchema,
  periodSchema,
  priceSchema,
  restsOnSchema,
  shownPostSchema,
  unstoredSchema,
} from './listening-workbench-answers.ts'
import { cursor, id, nothing, page } from './pages.ts'
import { procedure } from './procedure.ts'

export const TEMPLATES = ['brand', 'competitor', 'category', 'campaign', 'crisis'] as const
export const RULE_DIALECTS = ['brandwatch', 'x'] as const
export const STRATA = [
  'in-both',
  'gained',
  'lost',
  'gained-unstored',
  'almost',
  'almost-unstored',
  'other-topics',
  'by-hand',
] as const
const PERIOD_DAYS_MAX = 90
const RULES_CHARACTERS_MAX = 200_000
const TEMPLATE_WORDS_MAX = 60

const languages = z
  .array(z.string().regex(/^[a-z]{2,3}$/))
  .min(1)
  .max(12)
  .optional()
  .describe('Absent: those of the topic, else of the workspace')
const textLanguage = z.enum(['en', 'de', 'nl']).default('en').describe('Of the messages')
const days = z.number().int().min(1).max(PERIOD_DAYS_MAX).default(30).describe('How far back stored posts are asked')

const faulty = z.object({ state: z.literal('faulty'), faults: z.array(queryFaultSchema) })
const superseded = z.object({ state: z.literal('superseded').describe('A newer request of the same tab came in') })
const tab = z
  .string()
  .min(1)
  .max(64)
  .optional()
  .describe('Names the editor: a newer request of the same one ends the older')

const draft = z.object({
  topicId: id,
  query: z.string().max(QUERY_CHARACTERS_MAX),
  languages,
  days,
  textLanguage,
  tab,
})

const versionSchema = z.object({ version: z.number().int(), query: z.string(), languages: z.array(z.string()) })

export const workbench = {
  preview: procedure({
    allow: 'posts.read',
    reachesOut: true,
    method: 'POST',
    path: '/workbench/preview',
    summary: 'What a query finds among the stored posts of a period, while it is being typed',
    input: draft.extend({ topicId: id.optional().describe('Whose verdicts and scores to show') }),
    output: z.discriminatedUnion('state', [
      faulty,
      superseded,
      z.object({
        state: z.literal('answered'),
        warnings: z.array(queryFaultSchema),
        period: periodSchema,
        restsOn: restsOnSchema,
        count: figureSchema,
        days: z
          .array(figureSchema.extend({ day: z.string().describe('YYYY-MM-DD') }))
          .describe('Oldest first, without gaps'),
        newest: z.array(shownPostSchema),
        random: z.array(shownPostSchema).describe('Drawn at random from all matches'),
        nearMisses: z.array(shownPostSchema).describe('Almost matched; because says which part failed'),
        unstored: unstoredSchema.nullable().describe('Null: no sample is kept'),
        price: priceSchema,
        tookMs: z.number(),
      }),
    ]),
  }),
  compare: procedure({
    allow: 'topics.read',
    reachesOut: true,
    method: 'POST',
    path: '/workbench/compare',
    summary: 'Posts gained and lost by a draft against the saved version of its topic',
    input: draft,
    output: z.discriminatedUnion('state', [
      faulty,
      superseded,
      z.object({
        state: z.literal('answered'),
        saved: versionSchema,
        period: periodSchema,
        restsOn: restsOnSchema,
        gained: figureSchema,
        lost: figureSchema,
        unchanged: figureSchema,
        gainedUnstored: unstoredSchema
          .nullable()
          .describe('What the draft would gain on the streams and nobody stored'),
        tookMs: z.number(),
      }),
    ]),
  }),
  changed: procedure({
    allow: 'posts.read',
    reachesOut: true,
    method: 'POST',
    path: '/workbench/changed',
    summary: 'The posts that a draft gains or loses, by time or by relevance',
    input: draft.omit({ tab: true }).extend({
      which: z.enum(['gained', 'lost']),
      order: z.enum(['newest', 'relevance']).default('newest'),
      ...page.shape,
    }),
    output: z.discriminatedUnion('state', [
      faulty,
      z.object({
        state: z.literal('answered'),
        items: z.array(shownPostSchema).describe('because: of the draft'),
        nextCursor: cursor.nullable(),
        searchedBackTo: z.date().nullable().describe('Set when the time budget ended there; nextCursor goes on'),
        among: z.number().int().nullable().describe('By relevance: the newest so many were put in order'),
      }),
    ]),
  }),
  estimates: procedure({
    allow: 'posts.read',
    reachesOut: true,
    method: 'POST',
    path: '/workbench/estimates',
    summary: 'Precision and recall of a draft from posts that people sorted, and which posts to sort next',
    input: draft.extend({ questions: z.number().int().min(0).max(20).default(5) }),
    output: z.discriminatedUnion('state', [
      faulty,
      superseded,
      z.object({
        state: z.literal('answered'),
        precision: z.object({
          draft: figureSchema.nullable().describe('Null: nothing sorted yet'),
          saved: figureSchema.nullable(),
          gained: figureSchema.nullable().describe('Share of the gained posts that are for us'),
          lost: figureSchema.nullable().describe('Share of the lost posts that were for us'),
        }),
        recall: z.object({
          draft: figureSchema.nullable(),
          saved: figureSchema.nullable(),
          net: z.number().describe('Posts in the broad net, as estimated: recall is relative to it'),
        }),
        strata: z.array(
          z.object({
            stratum: z.enum(STRATA),
            posts: figureSchema,
            sorted: z.number().int().describe('Posts drawn at random that people sorted'),
            forUs: z.number().int(),
            share: figureSchema.nullable(),
          }),
        ),
        next: z
          .object({
            stratum: z.enum(STRATA),
            of: z.enum(['precision', 'recall']),
            width: z.number().describe('Of the interval now'),
            widthAfter: z.number().describe('As expected after these questions'),
          })
          .nullable()
          .describe('Where an answer helps most; null: nothing left to ask'),
        questions: z.array(shownPostSchema.extend({ stratum: z.enum(STRATA) })),
        tookMs: z.number(),
      }),
    ]),
  }),
  sort: procedure({
    allow: 'posts.sort',
    atSource: true,
    method: 'POST',
    path: '/workbench/sort',
    summary: 'A verdict on a post for a topic: for us or not; a stored post that no query met can be added so as well',
    input: z.object({
      topicId: id,
      subject: z.union([z.object({ postId: id }), z.object({ sampledId: z.string().max(64) })]),
      verdict: z.enum(['for-us', 'not-for-us']).nullable().describe('Null takes it back'),
      asked: z
        .object({ stratum: z.enum(STRATA) })
        .nullable()
        .default(null)
        .describe('Set for an answer to a question of estimates, which was drawn at random'),
    }),
    output: nothing,
  }),
  unmatchedSample: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/workbench/unmatched-sample',
    summary: 'What is kept of the streams beside what was asked for: how much, how long, and whether at all',
    input: nothing,
    output: z.object({
      installation: z.boolean().describe('Whether the installation keeps one'),
      workspace: z.boolean().describe('Whether this workspace wants one'),
      keptDays: z.number().int(),
      perDayMax: z.number().int(),
      streams: z.array(
        z.object({ stream: z.string(), heard: z.number(), sampled: z.number().int(), from: z.date(), until: z.date() }),
      ),
    }),
  }),
  switchUnmatchedSample: procedure({
    allow: 'privacy.manage',
    method: 'PUT',
    path: '/workbench/unmatched-sample',
    summary: 'Wants the sample or refuses it; a stream that only refusing workspaces hear is not sampled at all',
    input: z.object({ on: z.boolean() }),
    output: nothing,
  }),
  template: procedure({
    allow: 'topics.read',
    method: 'POST',
    path: '/workbench/template',
    summary: 'A query for a brand, competitor, category, campaign or crisis, in the way of the field',
    input: z.object({
      template: z.enum(TEMPLATES),
      name: z.string().trim().max(200).default('').describe('Of the brand, competitor or campaign'),
      variants: words(200).describe('Other names and spellings; for a category its words'),
      hashtags: words(100),
      handles: words(200),
      domains: words(200),
      context: words(100).describe('Words of which one has to be near, because the name means other things as well'),
      exclusions: words(100),
      languages,
    }),
    output: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(false), missing: z.enum(['name', 'words', 'too-large']) }),
      z.object({
        ok: z.literal(true),
        name: z.string(),
        kind: z.enum(TOPIC_KINDS),
        query: z.string(),
        languages: z.array(z.string()),
        parts: z
          .array(
            z.object({
              role: z.enum(['name', 'variant', 'hashtag', 'handle', 'domain', 'context', 'crisis-word', 'exclusion']),
              query: z.string(),
            }),
          )
          .describe('What stands in it and why'),
      }),
    ]),
  }),
  importRules: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/workbench/rules',
    summary: 'Queries of Brandwatch or X in our language, with a report of what could not be carried over',
    input: z.object({
      dialect: z.enum(RULE_DIALECTS).nullable().default(null).describe('Null: told by its operators'),
      text: z
        .string()
        .max(RULES_CHARACTERS_MAX)
        .describe('One query; or the JSON that X answers for its stream rules; or one rule a line with lines: true'),
      lines: z.boolean().default(false),
      languages,
      textLanguage,
    }),
    output: z.object({
      dialect: z.enum(RULE_DIALECTS),
      rules: z.array(
        z.object({
          name: z.string().nullable().describe("The rule's tag"),
          original: z.string(),
          query: z.string().nullable().describe('Null: nothing could be carried over'),
          same: z.boolean().describe('Means the same: nothing was left out or changed'),
          notes: z.array(
            z.object({
              code: z.string(),
              did: z.enum(['rewritten', 'narrowed', 'widened', 'left-out', 'refused']),
              original: z.string(),
              start: z.number().int().describe('Place in the original, in UTF-16 units'),
              end: z.number().int(),
              became: z.string().nullable(),
              message: z.string(),
            }),
          ),
        }),
      ),
    }),
  }),
  difference: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics/{topicId}/difference',
    summary: 'What changed between two versions of a topic',
    input: z.object({ topicId: id, from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }),
    output: z.object({
      from: versionSchema,
      to: versionSchema,
      pieces: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
      languagesAdded: z.array(z.string()),
      languagesRemoved: z.array(z.string()),
    }),
  }),
  restore: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/{topicId}/restore',
    summary: 'Makes the query of an earlier version the newest version again',
    input: z.object({
      topicId: id,
      version: z.number().int().min(1),
      reason: z.string().trim().max(500).default(''),
      againstVersion: z.number().int().optional().describe('Refused when the topic has moved on since'),
    }),
    output: z.object({ version: z.number().int() }),
  }),
}

function words(charactersMax: number) {
  return z.array(z.string().trim().min(1).max(charactersMax)).max(TEMPLATE_WORDS_MAX).default([])
}
