import { z } from 'zod'
import { LANGUAGES } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

export const SCENARIO_TEMPLATES = [
  'outage',
  'viral-praise',
  'leaked-mail',
  'insulted-agent',
  'wrong-claim',
  'product-recall',
] as const
export const OUTCOMES = ['ready', 'gaps', 'not-ready'] as const
export const FOUND = ['ok', 'gap'] as const

const key = z.string().regex(/^[a-z0-9-]{1,40}$/, 'small letters and digits')
const line = z.string().trim().min(1).max(500)
const some = z.string().trim().max(2_000)
const version = z.number().int().positive()
const step = z.object({ key, text: line, who: z.string().trim().max(200) })
const walkedStep = step.extend({ found: z.enum(FOUND).nullable(), note: z.string() })
const openPoint = z.object({ openPointId: id, text: z.string(), settledAt: z.date().nullable() })
const walkSchema = z.object({
  walkId: id,
  begunAt: z.date(),
  endedAt: z.date().nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  summary: z.string(),
  steps: z.array(walkedStep),
  openPoints: z.array(openPoint),
})
const scenarioInput = z.object({
  name: line.max(200),
  situation: some,
  steps: z
    .array(step)
    .min(1)
    .max(50)
    .refine((steps) => new Set(steps.map((one) => one.key)).size === steps.length, 'each key once'),
})
const scenarioPath = z.object({ scenarioId: id })

export const scenarios = {
  scenarios: {
    list: procedure({
      allow: 'workspace.read',
      method: 'GET',
      path: '/scenarios',
      summary: 'Scenarios, and when each was last walked through',
      input: nothing,
      output: z.object({
        items: z.array(
          z.object({
            scenarioId: id,
            name: z.string(),
            situation: z.string(),
            stepCount: z.number().int(),
            walking: z.boolean(),
            lastWalkedAt: z.date().nullable(),
            lastOutcome: z.enum(OUTCOMES).nullable(),
            openPoints: z.number().int(),
          }),
        ),
      }),
    }),
    templates: procedure({
      allow: 'plan.manage',
      method: 'GET',
      path: '/scenario-templates',
      summary: 'Scenarios to begin with, in one language',
      input: z.object({ language: z.enum(LANGUAGES) }),
      output: z.object({ items: z.array(scenarioInput.extend({ template: z.enum(SCENARIO_TEMPLATES) })) }),
    }),
    get: procedure({
      allow: 'workspace.read',
      method: 'GET',
      path: '/scenarios/{scenarioId}',
      summary: 'A scenario with its latest walks, newest first',
      input: scenarioPath,
      output: scenarioInput.extend({ scenarioId: id, version, walks: z.array(walkSchema) }),
    }),
    create: procedure({
      allow: 'plan.manage',
      method: 'POST',
      path: '/scenarios',
      summary: 'A new scenario',
      input: scenarioInput.extend({ template: z.enum(SCENARIO_TEMPLATES).nullable().default(null) }),
      output: z.object({ scenarioId: id }),
    }),
    update: procedure({
      allow: 'plan.manage',
      method: 'PUT',
      path: '/scenarios/{scenarioId}',
      summary: 'Changes a scenario; walks keep the steps that they had. Conflict `scenario-changed`.',
      input: scenarioInput.extend({ scenarioId: id, version }),
      output: z.object({ version }),
    }),
    retire: procedure({
      allow: 'plan.manage',
      method: 'DELETE',
      path: '/scenarios/{scenarioId}',
      summary: 'Takes a scenario out of the plan',
      input: scenarioPath,
      output: nothing,
    }),
  },
  walks: {
    begin: procedure({
      allow: 'plan.manage',
      method: 'POST',
      path: '/scenarios/{scenarioId}/walks',
      summary: 'Begins to walk through a scenario; one that is under way goes on',
      input: scenarioPath,
      output: z.object({ walkId: id }),
    }),
    find: procedure({
      allow: 'plan.manage',
      method: 'PUT',
      path: '/walks/{walkId}/steps/{key}',
      summary: 'What a step showed. Conflict `walk-ended`.',
      input: z.object({ walkId: id, key, found: z.enum(FOUND).nullable(), note: some }),
      output: nothing,
    }),
    end: procedure({
      allow: 'plan.manage',
      method: 'POST',
      path: '/walks/{walkId}/end',
      summary: 'Ends a walk with its outcome and what is still to be done. Invalid `steps-missing`.',
      input: z.object({ walkId: id, outcome: z.enum(OUTCOMES), summary: some, openPoints: z.array(line).max(50) }),
      output: nothing,
    }),
    settle: procedure({
      allow: 'plan.manage',
      method: 'PUT',
      path: '/open-points/{openPointId}',
      summary: 'An open point is done, or open again',
      input: z.object({ openPointId: id, settled: z.boolean() }),
      output: nothing,
    }),
  },
}
