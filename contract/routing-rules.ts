import { z } from 'zod'
import { id } from './pages.ts'
import {
  ACTIONS_MAX,
  CHOSEN_MAX,
  CONDITIONS_MAX,
  JUDGEMENTS,
  LANGUAGE_UNKNOWN,
  PRIORITIES,
  ROUTED_INTENTS,
  ROUTED_SCORES,
  ROUTED_SENTIMENTS,
  RULE_NAME_CHARACTERS_MAX,
  RULES_MAX,
  TEXT_QUERY_CHARACTERS_MAX,
} from './routing-words.ts'

const among = z.enum(['any-of', 'none-of'])
const yesNo = z.enum(['yes', 'no'])
const bound = z.enum(['at-least', 'below'])
const ids = z.array(id).min(1).max(CHOSEN_MAX)
const some = <Values extends readonly [string, ...string[]]>(values: Values) =>
  z.array(z.enum(values)).min(1).max(values.length)
const language = z.string().regex(/^[a-z]{2,3}$/)

/** What a rule asks of a post, of who wrote it, and of the moment. */
export const routingCondition = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('text'),
    is: z.enum(['matches', 'matches-not']),
    query: z.string().trim().min(1).max(TEXT_QUERY_CHARACTERS_MAX).describe('In the listening language'),
    languages: z.array(language).max(12).describe('Whose word forms count; none: words as they are written'),
  }),
  z.object({ about: z.literal('topic'), is: among, topicIds: ids }),
  z.object({ about: z.literal('source'), is: among, sourceIds: ids }),
  z.object({ about: z.literal('network'), is: among, networks: z.array(z.string().max(50)).min(1).max(CHOSEN_MAX) }),
  z.object({
    about: z.literal('language'),
    is: among,
    languages: z.array(language).min(1).max(CHOSEN_MAX).describe(`'${LANGUAGE_UNKNOWN}': not known`),
  }),
  z.object({ about: z.literal('sentiment'), is: among, sentiments: some(ROUTED_SENTIMENTS) }),
  z.object({ about: z.literal('intent'), is: among, intents: some(ROUTED_INTENTS) }),
  z.object({ about: z.literal('offensive'), is: yesNo }),
  z.object({ about: z.literal('relevance'), is: among, judgements: some(JUDGEMENTS) }).describe('By any of its topics'),
  z.object({ about: z.literal('addressed'), is: yesNo }).describe('Said to us: a reply, a mention of our account'),
  z
    .object({ about: z.literal('person'), is: yesNo })
    .describe('Whoever wrote was known before: from another conversation, or confirmed, imported or proved'),
  z.object({ about: z.literal('segment'), is: among, segmentIds: ids }),
  z
    .object({
      about: z.literal('score'),
      score: z.enum(ROUTED_SCORES),
      is: bound,
      points: z.number().int().min(0).max(100),
    })
    .describe('Holds for no one whose score is not known'),
  z
    .object({ about: z.literal('reach'), is: bound, followers: z.number().int().min(1).max(1_000_000_000) })
    .describe('Followers of the author. Holds for no one whose number is not known'),
  z
    .object({ about: z.literal('time'), is: z.enum(['within', 'outside']), calendarId: id })
    .describe('Of the hours of a desk, when the post was heard'),
])
export type RoutingCondition = z.infer<typeof routingCondition>

/** What a rule does with the conversation. The first rule that assigns or sets a priority has its way. */
export const routingAction = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('assign'),
    to: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('member'), memberId: id }),
      z.object({ kind: z.literal('team'), teamId: id }),
      z
        .object({
          kind: z.literal('skill'),
          teamId: id.nullable().describe('Only among its members; has the conversation where nobody can take it'),
          language: z.boolean().describe('Who takes the language of the post'),
          product: z.string().trim().min(1).max(100).nullable(),
        })
        .describe('To whoever is there, fits and has most room'),
    ]),
  }),
  z.object({ do: z.literal('priority'), priority: z.enum(PRIORITIES) }),
  z.object({ do: z.literal('tag'), tagIds: z.array(id).min(1).max(20) }),
  z.object({ do: z.literal('clock'), clockPolicyId: id }),
  z.object({ do: z.literal('four-eyes') }).describe('A second person approves what is said here'),
  z.object({ do: z.literal('crisis') }).describe('Proposes a crisis; a person declares it'),
  z.object({ do: z.literal('webhook'), webhookId: id }),
  z.object({ do: z.literal('close') }).describe('As noise; the next post of the customer opens it again'),
])
export type RoutingAction = z.infer<typeof routingAction>

export const routingRule = z.object({
  ruleId: id.describe('Made by whoever adds the rule; stays through all versions'),
  name: z.string().trim().min(1).max(RULE_NAME_CHARACTERS_MAX),
  on: z.boolean(),
  asks: z
    .enum(['first', 'each'])
    .describe('first: of what opened the conversation; each: of every post of the customer in it'),
  match: z.enum(['all', 'any']),
  conditions: z.array(routingCondition).max(CONDITIONS_MAX).describe('None: it holds for every post'),
  actions: z.array(routingAction).max(ACTIONS_MAX),
  stops: z.boolean().describe('No rule below is asked when this one holds'),
})

export const routingRules = z.array(routingRule).max(RULES_MAX).describe('In the order in which they are asked')
