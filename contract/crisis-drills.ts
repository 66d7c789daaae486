import { z } from 'zod'
import { LANGUAGES } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

export const STORMS = ['outage', 'food-scandal', 'false-rumour', 'leaked-mail', 'troll-raid'] as const
export type StormName = (typeof STORMS)[number]
/** Posts of a storm. */
export const STORM_SIZES = { small: 40, medium: 120, large: 400 } as const
export type StormSize = keyof typeof STORM_SIZES
export const DRILL_FAILURES = ['not-begun', 'interrupted', 'not-ended'] as const
export const DRILL_STATES = ['preparing', 'running', 'ending', 'over', 'failed'] as const

const sizes = Object.keys(STORM_SIZES) as [StormSize, ...StormSize[]]
const share = z.number().min(0).max(1)

/** Of the team, never of one member. Shares and medians are null where there is nothing to judge. */
export const scoreCard = z.object({
  posts: z.number().int().describe('Posts of the storm'),
  conversations: z.number().int(),
  answered: z.number().int(),
  firstAnswerMinutes: z.number().nullable().describe('Median of the conversations that were answered'),
  slowAnswerMinutes: z.number().nullable().describe('Nine of ten answers were faster'),
  crisisDeclaredMinutes: z.number().nullable().describe('From the first post until a crisis was declared; null: never'),
  statementMinutes: z.number().nullable().describe('From the first post until the first words of ours in public'),
  musts: z.number().int().describe('Posts that must be answered'),
  mustsMissed: z.number().int(),
  missed: z.array(z.object({ handle: z.string(), text: z.string() })).describe('The posts that were missed'),
  trolls: z.number().int().describe('Posts that are better left alone'),
  trollsFed: z.number().int(),
  breaches: z.array(z.object({ check: z.string(), risk: z.string(), count: z.number().int() })),
  answersWithBreach: z.number().int(),
  escalations: z.number().int().describe('Conversations given to a team or a colleague'),
  stepsDone: z.number().int(),
  stepCount: z.number().int(),
  tone: z.object({ positive: z.number().int(), neutral: z.number().int(), negative: z.number().int() }),
  score: z.number().int().min(0).max(100),
  parts: z.object({ speed: share, reach: share, rules: share, calm: share, lead: share }),
})
export type ScoreCard = z.infer<typeof scoreCard>

const drill = z.object({
  drillId: id,
  storm: z.enum(STORMS),
  size: z.enum(sizes),
  minutes: z.number().int(),
  languages: z.array(z.enum(LANGUAGES)),
  state: z.enum(DRILL_STATES),
  createdAt: z.date(),
  begunAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  told: z.number().int().describe('Posts of the storm so far'),
  planned: z.number().int(),
  sandboxSlug: z.string().nullable().describe('Where the team works; null: not yet, or no more'),
  keptUntil: z.date().nullable().describe('Until when the sandbox can be looked at'),
  failure: z
    .enum(DRILL_FAILURES)
    .nullable()
    .describe('not-begun; interrupted: the card counts what was there; not-ended: no card could be made'),
  lessons: z.string(),
  card: scoreCard.nullable(),
})
const path = z.object({ drillId: id })

export const drills = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/drills',
    summary: 'Drills, newest first, with the score cards of the team',
    input: nothing,
    output: z.object({
      items: z.array(drill),
      possible: z.boolean().describe('false: this workspace is a sandbox, or only listens'),
    }),
  }),
  get: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/drills/{drillId}',
    summary: 'A drill, and the one before it with the same storm to compare with',
    input: path,
    output: drill.extend({ before: drill.nullable() }),
  }),
  begin: procedure({
    allow: 'crisis.manage',
    method: 'POST',
    path: '/drills',
    summary:
      'Makes a sandbox as this workspace is set up, lets members in, and has a storm played in it. Conflict `drill-running`.',
    input: z.object({
      storm: z.enum(STORMS),
      size: z.enum(sizes),
      minutes: z.number().int().min(1).max(180).describe('How long the storm takes'),
      languages: z.array(z.enum(LANGUAGES)).min(1).max(LANGUAGES.length),
      memberIds: z.array(id).min(1).max(500).describe('Who takes part'),
      keepDays: z.number().int().min(0).max(90).default(7).describe('How long the sandbox can be looked at afterwards'),
    }),
    output: path,
  }),
  waiting: procedure({
    allow: 'crisis.manage',
    reachesOut: true,
    method: 'GET',
    path: '/drills/{drillId}/waiting',
    summary: 'How many answers of the drill can still be taken back',
    input: path,
    output: z.object({ answers: z.number().int() }),
  }),
  end: procedure({
    allow: 'crisis.manage',
    method: 'POST',
    path: '/drills/{drillId}/end',
    summary: 'Ends the storm, lets go what can still be taken back, and makes the score card',
    input: path,
    output: nothing,
  }),
  reflect: procedure({
    allow: 'crisis.manage',
    method: 'PUT',
    path: '/drills/{drillId}/lessons',
    summary: 'What the team learned',
    input: path.extend({ lessons: z.string().trim().max(5_000) }),
    output: nothing,
  }),
  removeSandbox: procedure({
    allow: 'crisis.manage',
    reachesOut: true,
    method: 'DELETE',
    path: '/drills/{drillId}/sandbox',
    summary: 'Deletes the sandbox now; the score card stays. Conflict `drill-running`.',
    input: path,
    output: nothing,
  }),
}
