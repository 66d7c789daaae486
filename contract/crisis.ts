import { z } from 'zod'
import { drills } from './crisis-drills.ts'
import { crisisName, playbooks, someWords, statements, step, stepKey } from './crisis-prepared.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

/** What a line of the log is: decided, learned, or noted. */
export const ENTRY_KINDS = ['decision', 'fact', 'note'] as const
const reason = z.string().trim().min(3).max(500)
const doneStep = step.extend({ doneAt: z.date().nullable(), doneById: id.nullable() })

const freezes = z
  .object({
    posts: z.boolean().describe('Posts of our own accord wait'),
    automatic: z.boolean().describe('What rules and bots send waits'),
    macros: z.boolean().describe('Prepared texts and actions cannot be applied'),
  })
  .describe('With a topic, macros and automatic answers freeze in its conversations only; posts freeze everywhere')

const entry = z.object({
  entryId: id,
  kind: z.enum(ENTRY_KINDS),
  text: z.string(),
  memberName: z.string().nullable(),
  writtenAt: z.date(),
})
const summary = z.object({
  crisisId: id,
  name: z.string(),
  topicId: id.nullable().describe('null: the whole workspace'),
  topicName: z.string().nullable(),
  teamId: id.nullable().describe('The group that it is routed to'),
  teamName: z.string().nullable(),
  freezes,
  declaredAt: z.date(),
  declaredByName: z.string().nullable(),
  endedAt: z.date().nullable(),
  stepsDone: z.number().int(),
  stepCount: z.number().int(),
})
export const crisisFigures = z.object({
  posts: z.number().int().describe('Heard meanwhile; of the topic, where it has one'),
  postsWithLabel: z.number().int(),
  negative: z.number().int(),
  peakPosts: z.number().int(),
  peakAt: z.date().nullable().describe('The ten minutes in which most was said'),
  conversations: z.number().int().describe('Opened or gone on meanwhile'),
  answered: z.number().int(),
  waiting: z.number().int().describe('Still without an answer'),
  firstAnswerMinutes: z.number().nullable().describe('Median over the conversations, whoever answered'),
  heldBack: z.number().int().describe('Deliveries and macros that were frozen and released'),
  curve: z.array(z.object({ at: z.date(), posts: z.number().int() })),
})
export type CrisisFigures = z.infer<typeof crisisFigures>

const proposal = z.object({
  proposalId: id,
  alarmId: id.nullable().describe('null: a rule proposed it'),
  conversationId: id.nullable().describe('What set the rule off'),
  topicId: id.nullable(),
  topicName: z.string().nullable(),
  posts: z.number().int().nullable().describe('Since the alarm began'),
  expected: z.number().nullable(),
  proposedAt: z.date(),
})
const crisisPath = z.object({ crisisId: id })
const proposals = {
  list: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/crisis-proposals',
    summary: 'What looks like a crisis to an alarm or a rule, and waits for somebody to say whether it is one',
    input: nothing,
    output: z.object({ items: z.array(proposal) }),
  }),
  dismiss: procedure({
    allow: 'crisis.declare',
    method: 'POST',
    path: '/crisis-proposals/{proposalId}/dismissal',
    summary: 'It is no crisis, with a reason. Conflict `proposal-settled`.',
    input: z.object({ proposalId: id, reason }),
    output: nothing,
  }),
}

const frozen = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/crises/{crisisId}/frozen',
    summary: 'What waits because of a crisis, and what was released',
    input: crisisPath,
    output: z.object({
      mayRelease: z.boolean(),
      deliveries: z.array(
        z.object({
          deliveryId: id,
          text: z.string(),
          sourceName: z.string(),
          createdAt: z.date(),
          answer: z.boolean(),
        }),
      ),
      macros: z.array(z.object({ macroId: id, name: z.string(), released: z.boolean() })),
    }),
  }),
  release: procedure({
    allow: 'inbox.read',
    method: 'POST',
    path: '/crises/{crisisId}/releases',
    summary: 'Lets one thing through, with a reason. For the group of the crisis, and whoever manages crises.',
    input: crisisPath.extend({ what: z.enum(['delivery', 'macro']), frozenId: id, reason }),
    output: nothing,
  }),
}

export const crisis = {
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/crises',
    summary: 'Crises, those that go on first',
    input: nothing,
    output: z.object({ items: z.array(summary) }),
  }),
  open: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/crises/open',
    summary: 'What every screen says: crises that go on',
    input: nothing,
    output: z.object({
      items: z.array(z.object({ crisisId: id, name: z.string(), topicName: z.string().nullable() })),
    }),
  }),
  get: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/crises/{crisisId}',
    summary: 'A crisis: its checklist, its log, its report when it is over',
    input: crisisPath,
    output: summary.extend({
      steps: z.array(doneStep),
      entries: z.array(entry),
      mayAct: z.boolean().describe('Tick, log and release: its group, and whoever declares or manages crises'),
      endedByName: z.string().nullable(),
      lessons: z.string(),
      figures: crisisFigures.nullable().describe('As they were at the all-clear, over all sources'),
      figuresClosed: z.boolean().describe('Some sources are closed to whoever asks: figures over all are not shown'),
    }),
  }),
  figures: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/crises/{crisisId}/figures',
    summary: 'What was said and answered since it was declared, as it is now. Forbidden `not-with-closed-sources`.',
    input: crisisPath,
    output: crisisFigures,
  }),
  declare: procedure({
    allow: 'crisis.declare',
    method: 'POST',
    path: '/crises',
    summary:
      'Declares a crisis: freezes, routes to a group, takes the checklist of a playbook. Conflict `crisis-open` for the same topic.',
    input: z.object({
      name: crisisName,
      topicId: id.nullable(),
      proposalId: id.nullable().default(null).describe('The proposal that this accepts'),
      teamId: id.nullable(),
      playbookId: id.nullable(),
      freezes: freezes.default({ posts: true, automatic: true, macros: true }),
    }),
    output: crisisPath,
  }),
  tick: procedure({
    allow: 'workspace.read',
    method: 'PUT',
    path: '/crises/{crisisId}/steps/{key}',
    summary: 'A step of the checklist is done, or open again. Conflict `crisis-over`.',
    input: crisisPath.extend({ key: stepKey, done: z.boolean() }),
    output: nothing,
  }),
  log: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/crises/{crisisId}/entries',
    summary: 'Writes a line of the log; lines never change. Conflict `crisis-over`.',
    input: crisisPath.extend({ kind: z.enum(ENTRY_KINDS), text: z.string().trim().min(1).max(2_000) }),
    output: z.object({ entryId: id }),
  }),
  end: procedure({
    allow: 'crisis.declare',
    method: 'POST',
    path: '/crises/{crisisId}/all-clear',
    summary: 'The all-clear: what was frozen goes on, figures are kept for the report',
    input: crisisPath.extend({ lessons: someWords }),
    output: nothing,
  }),
  playbooks,
  statements,
  proposals,
  frozen,
  drills,
}
