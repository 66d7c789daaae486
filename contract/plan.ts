import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { scenarios } from './plan-scenarios.ts'
import { procedure } from './procedure.ts'

/** What a goal can be measured by: the share of first answers of the last four weeks, conversations of now, mentions of 30 days. */
export const GOAL_FIGURES = ['answered-share', 'open-conversations', 'mentions'] as const
/** Why a figure is not told: its clocks need a promise, fewer than five people answered, or a source is closed to the reader. */
export const GOAL_SILENCES = ['no-promise', 'few-people', 'closed-sources'] as const
export const GOAL_STATES = ['open', 'reached', 'dropped'] as const
/** In the order in which a desk is set up; plan.desk says what of it is there. */
export const DESK_CHECKS = [
  'brand',
  'source',
  'topic',
  'heard',
  'team',
  'speaker',
  'account',
  'macro',
  'promise',
  'guideline',
  'training',
  'stakeholder',
  'goal',
  'scenario',
  'alarm',
  'mail',
] as const

const day = z.iso.date()
const name = z.string().trim().min(1).max(200)
const some = z.string().trim().max(2_000)

const measure = z.object({
  figure: z.enum(GOAL_FIGURES),
  direction: z.enum(['at-least', 'at-most']),
  target: z.number().min(0).max(1e9).describe('A share between 0 and 1, else a count'),
})
const goalInput = z.object({
  name,
  reason: some,
  measure: measure.nullable().describe('Null: nothing measures it, people say'),
  dueOn: day.nullable(),
  state: z.enum(GOAL_STATES).default('open'),
})
const stakeholderInput = z.object({
  memberId: id.nullable(),
  name: name.nullable().describe('Of somebody who is no member: the press office, an agency'),
  part: some.describe('What they are in the programme'),
  needs: some.describe('Which data they need, how often'),
  decidesOn: some,
  speaksAbout: some,
})

const goals = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/goals',
    summary: 'What the programme is for, with what is measured now',
    input: nothing,
    output: z.object({
      items: z.array(
        goalInput.extend({
          goalId: id,
          state: z.enum(GOAL_STATES),
          now: z
            .number()
            .nullable()
            .describe('What its figure says; null: nothing measures it, or there is nothing yet, or it is withheld'),
          withheld: z.enum(GOAL_SILENCES).nullable(),
          met: z.boolean().nullable(),
        }),
      ),
    }),
  }),
  create: procedure({
    allow: 'plan.manage',
    method: 'POST',
    path: '/goals',
    summary: 'A new goal',
    input: goalInput,
    output: z.object({ goalId: id }),
  }),
  update: procedure({
    allow: 'plan.manage',
    method: 'PUT',
    path: '/goals/{goalId}',
    summary: 'Changes a goal',
    input: goalInput.extend({ goalId: id }),
    output: nothing,
  }),
  remove: procedure({
    allow: 'plan.manage',
    method: 'DELETE',
    path: '/goals/{goalId}',
    summary: 'Removes a goal',
    input: z.object({ goalId: id }),
    output: nothing,
  }),
}

const stakeholders = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/stakeholders',
    summary: 'Who needs which data, who decides, who speaks',
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          stakeholderId: id,
          memberId: id.nullable(),
          name: z.string(),
          part: z.string(),
          needs: z.string(),
          decidesOn: z.string(),
          speaksAbout: z.string(),
          maySpeak: z.boolean().nullable().describe('Whether the role lets a member speak; null: no member'),
        }),
      ),
    }),
  }),
  create: procedure({
    allow: 'plan.manage',
    method: 'POST',
    path: '/stakeholders',
    summary: 'A new stakeholder; each member once',
    input: stakeholderInput,
    output: z.object({ stakeholderId: id }),
  }),
  update: procedure({
    allow: 'plan.manage',
    method: 'PUT',
    path: '/stakeholders/{stakeholderId}',
    summary: 'Changes a stakeholder',
    input: z.object({ ...stakeholderInput.shape, stakeholderId: id }),
    output: nothing,
  }),
  remove: procedure({
    allow: 'plan.manage',
    method: 'DELETE',
    path: '/stakeholders/{stakeholderId}',
    summary: 'Removes a stakeholder',
    input: z.object({ stakeholderId: id }),
    output: nothing,
  }),
}

export const plan = {
  goals,
  stakeholders,
  ...scenarios,
  desk: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/desk',
    summary: 'What a desk needs, and what of it is there',
    input: nothing,
    output: z.object({
      listenOnly: z.boolean().describe('Nothing can be sent from this workspace'),
      checks: z.array(z.object({ check: z.enum(DESK_CHECKS), done: z.boolean(), count: z.number().int().nullable() })),
    }),
  }),
}
