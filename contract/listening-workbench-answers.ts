import { z } from 'zod'
import { spanSchema } from './listening-topics.ts'
import { id } from './pages.ts'

/** A count or a share of which only a sample may have been seen. */
export const figureSchema = z.object({
  value: z.number(),
  low: z.number().describe('Lower end of the 95 % interval; the value itself when exact'),
  high: z.number(),
  exact: z.boolean(),
})

/** One sentence of "matches because" or "missed because"; the screen says it in the reader's language. */
export const becauseSchema = z.object({
  code: z
    .enum(['found', 'missing', 'absent', 'present', 'too-far', 'wrong-order', 'value'])
    .describe('absent / present: of what a NOT leaves out; value: what the post says where a field asked'),
  kind: z.enum(['term', 'near', 'not', 'filter', 'or', 'and']),
  holds: z.boolean(),
  text: z.string().describe('The part of the query, as typed'),
  start: z.number().int().describe('Its place in the query, in UTF-16 units'),
  end: z.number().int(),
  distance: z.number().int().nullable().describe('too-far: words apart at best; null: beyond what can be asked'),
  value: z.string().nullable().describe('value: null when the post says nothing'),
})

/** A post as the workbench shows it: a stored one, or one of the authorless sample of what nobody asked for. */
export const shownPostSchema = z.object({
  postId: id.nullable().describe('Null for a post of the unmatched sample'),
  sampledId: z.string().nullable().describe('Set for a post of the unmatched sample: no author, no address'),
  network: z.string(),
  handle: z.string().nullable(),
  url: z.string().nullable(),
  title: z.string().nullable(),
  text: z.string(),
  language: z.string().nullable(),
  publishedAt: z.date(),
  spans: z.array(spanSchema),
  because: z.array(becauseSchema),
  relevance: z.number().nullable().describe('Probability for us, as far as the topic has learnt; null: not scored'),
  verdict: z.enum(['for-us', 'not-for-us']).nullable().describe('Of a person, for this topic'),
})

export const priceSchema = z.object({
  learnedFrom: z
    .enum(['unmatched-sample', 'stored-posts'])
    .describe(
      'stored-posts: the newest ones; somebody asked for these already, so the share is higher than on a stream',
    ),
  breadth: z.enum(['none', 'narrow', 'medium', 'broad', 'everything']),
  share: figureSchema.nullable().describe('Share of the posts looked at; null when there were none'),
  cost: z
    .enum(['cheap', 'fair', 'dear', 'every-post'])
    .describe('every-post: it has to be asked of each post that comes'),
  asked: z.number().nullable().describe('Of 1,000 posts, so many have to be asked; null: not known yet'),
  parts: z
    .array(
      z.object({
        start: z.number().int(),
        end: z.number().int(),
        text: z.string(),
        why: z.enum(['only-left-out', 'starts-with-wildcard', 'short-prefix', 'frequent-word', 'filter-alone']),
        asked: z.number().nullable().describe('Of 1,000 posts'),
      }),
    )
    .describe('What makes it so, dearest first; empty for a cheap one'),
})

export const periodSchema = z.object({
  from: z.date(),
  until: z.date(),
  timeZone: z.string().describe('In which days begin'),
})

/** What the figures of an answer rest on. */
export const restsOnSchema = z.object({
  candidates: z.number().int().describe('Stored posts of the period that could match'),
  looked: z.number().int().describe('Of these, how many were asked: all, or a random sample'),
  countedFrom: z
    .date()
    .describe('Later than the period when the time budget allowed no more: nothing is said of before'),
  scan: z.boolean().describe('No word that an index could find: every post of the period is a candidate'),
})

/** Stored posts are only those that somebody asked for; what the rest of the streams would bring is estimated. */
export const unstoredSchema = z.object({
  perDay: figureSchema.describe('Posts a day on the streams that are not stored and would match'),
  sampled: z.number().int().describe('Posts of the unmatched sample that were asked'),
  matched: z.number().int().describe('Of these, how many matched'),
  heard: z.number().describe('Posts that the sample stands for'),
  from: z.date().nullable().describe('Since when there is a sample'),
})
