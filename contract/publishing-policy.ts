import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { POLICY_ACTIONS, POLICY_CHECK_IDS, POLICY_PRESETS, POLICY_RISKS, POLICY_VERDICTS } from './policy-words.ts'
import { procedure } from './procedure.ts'

export const UNDO_SECONDS_SETTING_MAX = 300
export const APPROVAL_HOURS_MAX = 720
/** Past texts of ours that a dry run looks at, the newest first. */
export const PAST_TEXTS_MAX = 3_000
const LIST_MAX = 500

const check = z.enum(POLICY_CHECK_IDS)
const verdict = z.enum(POLICY_VERDICTS)
const words = (max = LIST_MAX) => z.array(z.string().trim().min(1).max(200)).max(max).default([])

const finding = z.object({
  check,
  code: z.string(),
  risk: z.enum(POLICY_RISKS),
  action: z.enum(POLICY_ACTIONS).exclude(['off']),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  spans: z
    .array(
      z.object({
        part: z.enum(['title', 'text', 'alternative', 'link']),
        index: z.number().int(),
        from: z.number().int(),
        to: z.number().int(),
      }),
    )
    .describe('Where, in UTF-16 offsets of that part'),
  instead: z.string().describe('What to do instead, as a code'),
})
/** What the policy says of a text; also the `news` of the conflicts `policy-confirm`, `policy-four-eyes`, `policy-refused`. */
export const judgementSchema = z.object({
  verdict,
  findings: z.array(finding).describe('Hardest first'),
  always: z.array(z.string()).describe('Kinds of text that always need this verdict, whatever is found'),
  version: z.number().int().describe('Of the policy; 0: as it ships'),
  confirm: z.string().describe('Repeated as `confirmed` it says: I saw these findings, send it'),
})
export type PolicyJudgement = z.infer<typeof judgementSchema>
export type PolicyFinding = PolicyJudgement['findings'][number]

const rule = z.object({ action: z.enum(POLICY_ACTIONS), from: z.enum(POLICY_RISKS) })
const checks = z.partialRecord(check, rule).default({})
const always = z.partialRecord(z.enum(['reply', 'post', 'private', 'bot']), verdict).default({})
const address = z.object({ de: z.enum(['du', 'Sie']).nullable(), nl: z.enum(['je', 'u']).nullable() })
const otherBrand = z.object({
  name: z.string().trim().min(1).max(100),
  handles: words(50),
  hashtags: words(50),
  signatures: words(50),
})

export const policyDocumentSchema = z.object({
  preset: z.enum(POLICY_PRESETS),
  checks: checks.describe('Where it differs from the preset'),
  always: always.describe('What these kinds of text need at least'),
  languageLettersMin: z.number().int().min(10).max(500).default(30),
  exceptions: z
    .array(z.object({ check, words: z.string().trim().min(1).max(200) }))
    .max(1_000)
    .default([]),
  address: address.default({ de: null, nl: null }),
  own: z
    .object({ mails: words(), phones: words(), ibans: words(), addresses: words() })
    .default({ mails: [], phones: [], ibans: [], addresses: [] })
    .describe('Ours and public: never a finding'),
  links: words().describe('Domains that may be linked; none: links are held against no list'),
  numberPatterns: words(50).describe('How order and customer numbers look: # a digit, @ a letter'),
  claims: z
    .array(
      z.object({
        id: z.string().trim().min(1).max(80),
        query: z.string().trim().min(1).max(2_000),
        topicIds: z.array(id).max(50).default([]).describe('none: always'),
        risk: z.enum(POLICY_RISKS),
      }),
    )
    .max(LIST_MAX)
    .default([]),
  embargoes: z
    .array(
      z.object({
        id: z.string().trim().min(1).max(80),
        query: z.string().trim().min(1).max(2_000),
        until: z.coerce.date(),
      }),
    )
    .max(LIST_MAX)
    .default([])
    .describe('What must not be said before a time'),
  disclosures: z
    .array(
      z.object({
        id: z.string().trim().min(1).max(80),
        when: z.string().trim().min(1).max(2_000),
        words: words(20),
      }),
    )
    .max(LIST_MAX)
    .default([]),
  botsSaySo: z.boolean().default(false),
  fullNames: z.boolean().default(false).describe('Full names of members are findings'),
  others: z.array(otherBrand).max(50).default([]).describe('Brands whose texts must not be sent from here'),
  scopes: z
    .array(
      z.object({
        sourceId: id.nullable(),
        topicId: id.nullable(),
        checks,
        always,
        address: address.nullable().default(null),
        others: z.array(otherBrand).max(50).default([]),
      }),
    )
    .max(100)
    .default([])
    .describe('For one account or one topic; a later one wins'),
})
export type PolicyDocument = z.infer<typeof policyDocumentSchema>

