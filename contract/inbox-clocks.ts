import { z } from 'zod'
import {
  CLOCK_STATES,
  CLOCKS,
  POLICIES_MAX,
  REMINDER_DAYS_MAX,
  SPAN_CODES,
  SPANS_MAX,
  STEP_OUTCOMES,
  STEPS_MAX,
  TARGET_MINUTES_MAX,
  TARGETS_MAX,
  WAITS_EXPLAINED_MAX,
} from './clock-words.ts'
import { calendars, markName, rulesName, validFrom, version } from './inbox-calendars.ts'
import { id, nothing } from './pages.ts'
import { ROLES } from './permissions.ts'
import { procedure } from './procedure.ts'
import { PRIORITIES } from './routing-words.ts'

const clock = z.enum(CLOCKS)
const minutes = z.number().int().min(1).max(TARGET_MINUTES_MAX)
export const clockTarget = z.object({
  clock,
  priority: z.enum(PRIORITIES).optional(),
  segmentId: id.optional().describe('Only persons in this segment'),
  minutes: minutes.nullable().describe('Service minutes; null: no promise here'),
})
export const clockStep = z.object({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  at: z.discriminatedUnion('when', [
    z.object({ when: z.literal('before'), minutes }),
    z.object({ when: z.literal('spent'), percent: z.number().int().min(1).max(99) }),
    z.object({ when: z.literal('due') }),
    z.object({ when: z.literal('after'), minutes }),
  ]),
  action: z.discriminatedUnion('do', [
    z.object({ do: z.literal('warn') }),
    z.object({ do: z.literal('return-to-queue') }),
    z.object({ do: z.literal('reassign') }),
    z.object({
      do: z.literal('escalate'),
      to: z.union([
        z.object({ teamId: id }),
        z.object({ role: z.enum(ROLES) }),
        z.object({ roleId: id }).describe('A role of the workspace’s own'),
      ]),
    }),
  ]),
})
const ladder = z.array(clockStep).max(STEPS_MAX)
export const clockRules = z.object({
  calendarId: id,
  applies: z
    .object({
      sourceIds: z.array(id).max(200),
      networks: z.array(z.string().max(50)).max(50),
      languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).max(50),
      mentions: z.boolean().default(false).describe('Also of conversations in which nobody spoke to us'),
    })
    .describe(
      'Of which conversations; an empty list: of all. The narrowest promise that fits decides: account, network, language',
    ),
  targets: z.array(clockTarget).max(TARGETS_MAX).describe('The first that fits decides'),
  pauses: z.object({
    waiting: z.boolean().describe('While it is the customer’s turn'),
    snoozed: z.boolean(),
    crisis: z.boolean(),
  }),
  answers: z
    .array(z.enum(['public', 'private']))
    .min(1)
    .max(2),
  reopening: z.enum(['continue', 'restart']).describe('What comes up again after it was closed'),
  ladders: z.object({ 'first-answer': ladder, 'next-answer': ladder, resolution: ladder }),
})
export type ClockRules = z.infer<typeof clockRules>

const policies = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/clock-policies',
    summary: 'What is promised to customers: every promise with all its versions',
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          clockPolicyId: id,
          name: rulesName,
          versions: z
            .array(z.object({ version, validFrom: z.date(), madeAt: z.date(), rules: clockRules }))
            .describe('Newest first; a wait is read by the version that was valid as it began'),
        }),
      ),
      recounting: z.boolean().describe('Conversations are being read anew because something changed'),
    }),
  }),
  create: procedure({
    allow: 'clocks.manage',
    method: 'POST',
    path: '/clock-policies',
    summary: `A new promise, at most ${POLICIES_MAX}`,
    input: z.object({ name: rulesName, rules: clockRules, validFrom }),
    output: z.object({ clockPolicyId: id }),
  }),
  update: procedure({
    allow: 'clocks.manage',
    method: 'PUT',
    path: '/clock-policies/{clockPolicyId}',
    summary: 'A new version, for waits that begin from an instant on; earlier ones keep what they were promised',
    input: z.object({
      clockPolicyId: id,
      against: version.describe('The version one saw'),
      name: rulesName,
      rules: clockRules,
      validFrom,
    }),
    output: z.object({ version }),
  }),
  remove: procedure({
    allow: 'clocks.manage',
    method: 'DELETE',
    path: '/clock-policies/{clockPolicyId}',
    summary: 'Ends a promise: waits that begin from now on are not read by it',
    input: z.object({ clockPolicyId: id }),
    output: nothing,
  }),
}

const span = z.object({
  from: z.date(),
  until: z.date(),
  counted: z.boolean(),
  why: z.enum(SPAN_CODES),
  name: markName,
  minutes: z.number(),
})
export const clockWait = z.object({
  clock,
  epoch: z.string(),
  clockPolicyId: id,
  policyName: z.string(),
  policyVersion: version,
  state: z.enum(CLOCK_STATES),
  because: z.string().nullable().describe('Why it is paused or void'),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  endedBy: z.enum(['answered', 'closed']).nullable(),
  targetMinutes: z.number().nullable(),
  elapsedMinutes: z.number().describe('Service minutes'),
  dueAt: z.date().nullable(),
  dueUnknown: z.enum(['paused', 'no-target', 'beyond-horizon']).nullable(),
  spans: z.array(span).describe(`Every minute, counted or not, and why; of more than ${SPANS_MAX} the newest`),
  earlierSpans: z.number().int().describe('How many are left out'),
  steps: z.array(
    z.object({
      step: z.string(),
      action: clockStep.shape.action,
      time: clockStep.shape.at,
      at: z.date().nullable(),
      doneAt: z.date().nullable(),
      outcome: z.enum(STEP_OUTCOMES).nullable(),
    }),
  ),
})
export type ClockWait = z.infer<typeof clockWait>

export const clocks = {
  calendars,
  policies,
  of: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/clocks',
    summary: 'The clocks of a conversation, explained minute by minute',
    input: z.object({ conversationId: id }),
    output: z.object({
      now: z.date(),
      waits: z.array(clockWait).describe(`Newest first, at most ${WAITS_EXPLAINED_MAX}`),
      turn: z.enum(['ours', 'customer']).nullable().describe('Who has to speak; null: it is closed'),
      remindMeAt: z.date().nullable(),
    }),
  }),
  turn: procedure({
    allow: 'inbox.work',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/turn',
    summary: 'Says whose turn it is: after an answer it is the customer’s, unless somebody says otherwise',
    input: z.object({ conversationId: id, turn: z.enum(['ours', 'customer']) }),
    output: nothing,
  }),
  remind: procedure({
    allow: 'inbox.read',
    method: 'PUT',
    path: '/conversations/{conversationId}/reminder',
    summary: `Reminds me of a conversation, at most ${REMINDER_DAYS_MAX} days from now; it stays where it is`,
    input: z.object({ conversationId: id, at: z.coerce.date().nullable().describe('null: no more') }),
    output: nothing,
  }),
}
