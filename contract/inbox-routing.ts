import { z } from 'zod'
import { conversationPath } from './inbox-threads.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'
import { routingCondition, routingRules } from './routing-rules.ts'
import {
  ACTION_KINDS,
  ACTION_OUTCOMES,
  DRY_RUN_DAYS_MAX,
  DRY_RUN_MAX,
  NOTE_CHARACTERS_MAX,
  PRIORITIES,
  RULE_PROBLEMS,
} from './routing-words.ts'

/** Conversations that one request of a dry run reads. */
export const DRY_RUN_STEP = 200

const version = z.number().int().min(0).describe('0: no rules were saved yet')
const savedVersion = z.object({
  version,
  note: z.string(),
  returnedTo: z.number().int().nullable().describe('The older version that holds again by this one'),
  madeAt: z.date(),
  madeBy: id.nullable().describe('A member, or an API key'),
})
const note = z.string().trim().max(NOTE_CHARACTERS_MAX).default('')

const deed = z.object({
  do: z.enum(ACTION_KINDS),
  outcome: z.enum(ACTION_OUTCOMES),
  teamId: id.optional(),
  priority: z.enum(PRIORITIES).optional(),
  tagIds: z.array(id).optional(),
})
const run = z.object({
  at: z.date(),
  position: z.string(),
  ruleId: id,
  ordinal: z.number().int().describe('Its place in the list then'),
  version: z.number().int(),
  name: z.string().describe('As it was called then'),
  postId: id,
  because: z.array(routingCondition).describe('Conditions of the rule that held; none: the rule has none'),
  becauseOfPerson: z.boolean().describe('Others held too that tell of the person: only who reads people sees them'),
  did: z.array(deed),
})
export type RuleRun = z.infer<typeof run>

const place = z.object({
  kind: z.enum(['team', 'skill', 'member', 'closed', 'nobody']),
  teamId: id.nullable(),
})
export type RoutedPlace = z.infer<typeof place>

const sample = z.object({ conversationId: id, snippet: z.string() })
const happened = z.object({
  byTeam: z
    .array(
      z.object({
        teamId: id.nullable().describe('null: no team, or one of fewer than five members'),
        conversations: z.number().int(),
      }),
    )
    .describe('Where they lie now'),
  answers: z
    .object({
      of: z.number().int().describe('Conversations that are counted here'),
      answered: z.number().int(),
      within: z
        .array(z.number().int())
        .describe('How many had their first answer within each of firstAnswerMinutes, and later'),
    })
    .nullable()
    .describe('null: it would be a figure about the work of fewer than five people'),
})

const findings = z.object({
  read: z.number().int().describe('Conversations read by this request'),
  rules: z.array(
    z.object({
      ruleId: id,
      conversations: z.number().int(),
      posts: z.number().int(),
      places: z.array(place.extend({ conversations: z.number().int() })),
      samples: z.array(sample),
      happened,
    }),
  ),
  unmatched: z.object({ conversations: z.number().int(), samples: z.array(sample) }),
  changed: z
    .object({
      conversations: z.number().int(),
      moves: z.array(z.object({ from: place, to: place, conversations: z.number().int(), samples: z.array(sample) })),
      priorities: z.number().int().describe('Would have another priority'),
    })
    .nullable()
    .describe('Against the rules that hold; null: these are they'),
})
export type DryRunFindings = z.infer<typeof findings>

const problem = z.object({
  ruleId: id,
  code: z.enum(RULE_PROBLEMS),
  of: z.enum(['rule', 'condition', 'action']),
  place: z.number().int().nullable(),
  faults: z.array(z.object({ code: z.string(), message: z.string(), start: z.number().int(), end: z.number().int() })),
})

export const routing = {
  get: procedure({
    allow: 'routing.manage',
    method: 'GET',
    path: '/routing',
    summary: 'The routing rules that hold, in the order in which they are asked',
    input: nothing,
    output: savedVersion.extend({
      madeAt: z.date().nullable(),
      rules: routingRules,
      webhooks: z.array(z.object({ webhookId: id, name: z.string() })).describe('That a rule may tell'),
    }),
  }),
  save: procedure({
    allow: 'routing.manage',
    method: 'PUT',
    path: '/routing',
    summary: 'A new version of all rules. Conflict `routing-changed`: somebody saved another; invalid `rule-wrong`.',
    input: z.object({ againstVersion: version, rules: routingRules, note }),
    output: z.object({ version }),
  }),
  check: procedure({
    allow: 'routing.manage',
    method: 'POST',
    path: '/routing/check',
    summary: 'What is wrong with rules that are not saved',
    input: z.object({ rules: routingRules, textLanguage: z.enum(['en', 'de', 'nl']).default('en') }),
    output: z.object({ problems: z.array(problem) }),
  }),
  versions: procedure({
    allow: 'routing.manage',
    method: 'GET',
    path: '/routing/versions',
    summary: 'The newest 100 versions, newest first',
    input: nothing,
    output: z.object({ items: z.array(savedVersion) }),
  }),
  version: procedure({
    allow: 'routing.manage',
    method: 'GET',
    path: '/routing/versions/{version}',
    summary: 'The rules of an older version',
    input: z.object({ version: z.coerce.number().int().min(1) }),
    output: z.object({ version, rules: routingRules }),
  }),
  returnTo: procedure({
    allow: 'routing.manage',
    method: 'POST',
    path: '/routing/versions/{version}/return',
    summary: 'Lets an older version hold again, as a new one',
    input: z.object({ version: z.coerce.number().int().min(1), againstVersion: version, note }),
    output: z.object({ version }),
  }),
  dryRun: procedure({
    allow: 'routing.manage',
    method: 'POST',
    path: '/routing/dry-runs',
    summary:
      'What rules would have done with conversations of the last days, some at a time: ask again with `after` until it is null.',
    input: z.object({
      rules: routingRules.nullable().describe('null: those that hold'),
      days: z.number().int().min(1).max(DRY_RUN_DAYS_MAX).default(14),
      after: z.string().max(200).optional(),
    }),
    output: z.object({
      findings,
      firstAnswerMinutes: z.array(z.number().int()),
      of: z.number().int().describe(`Conversations in all, at most ${DRY_RUN_MAX}`),
      after: z.string().nullable(),
    }),
  }),
  runs: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/rules',
    summary: 'What rules did on a conversation, and why; the newest 100, newest first',
    input: conversationPath,
    output: z.object({ items: z.array(run) }),
  }),
  runsOf: procedure({
    allow: 'routing.manage',
    method: 'GET',
    path: '/routing/rules/{ruleId}/runs',
    summary: 'On which conversations a rule acted last; the newest 50',
    input: z.object({ ruleId: id }),
    output: z.object({ items: z.array(run.extend({ conversationId: id, snippet: z.string() })) }),
  }),
}