const measurement = z.object({
  answers: z.number().int(),
  alarms: z.number().int(),
  judged: z.number().int(),
  wrong: z.number().int(),
  wrongPer1000: z.number().nullable().describe('Texts of a thousand that would be stopped wrongly; null: not known'),
  wrongPer1000AtMost: z.number().nullable().describe('At the upper end of the interval (95 %)'),
})
const measuredCheck = z.object({
  check,
  from: z.enum(POLICY_RISKS),
  shipped: measurement
    .nullable()
    .describe('On public texts, by us; null: it rests on lists that only the workspace has'),
  own: measurement.describe('On the workspace’s own past texts, as people read the alarms'),
  mayRefuse: z.boolean(),
  reported: z.number().int().describe('Reported as false alarms while writing'),
})
const savedVersion = z.object({
  version: z.number().int(),
  note: z.string(),
  savedAt: z.date().nullable(),
  savedBy: id.nullable(),
})
const pastText = z.object({ postId: id, text: z.string(), publishedAt: z.date(), sourceName: z.string() })

const saying = z.object({
  sourceId: id,
  replyToPostId: id.nullable().default(null),
  text: z.string().max(10_000),
  language: z.string().max(35).nullable().default(null),
  attachmentIds: z.array(id).max(10).default([]),
  private: z.boolean().default(false).describe('Only the customer reads it: their own data may stand there'),
})

export const policy = {
  check: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/policy/check',
    summary: 'What the policy says of a text while it is written. Changes nothing; at sending the server judges again.',
    input: saying.extend({
      conversationIds: z
        .array(id)
        .max(50)
        .default([])
        .describe('That it answers: a routing rule may ask for a second person there'),
    }),
    output: judgementSchema.extend({
      fourEyesRule: z
        .object({ ruleId: id, name: z.string() })
        .nullable()
        .describe('The routing rule that asks for a second person'),
      undoSeconds: z.number().int().describe('How long it can be taken back after sending'),
    }),
  }),
  reportFalseAlarm: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/policy/false-alarms',
    summary: 'Says that a finding is wrong. Counted by check, once for a text; who said it is not kept.',
    input: saying.extend({ check, code: z.string().max(40) }),
    output: z.object({
      reported: z.boolean().describe('false: the policy does not find that, or it was reported before'),
    }),
  }),
  get: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/policy',
    summary: 'What holds now, and how it came to be.',
    input: nothing,
    output: z.object({
      version: z.number().int(),
      document: policyDocumentSchema,
      preset: z.record(z.enum(POLICY_PRESETS), z.record(check, rule)).describe('What each preset does'),
      undoSeconds: z.number().int(),
      approvalHours: z.number().int(),
      versions: z.array(savedVersion).describe('The newest first, at most 100'),
    }),
  }),
  version: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/policy/versions/{version}',
    summary: 'An earlier version as it was.',
    input: z.object({ version: z.coerce.number().int().min(0) }),
    output: savedVersion.extend({ document: policyDocumentSchema }),
  }),
  save: procedure({
    allow: 'policy.manage',
    reachesOut: true,
    method: 'PUT',
    path: '/policy',
    summary:
      'A new version. Conflict `policy-changed`; invalid `may-not-refuse` (check), `query-unreadable` (rule), `number-pattern`.',
    input: z.object({
      against: z.number().int().describe('The version that it was made from'),
      document: policyDocumentSchema,
      note: z.string().trim().max(500).default(''),
    }),
    output: z.object({ version: z.number().int() }),
  }),
  setTimes: procedure({
    allow: 'policy.manage',
    method: 'PUT',
    path: '/policy/times',
    summary: 'How long everything can be taken back before it goes, and how long an approval is waited for.',
    input: z.object({
      undoSeconds: z
        .number()
        .int()
        .min(0)
        .max(UNDO_SECONDS_SETTING_MAX)
        .describe('0: only as long as the sender asks for'),
      approvalHours: z.number().int().min(1).max(APPROVAL_HOURS_MAX),
    }),
    output: nothing,
  }),
  dryRun: procedure({
    allow: 'policy.manage',
    reachesOut: true,
    method: 'POST',
    path: '/policy/dry-run',
    summary: 'What a policy would have said of past texts, beside the one that holds.',
    input: z.object({ document: policyDocumentSchema }),
    output: z.object({
      texts: z.number().int(),
      stricter: z.number().int(),
      looser: z.number().int(),
      before: z.record(verdict, z.number().int()),
      after: z.record(verdict, z.number().int()),
      byCheck: z.array(z.object({ check, before: z.number().int(), after: z.number().int() })),
      changes: z
        .array(pastText.extend({ before: verdict, after: verdict, checks: z.array(check) }))
        .describe('The newest, at most 50'),
    }),
  }),
  measure: procedure({
    allow: 'policy.manage',
    reachesOut: true,
    method: 'POST',
    path: '/policy/measurement',
    summary: 'How often each check would have been wrong on past texts, and alarms that nobody has read yet.',
    input: z.object({ document: policyDocumentSchema, check: check.optional().describe('Alarms of this one to read') }),
    output: z.object({
      texts: z.number().int(),
      checks: z.array(measuredCheck),
      toRead: z
        .array(pastText.extend({ check, findings: z.array(finding), wrong: z.boolean().nullable() }))
        .describe('Of the check asked for: unread ones first, at most 50'),
    }),
  }),
  review: procedure({
    allow: 'policy.manage',
    method: 'PUT',
    path: '/policy/reviews',
    summary: 'Says whether an alarm on a past text was right.',
    input: z.object({ postId: id, check, was: z.enum(['right', 'wrong', 'unread']) }),
    output: nothing,
  }),
}
