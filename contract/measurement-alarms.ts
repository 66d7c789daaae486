import { z } from 'zod'
import { postSchema } from './listening-posts.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

export const ALARM_KINDS = ['volume', 'negative-share', 'reach', 'single-voice'] as const
export type AlarmKind = (typeof ALARM_KINDS)[number]
export const ALARM_SENSITIVITIES = ['high', 'medium', 'low'] as const
export type AlarmSensitivity = (typeof ALARM_SENSITIVITIES)[number]
/** How many false alarms a week a topic may be expected to raise, all kinds together: one a week, a month, a quarter. */
export const FALSE_ALARMS_A_WEEK: Record<AlarmSensitivity, number> = { high: 1, medium: 1 / 4, low: 1 / 13 }
export const ALARM_STRENGTHS = ['unusual', 'crisis'] as const
export const MESSAGE_REASONS = ['raised', 'grew', 'ended', 'test'] as const
const TOLD_MAX = 50
const SNOOZE_HOURS_MAX = 7 * 24
export const CHART_DAYS_MAX = 28

const kinds = z.array(z.enum(ALARM_KINDS)).min(1)
const minuteOfDay = z.number().int().min(0).max(1439)
const quietHours = z
  .object({ from: minuteOfDay, until: minuteOfDay })
  .describe("Minutes since midnight in the workspace's time zone; may reach over midnight")
const topicPath = z.object({ topicId: id })
const alarmPath = z.object({ alarmId: id })

const learning = z.object({
  countedFrom: z.date().nullable().describe('Posts of the topic are counted from here; imported ones too'),
  daysLeft: z.number().int().describe('Days of history that are still missing; no alarm before'),
  posts: z.number().int().describe('Posts that what is usual was learned from'),
})

const ruleSchema = z.object({
  topicId: id,
  on: z.boolean(),
  kinds,
  sensitivity: z.enum(ALARM_SENSITIVITIES),
  quietHours: quietHours.nullable(),
  memberIds: z.array(id).max(TOLD_MAX).describe('Members who are told'),
  webhook: z
    .object({
      url: z.string(),
      withContent: z.boolean().describe('Send texts and names too, not only ids and figures'),
    })
    .nullable(),
})

const finding = z.object({
  kind: z.enum(ALARM_KINDS),
  minutes: z.number().describe('Length of the window'),
  observed: z.number(),
  expected: z.number().describe('Reach and single voice: what one hour or six of ten exceed'),
  of: z.number().int().describe('Posts in the window'),
  timesAWeek: z.number().describe('Chance brings as much this often at most'),
})

const causeSchema = z.object({
  posts: z.array(z.object({ post: postSchema, like: z.number().int().describe('Posts that say the same, with it') })),
  terms: z.array(z.object({ term: z.string(), posts: z.number().int() })),
  authors: z.array(
    z.object({ authorId: id, name: z.string(), posts: z.number().int(), followers: z.string().nullable() }),
  ),
  networks: z.array(z.object({ network: z.string(), posts: z.number().int() })),
})

const alarmSchema = z.object({
  alarmId: id,
  topicId: id,
  topicName: z.string(),
  kinds,
  strength: z.enum(ALARM_STRENGTHS),
  state: z.enum(['open', 'acknowledged', 'ended']),
  beganAt: z.date(),
  raisedAt: z.date(),
  endedAt: z.date().nullable(),
  snoozedUntil: z.date().nullable(),
  acknowledged: z.object({ by: id, at: z.date() }).nullable(),
  posts: z.number().int().describe('Posts since it began'),
  expected: z.number().describe('Posts that the same time usually brings'),
  findings: z.array(finding),
})

const webhookTry = z.object({
  messageId: id,
  because: z.enum(MESSAGE_REASONS),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number().int(),
  status: z.number().int().nullable().describe('HTTP status of the last answer'),
  failure: z.string().nullable(),
  at: z.date(),
})

export const alarms = {
  list: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/alarms',
    summary: 'Alarms, newest first: those that go on, or those that ended',
    input: page.extend({ state: z.enum(['open', 'ended']), topicId: id.optional() }),
    output: pageOf(alarmSchema),
  }),
  get: procedure({
    allow: 'posts.read',
    method: 'GET',
    path: '/alarms/{alarmId}',
    summary: 'An alarm with its cause; posts as they are now',
    input: alarmPath,
    output: alarmSchema.extend({
      cause: causeSchema,
      expired: z.number().int().min(0).describe('Of its posts, those that are gone: rows expired'),
    }),
  }),
  openCount: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/alarms/open-count',
    summary: 'How many alarms wait for somebody: open, not acknowledged, not snoozed',
    input: nothing,
    output: z.object({ count: z.number().int() }),
  }),
  acknowledge: procedure({
    allow: 'inbox.work',
    method: 'POST',
    path: '/alarms/{alarmId}/acknowledge',
    summary: 'Says that somebody looks after it; nobody else is told again, unless it grows',
    input: alarmPath.extend({ undo: z.boolean().default(false) }),
    output: nothing,
  }),
  snooze: procedure({
    allow: 'inbox.work',
    method: 'POST',
    path: '/alarms/{alarmId}/snooze',
    summary: 'Nobody is told about it for some hours, however much it grows; 0 wakes it',
    input: alarmPath.extend({ hours: z.number().min(0).max(SNOOZE_HOURS_MAX) }),
    output: nothing,
  }),
  rule: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics/{topicId}/alarm-rule',
    summary: 'What of a topic is watched, who is told, and how far learning is',
    input: topicPath,
    output: ruleSchema.extend({ learning, webhookTries: z.array(webhookTry) }),
  }),
  changeRule: procedure({
    allow: 'topics.manage',
    method: 'PUT',
    path: '/topics/{topicId}/alarm-rule',
    summary: 'Changes the rule. A new webhook address gets a new secret, told this once.',
    input: ruleSchema,
    output: z.object({ webhookSecret: z.string().nullable() }),
  }),
  renewSecret: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/{topicId}/alarm-rule/secret',
    summary: 'A new secret for the webhook; the old one is void at once',
    input: topicPath,
    output: z.object({ webhookSecret: z.string() }),
  }),
  testWebhook: procedure({
    allow: 'topics.manage',
    method: 'POST',
    path: '/topics/{topicId}/alarm-rule/test',
    summary: 'Sends a test to the webhook; its result appears among the last results',
    input: topicPath,
    output: nothing,
  }),
  chart: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/topics/{topicId}/alarm-chart',
    summary: 'Posts by the hour with the band in which they are expected, and the alarms of that time',
    input: topicPath.extend({ days: z.coerce.number().int().min(1).max(CHART_DAYS_MAX).default(7) }),
    output: z.object({
      hours: z.array(
        z.object({
          at: z.date(),
          posts: z.number().int(),
          expected: z.number().nullable(),
          low: z.number().nullable(),
          high: z.number().nullable(),
        }),
      ),
      alarms: z.array(z.object({ alarmId: id, kinds, beganAt: z.date(), endedAt: z.date().nullable() })),
      expired: z.number().int().min(0).describe('Of the posts in these hours, those that are gone: rows expired'),
    }),
  }),
}
